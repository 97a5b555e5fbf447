# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scheduler may start a check with."""
import contextlib
import fcntl
import itertools
import os
import re

from bench import SECRET, document, run, same, text, want
from fleet import Fleet
from server import Server, imap

JSON = "--output-format=json"
LOCALES = ("", "C", "POSIX", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8",
           "xx_YY.nonsense", "/etc/passwd", "../../x", "\udcff\udcfe",
           "A" * 4096)
OURS = ("internal.error", "internal.module", "usage.secret")


@contextlib.contextmanager
def good():
    """Someone to log in at."""
    with Server(imap(), "none", None, "bob", SECRET) as server:
        yield server


def shell(script, command, **more):
    """Run the command under a line of shell that ends in: exec "$@"."""
    return run(["/bin/sh", "-c", script, "sh", *command], **more)


def well(done):
    same("cause", text(done)[0], None)
    return done


# ---- descriptors

def closed(bench, numbers):
    """Nothing else may land in the place of a closed descriptor."""
    script = "exec \"$@\" " + " ".join(
        "%d%s&-" % (n, "<" if n == 0 else ">") for n in numbers)
    with good() as server:
        done = shell(script, bench.login(server.port))
        # the transcript is written while the connection is there
        loud = shell(script, bench.login(server.port, "-vvv"))
        server.settle()
    for record in server.records:
        same("what the server heard", (record.faults, record.names()),
             ([], ["CAPABILITY", "AUTHENTICATE", "ID", "STATUS", "EXAMINE",
                   "LOGOUT"]))
    same("exit codes", (done.code, loud.code), (0, 0))
    same("stderr", (done.err, 2 in numbers), (b"", not loud.err))
    if 1 in numbers:
        same("stdout", done.out + loud.out, b"")
    else:
        well(done)


def no_reader(bench, ignored):
    """Whether SIGPIPE is ignored or not, the exit code is the verdict's."""
    with good() as server:
        for more, code in ((), 0), (("-c", "0.000001"), 2):
            read, write = os.pipe()
            os.close(read)
            done = run(bench.login(server.port, *more), stdout=write,
                       restore_signals=not ignored)
            os.close(write)
            same("exit code", (done.code, done.err), (code, b""))


def full_device(bench):
    with open("/dev/full", "wb") as device, good() as server:
        done = run(bench.login(server.port), stdout=device)
        same("exit code", (done.code, done.err), (0, b""))
        done = run([bench.program, "--help"], stdout=device)
        same("exit code", (done.code, done.err), (3, b""))
    want(done.seconds < 2, "took %.1f s", done.seconds)


