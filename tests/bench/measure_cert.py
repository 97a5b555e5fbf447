# SPDX-License-Identifier: GPL-3.0-or-later
"""measure_cert.py SCRATCH RUNS PROGRAM HASH-FOLDER - print a table of many targets

To be run where 127.0.0.1 and 127.1.0.1 to 127.1.0.200 have servers at the
ports 993 and 995, and 127.1.0.201 has none.  What
a further target costs is the difference to a single one.
"""
import os
import statistics
import subprocess
import sys

import measure

HOSTS = 200
PORTS = (993, 995)
NAME = "mail.example.test"
MANY_RUNS = 9
DELAY = 0.3                     # seconds each way, of the slow one


def host_list(scratch, nhosts):
    name = os.path.join(scratch, "hosts.%d" % nhosts)
    with open(name, "w", encoding="ascii") as out:
        for i in range(nhosts):
            print("127.1.%d.%d" % divmod(i + 1, 256), file=out)
    return name


def ours(scratch, program, folder, nhosts, ports):
    return [program, "--hosts-file=" + host_list(scratch, nhosts),
            "--sni=" + NAME, "--ca-path=" + folder, "-w", "0:", "-c", "0:",
            "--ports=" + ",".join(map(str, ports))]


def floor(scratch, folder, count):
    return [os.path.join(scratch, "floor"), "tls", "127.0.0.1", "993", NAME,
            folder, str(count)]


def run(scratch, words):
    return measure.once(os.path.join(scratch, "once"), (words[0], words), 0)


def medians(scratch, rows, runs):
    taken = [[] for _ in rows]
    for _ in range(runs):
        for samples, (_, _, words) in zip(taken, rows):
            samples.append(run(scratch, words))
    return [tuple(map(statistics.median, zip(*samples)))
            for samples in taken]


def table(scratch, rows, runs):
    """Rows in pairs: one target, and many."""
    print("| program | targets | cpu ms | million instructions | wall ms | "
          "peak MiB | cpu ms each further | million instructions each further "
          "|\n|---|---|---|---|---|---|---|---|")
    for i, (row, got) in enumerate(zip(rows, medians(scratch, rows, runs))):
        name, targets, words = row
        count = measure.instructions(scratch, words)
        more = "| - | -"
        if i % 2 == 1:
            more = "| %.3f | %.2f" % ((got[1] - one[0]) / (targets - 1),
                                      (count - one[1]) / (targets - 1))
        else:
            one = (got[1], count)
        print("| %s | %d | %.2f | %.2f | %.1f | %.1f %s |" % (
            name, targets, got[1], count, got[0], got[2], more))


def slow(scratch, program, folder, runs):
    """As many again, and one whose packets take their time."""
    relays = [measure.Relay(port, ("127.1.0.%d" % (HOSTS + 1), port), DELAY)
              for port in PORTS]
    many = ours(scratch, program, folder, HOSTS + 1, PORTS)
    alone = list(many)
    alone[1:2] = ["-H", "127.1.0.%d" % (HOSTS + 1)]
    one, all_of = medians(scratch, [("", 0, alone), ("", 0, many)], runs)
    print("\nOne further host whose packets take %d ms each way: alone %.0f "
          "ms, with the other %d, two ports each, %.0f ms." % (
              DELAY * 1000, one[0], HOSTS, all_of[0]))
    for relay in relays:
        relay.listener.close()


def main(argv):
    if len(argv) != 5:
        print(__doc__, file=sys.stderr)
        return 2
    scratch, runs, program, folder = argv[1:]
    runs = min(int(runs), MANY_RUNS)
    total = HOSTS * len(PORTS)
    single = ours(scratch, program, folder, 1, PORTS[:1])
    many = ours(scratch, program, folder, HOSTS, PORTS)
    table(scratch, [("floor, one after the other", 1,
                     floor(scratch, folder, 1)),
                    ("floor, one after the other", total,
                     floor(scratch, folder, total)),
                    ("check_tls_cert, at once", 1, single),
                    ("check_tls_cert, at once", total, many)], runs)
    slow(scratch, program, folder, runs)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
