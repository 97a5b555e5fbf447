# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules: names in other scripts, challenges, and modules that are not there.

A copy of the program gets another folder for its modules: the path in it is
replaced by one of the same length.
"""
import os
import re
import shutil
import ssl
import subprocess
import tempfile

from bench import (ROOT, SECRET, TESTS, Failed, as_json, concludes, run, same,
                   text, want)
from pki import Pki
from server import Server, imap

IDN = "b\u00fccher.example"
ALABEL = "xn--bcher-kva.example"
SCRAM = imap(caps="IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN")
ANYBODY = 65534


def module_folder(program):
    """The bytes of the program, and where it looks for its modules."""
    with open(program, "rb") as lines:
        data = lines.read()
    for found in re.finditer(rb"/[^\0]{1,4000}(?=\0)", data):
        path = os.fsdecode(found[0])
        if os.path.exists(os.path.join(path, "sasl.so")):
            return data, found[0]
    raise Failed("%s has no modules installed" % program)


class Elsewhere:
    """A copy of the program with a folder of modules of its own."""

    def __init__(self, bench, modules=("idn", "sasl"), program=None):
        data, old = module_folder(program or bench.program)
        # short, whatever TMPDIR is: it takes the place of the old one
        self.base = tempfile.mkdtemp(prefix="mpm", dir="/tmp")
        os.chmod(self.base, 0o755)
        self.folder = os.path.join(self.base, "m")
        want(len(self.folder) <= len(old), "the path %s is too short", old)
        new = os.fsencode(self.folder).ljust(len(old), b"/")
        os.mkdir(self.folder, 0o755)
        os.chmod(self.folder, 0o755)
        for name in modules:
            shutil.copy(os.path.join(os.fsdecode(old), name + ".so"),
                        self.folder)
            os.chmod(self.module(name), 0o644)
        self.program = os.path.join(self.base, "program")
        with open(self.program, "wb") as out:
            out.write(data.replace(old + b"\0", new + b"\0"))
        os.chmod(self.program, 0o755)

    def module(self, name):
        return os.path.join(self.folder, name + ".so")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.base, ignore_errors=True)


# ---- names in other scripts

def idn_command(bench, port, *more, program=None):
    return [program or bench.program, "-H", IDN, "--address=127.0.0.1", "-p",
            str(port), "-u", "bob", "--password-file=" + bench.file,
            "--no-verify", "--state-dir=" + bench.path("state"), *more]


def idn(bench):
    pki, asked = Pki(bench.path("pki")), []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pki.path("good.pem"), pki.path("good.key"))
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    with Server(imap(), "implicit", lambda: context, "bob") as server:
        found = as_json(idn_command(bench, server.port))
    concludes(found, None)
    same("host", found["target"]["host"], ALABEL)
    same("name asked for in TLS", asked, [ALABEL])


def idn_refused(bench):
    for name in "\u00fc" * 64 + ".example", "\ufffd.example", \
            "\u00fc..example":
        done = run([bench.toy, "-H", name, "-p", "1", "--address=127.0.0.1"])
        same("cause", text(done)[0], "usage.option")
        want("--hostname=" in done.text, "%s", done.text)


def idn_missing(bench):
    with Elsewhere(bench, ()) as other, \
            Server(imap(), "none") as server:
        found = as_json(idn_command(bench, server.port,
                                    program=other.program))
        concludes(found, "internal.module", state="unknown", party="checker",
                  stage=None, target=None)
        want(other.folder in found["summary"], "%s", found["summary"])
        want(not server.records, "something was contacted")
        # who needs no module does not miss it
        concludes(as_json(bench.login(server.port, program=other.program)),
                  None)


# ---- challenges

def scram(bench, other, *more):
    with Server(SCRAM, "none", None, "bob", SECRET) as server:
        found = as_json(bench.login(server.port, *more,
                                    program=other and other.program))
        logins = [login for record in server.records
                  for login in record.logins]
    return found, logins


def scram_good(bench):
    found, _ = scram(bench, None, "--auth=SCRAM-SHA-256")
    concludes(found, None)
    same("mechanism", found["facts"]["mechanism"], "SCRAM-SHA-256")


def scram_missing(bench):
    with Elsewhere(bench, ()) as other:
        found, logins = scram(bench, other, "--auth=SCRAM-SHA-256")
        concludes(found, "internal.module", state="unknown", party="checker",
                  stage="auth")
        same("logins", logins, [])
        want(other.folder in found["summary"], "%s", found["summary"])
        # what is asked for need not be the strongest that there is
        found, logins = scram(bench, other, "--auth=strongest")
        concludes(found, None)
        same("mechanism", logins[0][0], "PLAIN")


# ---- modules that must not be loaded

def refused(bench, change, *words):
    """SCRAM with the module as `change` leaves it."""
    with Elsewhere(bench) as other:
        found, _ = scram(bench, other, "--auth=SCRAM-SHA-256")
        concludes(found, None)
        change(other)
        found, logins = scram(bench, other, "--auth=SCRAM-SHA-256")
    concludes(found, "internal.module", state="unknown", stage="auth")
    same("logins", logins, [])
    for word in words:
        want(word in found["summary"], "no %r in %s", word, found["summary"])


def compiled(other):
    """The module of a later release."""
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-I",
                    os.path.join(ROOT, "common"), "-o", other.module("sasl"),
                    os.path.join(TESTS, "unit", "module_bad_version.c")],
                   check=True)
    os.chmod(other.module("sasl"), 0o644)


def nonsense(other):
    with open(other.module("sasl"), "wb") as out:
        out.write(b"this is no module\n")


def is_folder(other):
    os.unlink(other.module("sasl"))
    os.mkdir(other.module("sasl"))


CHANGES = (
    ("that the group may write",
     lambda o: os.chmod(o.module("sasl"), 0o664), "other users"),
    ("that everybody may write",
     lambda o: os.chmod(o.module("sasl"), 0o646), "other users"),
    ("in a folder of the group",
     lambda o: os.chmod(o.folder, 0o775), "folder"),
    ("in a folder of everybody",
     lambda o: os.chmod(o.folder, 0o1777), "folder"),
    ("of another release", compiled, "version"),
    ("under the name of another",
     lambda o: shutil.copyfile(o.module("idn"), o.module("sasl")), "another"),
    ("that is none", nonsense, "does not load"),
    ("that is a folder", is_folder, "no file"),
)
OF_OTHERS = (
    ("of somebody else",
     lambda o: os.chown(o.module("sasl"), ANYBODY, -1), "other users"),
    ("in a folder of somebody else",
     lambda o: os.chown(o.folder, ANYBODY, -1), "folder"),
)


def rows(bench):
    for name, case in (
            ("a name in another script", idn),
            ("names that cannot be converted", idn_refused),
            ("a name in another script, without the module", idn_missing),
            ("SCRAM", scram_good),
            ("SCRAM without the module", scram_missing)):
        yield name, lambda case=case: case(bench)
    # only root can give files away
    changes = CHANGES + (OF_OTHERS if os.geteuid() == 0 else ())
    for name, change, *words in changes:
        yield "a module " + name, lambda change=change, words=words: \
            refused(bench, change, *words)
