# SPDX-License-Identifier: GPL-3.0-or-later
"""measure_ports.py SCRATCH RUNS PROGRAM sweep|formula - print a table
measure_ports.py SCRATCH RUNS PROGRAM plain PEER ADDRESS CODE NAME - a few rows

To be run where all of 127.1.0.0/16 and a set named "silent" of the packet
filter are nobody else's.  `sweep` compares looks at very many ports with the
least that can be done and with nmap, `formula` measures how long looks at silent
ports take.  `plain` is one host with the options as they are, and PEER at its
port 993, both of which end with that exit code.
"""
import math
import os
import re
import statistics
import subprocess
import sys

import measure

PORTS = [25, 110, 143, 465, 587, 993]
HOSTS = [1, 16, 256, 4096]
TIMEOUT = 1                     # seconds for each connection, of all
AT_ONCE = 1024 - 64             # what our program does with 1,024 descriptors
LIMIT = {1: 20, 16: 20, 256: 20, 4096: 30}      # seconds, where ports are silent
LONG = 5                        # seconds after which one run has to do
MANY = 3                        # runs at most where there are very many hosts, or silence
COUNTED = 256                   # hosts of the runs that valgrind counts
# how many of a host's ports are open, refused, silent
KINDS = {"refused": (0, 6, 0), "open": (6, 0, 0), "mixed": (2, 2, 2),
         "filtered": (0, 0, 6)}
NMAP = ["nmap", "-sT", "-Pn", "-n"]
EQUAL = ["--max-retries", "0", "--initial-rtt-timeout", "%ds" % TIMEOUT,
         "--max-rtt-timeout", "%ds" % TIMEOUT,
         "--min-rtt-timeout", "%ds" % TIMEOUT]


class World:
    """What listens, and what the packet filter drops."""

    def __init__(self, scratch):
        self.program = os.path.join(scratch, "accept")
        self.server = None

    def make(self, kind):
        self.end()
        nopen, nrefused, _ = KINDS[kind]
        for port in PORTS[nopen + nrefused:]:
            self.filter("add element inet bench silent { %d }" % port)
        if nopen > 0:
            self.server = subprocess.Popen(
                [self.program, *map(str, PORTS[:nopen])],
                stdout=subprocess.PIPE)
            self.server.stdout.readline()

    @staticmethod
    def filter(line):
        subprocess.run(["nft", "-f", "-"], check=True,
                       input=line.encode() + b"\n")

    def end(self):
        self.filter("flush set inet bench silent")
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
            self.server.stdout.close()
        self.server = None


class Run:
    """One run: ms, KiB, what it found, and whether it came to its end."""

    def __init__(self, scratch, words, limit=None):
        said = os.path.join(scratch, "said")
        bound = [] if limit is None else ["/usr/bin/timeout", str(limit)]
        done = subprocess.run([os.path.join(scratch, "once"), said,
                               *bound, *words], check=True,
                              stdout=subprocess.PIPE)
        wall, cpu, self.peak, self.code = map(int, done.stdout.split())
        self.wall, self.cpu = wall / 1e3, cpu / 1e3
        self.ended = limit is None or self.code != 124
        with open(said, encoding="utf-8", errors="replace") as text:
            self.found = found(text.read())


def found(text):
    """(open, refused, filtered) as any of the programs says it."""
    lines = re.findall(r"^\d+/tcp +(open|closed|filtered)", text, re.M)
    if lines:
        return tuple(map(lines.count, ("open", "closed", "filtered")))
    numbers = [re.search(r"\b%s=(\d+)" % word, text)
               for word in ("open", "refused", "filtered")]
    return tuple(0 if n is None else int(n[1]) for n in numbers)


def host_list(scratch, nhosts):
    name = os.path.join(scratch, "hosts.%d" % nhosts)
    with open(name, "w", encoding="ascii") as out:
        for i in range(nhosts):
            print("127.1.%d.%d" % divmod(i, 256), file=out)
    return name


def look(program, hosts, *more):
    return [program, "--hosts-file=" + hosts,
            "--ports=" + ",".join(map(str, PORTS)), "--probe=connect",
            "--connect-timeout=%d" % TIMEOUT, *more]


def programs(scratch, program, kind, nhosts):
    """(name, command) of each."""
    hosts = host_list(scratch, nhosts)
    list_of = ["-p", ",".join(map(str, PORTS)), "-iL", hosts]
    nmap = ["/usr/bin/" + NMAP[0], *NMAP[1:]]
    rows = [("check_mail_ports",
             look(program, hosts, "--attempts=1", "--rate=0", "-t", "60")),
            ("nmap, equal", [*nmap, *EQUAL, *list_of]),
            ("nmap, %d at once" % AT_ONCE,
             [*nmap, *EQUAL, "--min-parallelism", str(AT_ONCE),
              "--min-hostgroup", str(nhosts), *list_of]),
            ("nmap, defaults", [*nmap, *list_of])]
    if KINDS[kind][2] == 0:
        rows.insert(0, ("floor", [os.path.join(scratch, "floor_ports"),
                                  str(nhosts), *map(str, PORTS)]))
    return rows


def by_turns(scratch, rows, runs, limit):
    """For each row its runs; what takes long is run once."""
    taken = [[] for _ in rows]
    for _ in range(runs):
        for runs_of, (_, words) in zip(taken, rows):
            if not runs_of or runs_of[0].wall < LONG * 1000:
                runs_of.append(Run(scratch, words, limit))
    return taken


def median(runs, what):
    return statistics.median(getattr(run, what) for run in runs)


def number(value):
    return "%.2f" % value if value < 10 else "%.0f" % value


def ended(runs):
    return all(run.ended for run in runs)