def stuck_reader(bench):
    """A pipe that does not block and that nobody empties."""
    read, write = os.pipe()
    for end in read, write:
        fcntl.fcntl(end, fcntl.F_SETFL, os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(write, b"x" * 4096)
    with good() as server:
        done = run(bench.login(server.port), stdout=write)
    os.close(read)
    os.close(write)
    same("exit code", (done.code, done.err), (0, b""))
    want(done.seconds < 4, "took %.1f s", done.seconds)


def leaked(bench):
    """A hundred descriptors that are none of ours: 50 pipes."""
    ends = [end for _ in range(50) for end in os.pipe()]
    with good() as server:
        well(run(bench.login(server.port), pass_fds=ends))
    for end in ends[::2]:
        fcntl.fcntl(end, fcntl.F_SETFL, os.O_NONBLOCK)
        with contextlib.suppress(BlockingIOError):
            want(not os.read(end, 100), "something was written into a pipe")
    for end in ends:
        os.close(end)


def strange_input(bench):
    """What stands on descriptor 0 is of no interest."""
    with good() as server:
        for path in "/dev/null", "/dev/zero", "/":
            fd = os.open(path, os.O_RDONLY)
            well(run(bench.login(server.port), stdin=fd))
            os.close(fd)


# ---- limits

def few_descriptors(bench):
    limit = "ulimit -n 16; exec \"$@\""
    with good() as server:
        well(shell(limit, bench.login(server.port)))
    with Fleet(["late"] * 30) as f:
        well(shell(limit, bench.ask(f)))


def hardly_any(bench):
    """Whatever the limit: it works, or it is this host's fault."""
    causes = set()
    with good() as server:
        for number in range(3, 12):
            done = shell("ulimit -n %d; exec \"$@\"" % number,
                         bench.login(server.port, JSON))
            # the loader's own complaint comes before anything of ours
            if done.code == 127 and not done.out:
                continue
            found = document(done)
            causes.add(found["cause"])
            if found["cause"] is not None:
                want(found["cause"] in OURS, "%s with %d descriptors",
                     found["summary"], number)
                same("state", found["state"], "unknown")
    want({None, "internal.error"} <= causes, "%s", causes)


def limited(kib, command):
    return shell("ulimit -v %d; exec \"$@\"" % kib, command)


def little_memory(bench):
    """Just more than the loader needs: it works, or it is this host's fault."""
    causes = set()
    with Fleet(["late"] * 300) as f:
        command = bench.ask(f)
        enough = next(kib for kib in range(4000, 64000, 100)
                      if limited(kib, [bench.toy, "-V"]).code == 3)
        for more in *range(0, 2400, 120), 8000:
            done = limited(enough + more, command)
            causes.add(text(done)[0])
    want(causes == {None, "internal.error"}, "%s", causes)


def huge_line(bench):
    with good() as server:
        same("cause", text(run(bench.login(server.port, "-u",
             "x" * 100000)))[0], "usage.option")
        well(run(bench.login(server.port, *["--severity=slow=OK"] * 64)))
        same("cause", text(run(bench.login(server.port, *[
            "--severity=slow=OK"] * 5000)))[0], "usage.option")
        well(run(bench.login(server.port, *["-w", "time=0:99"] * 3000)))
        done = run(bench.login(server.port, *["x" * 1000] * 1000))
        same("cause", text(done)[0], "usage.option")
        same("lines", done.text.count("\n"), 1)
        want(len(done.out) < 4096, "%d bytes", len(done.out))
        want(done.seconds < 5, "took %.1f s", done.seconds)


def no_arguments(bench):
    same("cause", text(run([bench.program]))[0], "usage.option")
    done = run([bench.program], executable=bench.program, env={})
    same("cause", text(done)[0], "usage.option")


# ---- environment

def empty(bench):
    with good() as server:
        well(run(bench.login(server.port), env={}))
        # without --state-dir it finds a folder by itself, or does without
        command = [a for a in bench.login(server.port)
                   if not a.startswith("--state-dir")]
        well(run(command, env={"HOME": bench.folder}))


def locales(bench):
    with good() as server:
        for name in LOCALES:
            env = {"LC_ALL": name, "LANG": name, "LC_NUMERIC": name,
                   "LANGUAGE": name}
            done = well(run(bench.login(server.port, "-w", "1.5"), env=env))
            want(re.search(r"\btime=0\.\d+s;1\.5;", done.text), "%s",
                 done.text)


def strange_variables(bench):
    """Nothing of the loader's or of OpenSSL's makes it speak or fall."""
    env = {"SSL_CERT_FILE": "/nonexistent", "SSL_CERT_DIR": "/dev/null",
           "OPENSSL_CONF": "/nonexistent", "TZ": "/etc/passwd",
           "HOME": "/nonexistent", "XDG_STATE_HOME": "relative",
           "STATE_DIRECTORY": "", "MALLOC_TRACE": "/dev/full",
           "RES_OPTIONS": "debug", "HOSTALIASES": "/dev/zero",
           "NAGIOS_CONFIG_PATH": "/proc:/dev", "PATH": ""}
    with good() as server:
        well(run(bench.login(server.port), env=env))


CASES = {
    "SIGPIPE is the default and nobody reads": lambda b: no_reader(b, False),
    "SIGPIPE is ignored and nobody reads": lambda b: no_reader(b, True),
    "output to a full device": full_device,
    "output to a pipe that is full": stuck_reader,
    "a hundred descriptors from before": leaked,
    "input of any kind": strange_input,
    "sixteen descriptors": few_descriptors,
    "hardly any descriptors": hardly_any, "little memory": little_memory,
    "huge command lines": huge_line, "no arguments": no_arguments,
    "empty environment": empty, "locales": locales,
    "strange variables": strange_variables,
}


def rows(bench):
    for count in 1, 2, 3:
        for numbers in itertools.combinations(range(3), count):
            yield "closed descriptors: %s" % " ".join(map(str, numbers)), \
                lambda numbers=numbers: closed(bench, numbers)
    for name, case in CASES.items():
        yield name, lambda case=case: case(bench)
