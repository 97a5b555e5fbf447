# SPDX-License-Identifier: GPL-3.0-or-later
"""measure.py ONCE SCRATCH RUNS PORT ROWS - run the rows by turns, print a table

ROWS is a file: a name, a tab, and the command, a line each; {port} in it is
replaced.  The first row is what the others are compared with.
"""
import glob
import os
import select
import shlex
import socket
import statistics
import subprocess
import sys
import threading
import time

DELAY = 0.025                   # seconds each way
DELAYED_RUNS = 7
LONG = 300                      # milliseconds after which one run has to do less often
LONG_RUNS = 5


class Relay:
    """Passes connections on to 127.0.0.1:PORT, each byte late by `delay`."""

    def __init__(self, port, at=("127.0.0.1", 0), delay=DELAY):
        self.to = port
        self.delay = delay
        self.listener = socket.create_server(at)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.to))
            for sock in (client, server):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.pass_on, args=(client, server),
                             daemon=True).start()

    def pass_on(self, client, server):
        other = {client: server, server: client}
        late, alive = [], {client, server}
        try:
            while alive or late:
                wait = late[0][0] - time.monotonic() if late else None
                ready = select.select(list(alive), [], [],
                                      wait if wait is None else max(0, wait))
                for sock in ready[0]:
                    data = sock.recv(65536)
                    late.append((time.monotonic() + self.delay,
                                 other[sock], data))
                    if not data:
                        alive.discard(sock)
                while late and late[0][0] <= time.monotonic():
                    _, sock, data = late.pop(0)
                    if data:
                        sock.sendall(data)
                    else:
                        sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        finally:
            client.close()
            server.close()


def command(row, port):
    return [word.replace("{port}", str(port)) for word in row[1]]


def once(program, row, port):
    """(wall, cpu, peak) of one run that succeeds: ms, ms, MiB."""
    done = subprocess.run([program, "/dev/null", *command(row, port)],
                          check=True, stdout=subprocess.PIPE)
    wall, cpu, peak, code = map(int, done.stdout.split())
    if code != 0:
        sys.exit("%s: exit code %d" % (row[0], code))
    return wall / 1000, cpu / 1000, peak / 1024


def instructions(scratch, words, code=0):
    """Millions of them, of all processes of a command that ends so."""
    where = os.path.join(scratch, "callgrind")
    for old in glob.glob(where + ".*"):
        os.unlink(old)
    done = subprocess.run(["valgrind", "-q", "--tool=callgrind",
                           "--trace-children=yes",
                           "--callgrind-out-file=%s.%%p" % where, *words],
                          check=False, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL)
    if done.returncode != code:
        sys.exit("%s: exit code %d" % (words[0], done.returncode))
    total = 0
    for name in glob.glob(where + ".*"):
        with open(name, encoding="ascii", errors="replace") as lines:
            total += sum(int(line.split()[1]) for line in lines
                         if line.startswith("totals:"))
    return total / 1e6


def by_turns(program, rows, port, runs):
    """For each row the medians of (wall, cpu, peak)."""
    samples = [[] for _ in rows]
    for _ in range(runs):
        for taken, row in zip(samples, rows):
            if len(taken) < LONG_RUNS or taken[0][0] < LONG:
                taken.append(once(program, row, port))
    return [tuple(map(statistics.median, zip(*taken))) for taken in samples]


def main(argv):
    if len(argv) != 6:
        print(__doc__, file=sys.stderr)
        return 2
    program, scratch, runs, port = argv[1], argv[2], int(argv[3]), argv[4]
    with open(argv[5], encoding="utf-8") as lines:
        rows = [(name, shlex.split(rest)) for name, rest in
                (line.rstrip("\n").split("\t") for line in lines)]
    by_turns(program, rows, port, 2)
    near = by_turns(program, rows, port, runs)
    far = by_turns(program, rows, Relay(int(port)).port, DELAYED_RUNS)
    counts = [instructions(scratch, command(row, port)) for row in rows]
    print("| program | cpu ms | x | million instructions | x | wall ms | "
          "peak MiB | round trips |")
    print("|---|---|---|---|---|---|---|---|")
    for row, here, there, count in zip(rows, near, far, counts):
        # a relay cannot delay the handshake of TCP, which is one more
        trips = (there[0] - here[0]) / (2000 * DELAY) + 1
        print("| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f |" % (
            row[0], here[1], here[1] / near[0][1], count, count / counts[0],
            here[0], here[2], trips))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
