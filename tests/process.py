#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""process.py PROGRAM - how a check behaves as a process

Signals, closed descriptors, a secret that never comes, and what others can see
of a secret while it runs.  The servers are silent ones of our own.
"""
import contextlib
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SECRET = "kept-from-everybody-7391"
USER = "bob"


class SilentServer:
    """Takes connections and says nothing."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(10)
        self.port = self.socket.getsockname()[1]
        self.connections = []
        return self

    def __exit__(self, *_):
        for one in self.connections + [self.socket]:
            one.close()

    def await_client(self):
        self.connections.append(self.socket.accept()[0])


class Cases:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.name = os.path.basename(program)[len("check_"):].upper()
        self.file = os.path.join(folder, "secret")
        with open(self.file, "w", encoding="ascii", opener=lambda p, f:
                  os.open(p, f, 0o600)) as out:
            out.write(SECRET)

    def command(self, port, *more):
        return [self.program, "-H", "127.0.0.1", "-p", str(port), "-u", USER,
                "--state-dir=" + os.path.join(self.folder, "state"), *more]

    @contextlib.contextmanager
    def running(self, *more, env=None, fds=()):
        """The check, connected to a silent server."""
        with SilentServer() as server:
            process = subprocess.Popen(
                self.command(server.port, *more), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env={**os.environ, **(env or {})}, pass_fds=fds)
            try:
                server.await_client()
                yield process, server
            finally:
                process.kill()
                process.wait()
                process.stdout.close()
                process.stderr.close()

    def given(self, way):
        """options, environment and descriptors that hand in the secret"""
        if way == "env":
            return ["--password-env=THE_SECRET"], {"THE_SECRET": SECRET}, ()
        if way == "fd":
            fd = os.open(self.file, os.O_RDONLY)
            return ["--password-fd=%d" % fd], {}, (fd,)
        if way == "ini":
            path = os.path.join(self.folder, "ini")
            with open(path, "w", encoding="ascii", opener=lambda p, f:
                      os.open(p, f, 0o600)) as out:
                out.write("[x]\npassword = %s\n" % SECRET)
            return ["--extra-opts=x@" + path], {}, ()
        return ["--password-file=" + self.file], {}, ()

    def secret_hidden(self, way):
        options, env, fds = self.given(way)
        with self.running(*options, "-t", "5", env=env, fds=fds) as (process,
                                                                     _):
            found = [name for name in ("cmdline", "environ")
                     if SECRET.encode() in peek(process.pid, name)]
            process.terminate()
            out, err = process.communicate(timeout=10)
        for fd in fds:
            os.close(fd)
        if SECRET.encode() in out + err:
            found.append("output")
        return found and "secret seen in " + ", ".join(found)

    def no_core(self):
        with self.running("--password-file=" + self.file, "-t",
                          "5") as (process, _):
            limits = peek(process.pid, "limits").decode()
        row = re.search(r"Max core file size +(\d+|unlimited)", limits)
        return row is None or row.group(1) != "0"

    def terminated(self, mode, cause):
        with self.running("--password-file=" + self.file, "--tls=" + mode,
                          "--allow-cleartext", "-t", "9") as (process, _):
            # it has connected; SIGTERM may come at any moment from here on
            begin = time.monotonic()
            process.terminate()
            out, err = process.communicate(timeout=10)
            took = time.monotonic() - begin
        if err or took > 1:
            return "took %.1f s, stderr %r" % (took, err)
        return first_line(out, process.returncode, cause)

    def terminated_at_once(self):
        """Before anything is set up the default action is as good."""
        process = subprocess.Popen(self.command(1), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.terminate()
        out, err = process.communicate(timeout=10)
        if err or (out and not out.startswith(self.name.encode() + b" ")):
            return "%r %r" % (out, err)
        return None

    def closed_descriptors(self):
        """Descriptors 0 to 2 closed: nothing else may land in their place."""
        with SilentServer() as server:
            script = 'exec "$@" <&- >&- 2>&-'
            done = subprocess.run(
                ["/bin/sh", "-c", script, "sh"] + self.command(
                    server.port, "--password-file=" + self.file, "-t", "1"),
                timeout=10, check=False)
            server.await_client()
            heard = received(server.connections[0])
        if self.name.encode() in heard:
            return "the server got the output: %r" % heard
        return done.returncode != 2 and "exit %d" % done.returncode

    def closed_output(self):
        """Only the output is closed at the far end."""
        reader, writer = os.pipe()
        os.close(reader)
        with SilentServer() as server:
            done = subprocess.run(
                self.command(server.port, "--password-file=" + self.file,
                             "-t", "1"), stdin=subprocess.DEVNULL,
                stdout=writer, stderr=subprocess.PIPE, timeout=10,
                check=False)
        os.close(writer)
        if done.returncode < 0 or done.stderr:
            return "exit %d, %r" % (done.returncode, done.stderr)
        return None

    def hanging_secret(self):
        """A FIFO that nobody writes to: the deadline holds all the same."""
        path = os.path.join(self.folder, "fifo")
        os.mkfifo(path, 0o600)
        begin = time.monotonic()
        done = subprocess.run(
            self.command(1, "--password-file=" + path, "-t", "1"),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=10, check=False)
        took = time.monotonic() - begin
        if took > 3 or done.stderr:
            return "took %.1f s, stderr %r" % (took, done.stderr)
        return first_line(done.stdout, done.returncode, "usage.secret", 3)

    def rows(self):
        for way in "file", "env", "fd", "ini":
            yield "secret given by %s is not seen" % way, \
                lambda way=way: self.secret_hidden(way)
        yield "no core file is written", self.no_core
        yield "SIGTERM in the handshake", \
            lambda: self.terminated("implicit", "tls.timeout")
        yield "SIGTERM before the greeting", \
            lambda: self.terminated("none", "greeting.timeout")
        yield "SIGTERM at the start", self.terminated_at_once
        yield "descriptors 0 to 2 closed", self.closed_descriptors
        yield "nobody reads the output", self.closed_output
        yield "a secret that never comes", self.hanging_secret


def peek(pid, name):
    try:
        with open("/proc/%d/%s" % (pid, name), "rb") as file:
            return file.read()
    except PermissionError:
        return b""	# even better


def received(connection):
    out = b""
    while select.select([connection], [], [], 0.2)[0]:
        part = connection.recv(4096)
        if not part:
            break
        out += part
    return out


def first_line(out, code, cause, wanted=2):
    line = out.decode(errors="replace").split("\n")[0]
    state = {2: "CRITICAL", 3: "UNKNOWN"}[wanted]
    if code != wanted or not re.fullmatch(
            r"[A-Z0-9]+_LOGIN %s: [^|]+ \[%s\]( \| [^|]+)?" %
            (state, re.escape(cause)), line):
        return "exit %d, %r" % (code, line)
    return None


def main(argv):
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    folder, failed = tempfile.mkdtemp(prefix="mpm-process-"), 0
    try:
        for name, case in Cases(argv[1], folder).rows():
            try:
                why = case()
            except (OSError, subprocess.SubprocessError) as error:
                why = repr(error)
            failed += bool(why)
            print("not ok %s: %s" % (name, why) if why else "ok " + name,
                  flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
