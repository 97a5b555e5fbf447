# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program under test, and looks at the form of what it says."""
import os
import re
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
ROOT = os.path.dirname(TESTS)
sys.path[:0] = [TESTS, os.path.join(TESTS, "hostile")]
import verdict
from program import peak_program
from json_schema import Validator, load

EXIT = verdict.EXIT
FIRST = re.compile(
    r"[A-Z_]+ (?P<state>OK|WARNING|CRITICAL|UNKNOWN): [^|\n]+?"
    r"(?: \[(?P<cause>[a-z0-9.-]+)\])?(?: \| (?P<perf>[^|\n]+))?")
PERF = re.compile(r"('(?:[^'=]|'')+'|[A-Za-z0-9_.-]+)=(-?[0-9]+(?:\.[0-9]+)?)"
                  r"([a-z%B]*)(?:;[0-9.:@~-]*){0,4}")
BELOW = re.compile(r"(ok|warning|critical|unknown|skipped|ports|next|by hand|"
                   r"config) +\S.*|and [0-9]+ more| {10}\S.*")
SECRET = "kept-from-everybody-5519"
PATIENCE = 60


class Failed(Exception):
    """A case that did not turn out as it should."""


def want(condition, why, *about):
    if not condition:
        raise Failed(why % about if about else why)


def same(name, got, wanted):
    want(got == wanted, "%s is %.300r, not %.300r", name, got, wanted)


class Done:
    """What a run left."""

    def __init__(self, code, out, err, seconds):
        self.code, self.out, self.err = code, out, err
        self.seconds = seconds

    @property
    def text(self):
        return self.out.decode("utf-8")


def finish(process, begin):
    """The rest of a run that was started with pipes; it ends with us."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Failed("it does not end") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return Done(process.returncode, out, err, time.monotonic() - begin)


def start(command, **more):
    more = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE, **more}
    return subprocess.Popen(command, **more)


def run(command, **more):
    begin = time.monotonic()
    return finish(start(command, **more), begin)


# ---- the three forms

def text(done):
    """Well-formed, exit code and state agree; (cause, {label: value})."""
    same("stderr", done.err, b"")
    want(done.text.endswith("\n"), "no newline at the end: %.200r", done.out)
    lines = done.text[:-1].split("\n")
    first = FIRST.fullmatch(lines[0])
    want(first, "malformed: %.300r", lines[0])
    same("exit code", done.code, EXIT[first["state"].lower()])
    want((first["cause"] is None) == (first["state"] == "OK"),
         "state and cause disagree: %.200r", lines[0])
    for line in lines[1:]:
        want(BELOW.fullmatch(line) and "|" not in line, "malformed: %.200r",
             line)
    return first["cause"], perfdata(first["perf"] or "")


def perfdata(words):
    values = {}
    for item in re.findall(r"(?:'(?:[^']|'')*'|[^ '])+", words):
        found = PERF.fullmatch(item)
        want(found, "perfdata %r", item)
        want(found[1] not in values, "perfdata %s twice", found[1])
        values[found[1].strip("'")] = float(found[2])
    return values


def document(done):
    """JSON that follows the schema, with the right exit code."""
    same("stderr", done.err, b"")
    try:
        found = load(done.text)
    except ValueError as error:
        raise Failed("no JSON (%s): %.200r" % (error, done.out)) from None
    with open(os.path.join(ROOT, "contrib", "check-result.schema.json"),
              encoding="utf-8") as lines:
        schema = Validator(load(lines.read()))
    faults = list(schema.errors(schema.root, found, "#"))
    want(not faults, "%s", faults[:3])
    same("exit code", done.code, EXIT[found["state"]])
    return found


def openmetrics(done):
    same("stderr", done.err, b"")
    lint = subprocess.run(
        [sys.executable, os.path.join(TESTS, "openmetrics_lint.py")],
        input=done.out, stderr=subprocess.PIPE, check=False)
    want(lint.returncode == 0, "%.300r", lint.stderr)
    state = re.search(r"^mail_check_state\{[^}]*target=\"\"[^}]*\} (\d)$|"
                      r"^mail_check_state\{[^}]*\} (\d)$", done.text, re.M)
    same("exit code", done.code, int(state[1] or state[2]))
    return done.text


def concludes(found, cause, **members):
    """cause, with state and party of causes.tsv, and further members."""
    state, party = verdict.causes()[cause] if cause else ("ok", None)
    members = {"state": state, "party": party, **members}
    same("cause (%s)" % found["summary"], found["cause"], cause)
    for name, value in members.items():
        same(name, found[name], value)
    return found


class Bench:
    """program, toy -- the installed check and the one with many targets"""

    def __init__(self, program, toy, folder):
        self.program, self.toy = program, toy
        self.folder = folder
        self.peak_of = peak_program(folder)
        self.file = os.path.join(folder, "secret")
        self.write("secret", SECRET.encode())

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data, mode=0o600):
        path = self.path(name)
        with open(path, "wb") as out:
            out.write(data)
        os.chmod(path, mode)
        return path

    def measured(self, command):
        """What a run left, and its peak memory in KiB."""
        peak = self.path("peak")
        done = run([self.peak_of, peak, *command])
        with open(peak, encoding="ascii") as lines:
            return done, int(lines.read())

    def login(self, port, *more, program=None):
        """The command that logs in at 127.0.0.1, in clear."""
        return [program or self.program, "-H", "127.0.0.1", "-p", str(port),
                "-u", "bob", "--password-file=" + self.file, "--tls=none",
                "--allow-cleartext", "--state-dir=" + self.path("state"),
                *more]

    def ask(self, fleet, *more, hosts=None):
        """The command that asks a fleet for PLAIN, in clear."""
        out = [self.toy, "-p", str(fleet.port), "--tls=none"]
        for host in fleet.hosts if hosts is None else hosts:
            out += ["-H", host]
        return out + list(more)


def as_json(command, **more):
    return document(run(command + ["--output-format=json"], **more))


def poll(condition, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return False


def catches(pid, number=signal.SIGTERM):
    """Has the process a handler for that signal yet?"""
    try:
        with open("/proc/%d/status" % pid, encoding="ascii") as lines:
            found = re.search(r"^SigCgt:\s*([0-9a-f]+)", lines.read(), re.M)
    except OSError:
        return False
    return found is not None and int(found[1], 16) >> (number - 1) & 1 == 1