def wrong(runs, kind, nhosts):
    """How many ports a run got wrong, at the most."""
    wish = [n * nhosts for n in KINDS[kind]]
    return max(sum(abs(n - m) for n, m in zip(wish, run.found)) // 2
               for run in runs)


def sweep_row(kind, nhosts, name, runs, floor, base, count):
    cpu, peak, more = median(runs, "cpu"), median(runs, "peak"), ""
    if not ended(runs):
        more = "> "
    elif wrong(runs, kind, nhosts) > 0:
        name += ", %d ports wrong" % wrong(runs, kind, nhosts)
    print("| %s | %d | %s | %s%s | %s | %s | %s | %s%s | %.1f | %s |" % (
        kind, nhosts, name, more, number(cpu),
        "-" if more else "%.2f" % (cpu / base),
        "-" if floor is None else number(cpu - floor), count,
        more, number(median(runs, "wall")), peak / 1024,
        "-" if nhosts == 1 else
        number(peak * 1024 / (nhosts * len(PORTS)))))
    return peak


def bases(taken, rows):
    """Processor time of the floor, if there is one, and of the first nmap that came to its end."""
    named = {name: runs for (name, _), runs in zip(rows, taken)}
    floor = named.get("floor")
    first = next(runs for name, runs in named.items()
                 if name.startswith("nmap") and ended(runs))
    return (None if floor is None else median(floor, "cpu"),
            median(first, "cpu"))


def counted(scratch, kind, nhosts, rows):
    """Millions of instructions of those rows that valgrind is to count."""
    counts = {}
    for name, words in rows:
        if KINDS[kind][2] or nhosts > COUNTED or name not in (
                "floor", "check_mail_ports", "nmap, equal"):
            continue
        code = 2 if name == "check_mail_ports" and kind == "refused" else 0
        counts[name] = "%.2f" % measure.instructions(scratch, words, code)
    return counts


def sweep(scratch, runs, program):
    world = World(scratch)
    peaks = {}
    print("| ports | hosts | program | cpu ms | x | above the floor | "
          "million instructions | wall ms | peak MiB | bytes a target |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for kind, (_, _, silent) in KINDS.items():
        world.make(kind)
        for nhosts in HOSTS:
            rows = programs(scratch, program, kind, nhosts)
            taken = by_turns(scratch, rows,
                             runs if nhosts < HOSTS[-1] and not silent else
                             min(runs, MANY),
                             LIMIT[nhosts] if silent else None)
            floor, base = bases(taken, rows)
            counts = counted(scratch, kind, nhosts, rows)
            for (name, _), runs_of in zip(rows, taken):
                peaks[name, kind, nhosts] = sweep_row(
                    kind, nhosts, name, runs_of, floor, base,
                    counts.get(name, "-"))
    world.end()
    growth(peaks)


def growth(peaks):
    """Bytes that one more target costs."""
    print("\n| bytes for each further target | from 16 to 256 hosts | "
          "from 256 to 4096 |\n|---|---|---|")
    for name in ("check_mail_ports", "nmap, equal"):
        for kind in ("refused", "open"):
            steps = [(peaks[name, kind, most] - peaks[name, kind, least]) *
                     1024 / ((most - least) * len(PORTS))
                     for least, most in zip(HOSTS[1:], HOSTS[2:])]
            print("| %s, %s | %.0f | %.0f |" % (name, kind, *steps))


def formula(scratch, _, program):
    """Rows of (hosts, --parallel, --rate), 0: as many as descriptors allow."""
    world = World(scratch)
    world.make("filtered")
    print("| silent ports | at once | rate | formula s | wall s | deviation |")
    print("|---|---|---|---|---|---|")
    for nhosts, parallel, rate in ((10, 20, 100), (16, 32, 0), (16, 96, 20),
                                   (256, 0, 5000), (256, 100, 1000),
                                   (4096, 0, 5000)):
        hosts = host_list(scratch, nhosts)
        n = nhosts * len(PORTS)
        run = Run(scratch, look(program, hosts, "--parallel=%d" % parallel,
                                "--rate=%d" % rate, "-t", "60"))
        if run.found != (0, 0, n):
            sys.exit("%d silent ports: %r were found" % (n, run.found))
        wish = math.ceil(n / (parallel or AT_ONCE)) * TIMEOUT + (
            n / rate if rate else 0)
        print("| %d | %d | %s | %.2f | %.2f | %+.1f %% |" % (
            n, parallel or AT_ONCE, rate or "unlimited", wish,
            run.wall / 1000, (run.wall / 1000 / wish - 1) * 100))
    world.end()


def plain(scratch, runs, program, peer, address, code, name):
    rows = [("check_mail_ports, 7 ports", [program, "-H", address]),
            ("check_tcp, 1 port", [peer, "-H", address, "-p", "993"])]
    taken = by_turns(scratch, rows, runs, None)
    for (who, words), runs_of in zip(rows, taken):
        for run in runs_of:
            if run.code != int(code) or run.found[2] > 0:
                sys.exit("%s: exit code %d, %d ports are silent" % (
                    who, run.code, run.found[2]))
        print("| %s | %s | %.2f | %s | %s | %.1f |" % (
            name, who, measure.instructions(scratch, words, int(code)),
            number(median(runs_of, "cpu")), number(median(runs_of, "wall")),
            median(runs_of, "peak") / 1024))


def main(argv):
    modes = {"sweep": sweep, "formula": formula, "plain": plain}
    if len(argv) < 5 or len(argv) != (9 if argv[4] == "plain" else 5):
        print(__doc__, file=sys.stderr)
        return 2
    modes[argv[4]](argv[1], int(argv[2]), argv[3], *argv[5:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
