#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""openmetrics_lint.py <EXPOSITION - is this OpenMetrics text as we write it?

Exit 0 if it is, 1 with every fault on stderr if it is not.  Beside the grammar
of OpenMetrics 1.0 it holds us to what we promise: gauges only, HELP and TYPE
before the samples, families in one piece, the same labels in the same order,
plain decimals, no time stamps, and that node_exporter can read it too.
"""
import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
SAMPLE = re.compile(rf"({NAME})\{{({LABEL}(?:,{LABEL})*)\}} (\S+)")
META = re.compile(rf"# (HELP|TYPE) ({NAME}) (.+)")
VALUE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
COMMON = ["plugin", "host", "port", "account", "target", "mailbox", "root"]
# a gauge may not look like a part of another kind of family
RESERVED = ("_total", "_created", "_count", "_sum", "_bucket", "_gcount",
            "_gsum", "_info")


class Lint:
    def __init__(self):
        self.faults = []
        self.meta = {}		# family: kinds of meta lines seen
        self.labels = {}	# family: label names of its first sample
        self.samples = set()
        self.closed = set()
        self.current = None
        self.number = 0

    def fault(self, text):
        self.faults.append(f"line {self.number}: {text}")

    def enter(self, family):
        if family == self.current:
            return
        if self.current is not None:
            self.closed.add(self.current)
        if family in self.closed:
            self.fault(f"{family} is not in one piece")
        self.current = family

    def meta_line(self, line):
        match = META.fullmatch(line)
        if match is None:
            self.fault("neither HELP nor TYPE")
            return
        kind, family, text = match.groups()
        self.enter(family)
        seen = self.meta.setdefault(family, set())
        if kind in seen:
            self.fault(f"{kind} of {family} twice")
        if family in self.labels:
            self.fault(f"{kind} of {family} behind its samples")
        seen.add(kind)
        if kind == "TYPE" and text != "gauge":
            self.fault(f"{family} is a {text}, not a gauge")
        if kind == "HELP" and re.search(r'\\(?![\\n"])', text):
            self.fault(f"HELP of {family} has a foreign escape")
        if family.endswith(RESERVED):
            self.fault(f"{family} ends in a reserved suffix")

    def sample_line(self, line):
        match = SAMPLE.fullmatch(line)
        if match is None:
            self.fault("not a sample")
            return
        family, value = match.group(1), match.groups()[-1]
        self.enter(family)
        if self.meta.get(family) != {"HELP", "TYPE"}:
            self.fault(f"{family} lacks HELP or TYPE")
        if VALUE.fullmatch(value) is None:
            self.fault(f"{value} is not a plain decimal")
        pairs = re.findall(LABEL, match.group(2))
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            self.fault("a label twice")
        if names[:len(COMMON)] != COMMON:
            self.fault(f"does not begin with the labels {' '.join(COMMON)}")
        if names != self.labels.setdefault(family, names):
            self.fault(f"other labels than the first {family} has")
        # an empty label is the same as none
        key = (family, frozenset(p for p in pairs if p[1] != ""))
        if key in self.samples:
            self.fault("the same sample again")
        self.samples.add(key)

    def run(self, data):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as e:
            self.fault(f"not UTF-8: {e}")
            return self.faults
        lines = text.split("\n")
        if lines.pop() != "":
            self.fault("the last line does not end")
        for self.number, line in enumerate(lines, 1):
            if line == "# EOF":
                if self.number != len(lines):
                    self.fault("something behind # EOF")
            elif re.search(r"[\x00-\x1f\x7f]", line):
                self.fault("a control character")
            elif line.startswith("#"):
                self.meta_line(line)
            else:
                self.sample_line(line)
        if not lines or lines[-1] != "# EOF":
            self.fault("does not end with # EOF")
        for family in self.meta.keys() - self.labels.keys():
            self.fault(f"{family} has no sample")
        return self.faults


def main():
    faults = Lint().run(sys.stdin.buffer.read())
    for line in faults:
        print(line, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
