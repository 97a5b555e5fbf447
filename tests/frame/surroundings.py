# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scheduler may start a check with, and what others see of it."""
import contextlib
import fcntl
import itertools
import os
import re
import shutil
import subprocess
import tempfile
import time

from bench import SECRET, document, finish, poll, run, same, start, text, want
from fleet import Fleet
from server import Server, imap, silence

NOBODY = 65534
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
        server.settle()
        heard = b"".join(r.said() for r in server.records)
    same("exit code", done.code, 0)
    want(b"IMAP_LOGIN" not in heard, "the server got the report")
    same("stderr", done.err, b"")
    if 1 in numbers:
        same("stdout", done.out, b"")
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


# ---- what others see

@contextlib.contextmanager
def waiting(bench, *more, **how):
    """A run that hangs in the login, which has been sent."""
    with Server(imap(login=silence), "none", None, "bob", SECRET) as server:
        begin = time.monotonic()
        process = start(bench.login(server.port, *more), **how)
        try:
            want(poll(lambda: server.records and server.records[0].logins),
                 "it does not come to the login")
            yield process
        finally:
            process.terminate()
            done = finish(process, begin)
            want(SECRET.encode() not in done.out + done.err,
                 "the secret is in the output")


def proc(process, name):
    with open("/proc/%d/%s" % (process.pid, name), "rb") as file:
        return file.read()


def unseen(bench):
    env = {**os.environ, "THE_SECRET": SECRET}
    with waiting(bench, env={**os.environ}) as process:
        seen_by_file = proc_or_nothing(process)
    command = [a for a in bench.login(1) if not a.startswith("--password")]
    with Server(imap(login=silence), "none", None, "bob", SECRET) as server:
        command[command.index("-p") + 1] = str(server.port)
        process = start(command + ["--password-env=THE_SECRET"], env=env)
        want(poll(lambda: server.records and server.records[0].logins),
             "it does not come to the login")
        seen_by_env = proc_or_nothing(process)
        process.kill()
        process.communicate()
    want(SECRET.encode() not in seen_by_file + seen_by_env,
         "the secret stands in /proc")


def proc_or_nothing(process):
    found = b""
    for name in "cmdline", "environ":
        with contextlib.suppress(PermissionError):
            found += proc(process, name)
    return found


def no_core(bench):
    with waiting(bench) as process:
        limits = proc(process, "limits").decode()
    want(re.search(r"Max core file size +0 +0 ", limits), "%s", limits)


def as_nobody():
    """How to start something without rights, when we have them."""
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def undumpable(bench):
    """What may not be traced belongs to root in /proc."""
    how = as_nobody()
    with tempfile.TemporaryDirectory(prefix="mpm", dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        program = shutil.copy(bench.program, folder)
        os.chmod(program, 0o755)
        secret = os.path.join(folder, "secret")
        shutil.copy(bench.file, secret)
        if how:
            os.chown(secret, NOBODY, NOBODY)
        control = subprocess.Popen(["/bin/sleep", "60"], **how)
        poll(lambda: proc(control, "cmdline").startswith(b"/bin/sleep"))
        usual = os.stat("/proc/%d/environ" % control.pid).st_uid
        control.kill()
        control.wait()
        other = type(bench)(program, bench.toy, bench.folder)
        other.file = secret
        with waiting(other, **how) as process:
            owner = os.stat("/proc/%d/environ" % process.pid).st_uid
    same("owner of another process", usual, how.get("user", os.geteuid()))
    same("owner of ours", owner, 0)


def alone(bench):
    """No thread, no child, no descriptor more than the connection needs."""
    with waiting(bench) as process:
        status = proc(process, "status").decode()
        fds = os.listdir("/proc/%d/fd" % process.pid) \
            if os.geteuid() == 0 else []
    want(re.search(r"^Threads:\s+1$", status, re.M), "more than one thread")
    want(len(fds) <= 6, "%d descriptors", len(fds))


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
    "no secret in /proc": unseen, "no core file": no_core,
    "not to be traced": undumpable, "alone": alone,
}


def rows(bench):
    for count in 1, 2, 3:
        for numbers in itertools.combinations(range(3), count):
            yield "closed descriptors: %s" % " ".join(map(str, numbers)), \
                lambda numbers=numbers: closed(bench, numbers)
    for name, case in CASES.items():
        yield name, lambda case=case: case(bench)
