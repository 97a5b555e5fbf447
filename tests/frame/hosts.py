# SPDX-License-Identifier: GPL-3.0-or-later
"""--hosts-file: who stands in it is asked, once; what is wrong with it is said."""
import os
import subprocess
import time

from bench import Bench, concludes, document, finish, run, same, start, want
from fleet import Fleet
from signals import running, terminate

JSON = "--output-format=json"
LINES = 1000000
DIFFERENT = 1000
MEMORY = 16 * 1024		# KiB


def command(bench, fleet, file, *more, hosts=()):
    return bench.ask(fleet, JSON, "--hosts-file=" + file, *more, hosts=hosts)


def asked(found):
    """The hosts in order, without the port that all of them share."""
    names = []
    for stage in found["stages"]:
        target = stage["target"] or found["target"]
        name = target["host"] if isinstance(target, dict) else \
            target.rsplit(":", 1)[0]
        if name not in names:
            names.append(name)
    return names


def of_both(bench):
    """Those of -H come first, and nobody is asked twice."""
    with Fleet(["good"] * 4) as f:
        text = "\ufeff# mail\r\n%s\r\n %s # again\n\n%s\n%s" % (
            f.hosts[2], f.hosts[0], f.hosts[1], f.hosts[2])
        file = bench.write("hosts", text.encode(), 0o644)
        found = document(run(command(bench, f, file, hosts=f.hosts[:1])))
        concludes(found, None)
        same("hosts", asked(found), [f.hosts[n] for n in (0, 2, 1)])
        same("connections", len(f.accepted), 3)


def standard_input(bench):
    with Fleet(["good"] * 3) as f:
        process = start(command(bench, f, "-"), stdin=subprocess.PIPE)
        begin = time.monotonic()
        # it comes by and by
        for host in f.hosts:
            process.stdin.write(host.encode() + b"\n")
            process.stdin.flush()
            time.sleep(0.02)
        done = finish(process, begin)
    found = document(done)
    concludes(found, None)
    same("hosts", asked(found), f.hosts)


def refused(bench, fleet, file, *words, **more):
    """Bad usage in one line, and nobody was asked."""
    found = document(run(command(bench, fleet, file), **more))
    concludes(found, "usage.option", target=None)
    for word in words:
        want(word in found["summary"], "%r is not in %r", word,
             found["summary"])
    same("connections", len(fleet.accepted), 0)


def no_hosts(bench):
    with Fleet(["good"]) as f:
        bad = bench.write("bad", (f.hosts[0] + "\nmail example\n").encode())
        refused(bench, f, bad, "--hosts-file: line 2 of ", "bad",
                "'mail example', is no host")
        refused(bench, f, bench.write("none", b"# nobody\n"),
                "none holds no host")
        refused(bench, f, bench.program, "line 1 of ", "is no host")
        refused(bench, f, bench.path("gone"),
                "gone cannot be read: No such file or directory")
        refused(bench, f, bench.folder, "cannot be read: Is a directory")
        refused(bench, f, "-", "standard input holds no host")
        with open("/dev/zero", "rb") as zero:
            refused(bench, f, "-", "line 1 of standard input", "is longer",
                    stdin=zero)


def names(bench):
    """A name beyond ASCII that has no form for DNS: its option is named."""
    with Fleet(["good"]) as f:
        file = bench.write("idn", "b\u00fccher..example\n".encode())
        found = document(run(command(bench, f, file)))
        concludes(found, "usage.option")
        want(found["summary"].startswith("--hosts-file: b"), "%s",
             found["summary"])
        file = bench.write("v6", b"2001:db8::7\n")
        found = document(run(command(bench, f, file, "-4")))
        concludes(found, "usage.option")
        want("--hosts-file: 2001:db8::7 is an IPv6 address" in
             found["summary"], "%s", found["summary"])
        same("connections", len(f.accepted), 0)


def a_million_lines(bench):
    hosts = ["127.2.%d.%d" % (n // 250, n % 250 + 1) for n in range(DIFFERENT)]
    lines = "\n".join(hosts) + "\n"
    file = bench.write("million",
                       lines.encode() * (LINES // DIFFERENT), 0o644)
    with Fleet(["good"]) as f:
        done, peak = bench.measured(command(bench, f, file, "--rate=0",
                                            "-t", "30"))
        found = document(done)
    os.unlink(file)
    concludes(found, "connect.refused")
    same("hosts", asked(found), hosts)
    want(peak < MEMORY, "%d KiB", peak)


def without_end(bench):
    """The deadline ends it, or a signal; nobody was asked."""
    fifo = bench.path("hosts-fifo")
    os.mkfifo(fifo, 0o600)
    with Fleet(["good"]) as f:
        found = document(run(command(bench, f, fifo, "-t", "0.2")))
        concludes(found, "usage.option")
        want("hosts-fifo does not end before the time-out" in
             found["summary"], "%s", found["summary"])
        for file in fifo, "-":
            read, write = os.pipe()
            with running(command(bench, f, file, "-t", "30"), stdin=read) \
                    as (process, begin):
                os.write(write, f.hosts[0].encode() + b"\n")
                time.sleep(0.1)
                found = document(terminate(process, begin))
            os.close(read)
            os.close(write)
            concludes(found, "usage.option")
            want("did not end before the check was told to" in
                 found["summary"], "%s", found["summary"])
        same("connections", len(f.accepted), 0)


CASES = {
    "hosts of -H and of a file": of_both,
    "hosts of standard input": standard_input,
    "files of hosts that are none": no_hosts,
    "hosts of a file, and their names": names,
    "a file of a million lines": a_million_lines,
    "a file of hosts without an end": without_end,
}


def rows(bench: Bench):
    for name, case in CASES.items():
        yield name, lambda case=case: case(bench)
