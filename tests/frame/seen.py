# SPDX-License-Identifier: GPL-3.0-or-later
"""What others on the host see of a check while it runs."""
import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import time

from bench import SECRET, finish, poll, same, start, want
from server import Server, imap, silence

NOBODY = 65534


@contextlib.contextmanager
def waiting(bench, *more, **how):
    """A run that hangs in the login, which has been sent."""
    with Server(imap(login=silence), "none", None, "bob", SECRET) as server:
        begin = time.monotonic()
        command = bench.login(server.port, *more)
        if any(word.startswith("--password-env") for word in more):
            command.remove("--password-file=" + bench.file)
        process = start(command, **how)
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


def proc_or_nothing(process):
    found = b""
    for name in "cmdline", "environ":
        with contextlib.suppress(PermissionError):
            found += proc(process, name)
    return found


def unseen(bench, *given, **how):
    with waiting(bench, *given, **how) as process:
        want(SECRET.encode() not in proc_or_nothing(process),
             "the secret stands in /proc")


def by_file(bench):
    unseen(bench)


def by_variable(bench):
    unseen(bench, "--password-env=THE_SECRET",
           env={**os.environ, "THE_SECRET": SECRET})


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
    "no secret of a file in /proc": by_file,
    "no secret of a variable in /proc": by_variable,
    "no core file": no_core, "not to be traced": undumpable, "alone": alone,
}


def rows(bench):
    for name, case in CASES.items():
        yield name, lambda case=case: case(bench)
