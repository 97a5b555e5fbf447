#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""verdict.py WANT... -- COMMAND... - does a check conclude what it should?
verdict.py --many N FILE - do many? N at a time

A line of FILE is a case: its name, a tab, and WANT... -- COMMAND..., with blanks
between that cannot be quoted.  A line `ok` or `not ok` is written for each.

COMMAND is run with --output-format=json.  Whatever is wanted, the result must
follow the schema, exit code and state must agree, and stderr must be empty.
WANT is one of

    OK              state ok, no cause
    CAUSE           this cause, with state and party as causes.tsv has them
    PATH=TEXT       a member: state=warning, facts.messages=3, stage.tls=ok
    PATH~REGEX      the member matches, anywhere
    PATH<N, PATH>N  the member, a number, is smaller or larger

where PATH may also be seconds (how long the command took), metric.LABEL (a
value), stage.NAME (a state), finding.CAUSE (a detail), hand.CAUSE (its
command), because.CAUSE (the cause
that this finding is a consequence of), port.PORT.MEMBER or
port.PORT/ADDRESS.MEMBER of facts.ports (PORT may be `all`): what its rows have,
each value once, with commas between; and path.KIND.MEMBER or
path.KIND/PORT.MEMBER of facts.paths, where hops are written as
ADDRESS/ANSWER,...  The first WANT that gives a state or a party beats
causes.tsv.
"""
import json
import os
import re
import subprocess
import sys
import time

from json_schema import Validator, load

TESTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(TESTS)
EXIT = {"ok": 0, "warning": 1, "critical": 2, "unknown": 3}
RELATION = re.compile(r"([a-z_.0-9/:-]+)([=~<>])(.*)", re.S)
PATIENCE = 120
FAULTS_SHOWN = 5	# a member that nobody foresaw stands in every row


def causes():
    """{cause: (state, party)} of the closed list."""
    path = os.path.join(ROOT, "common", "report", "causes.tsv")
    with open(path, encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if "\t" in line]
    return {row[0]: (row[1].lower(), row[2])
            for row in rows if not row[0].startswith("#")}


def shown(value):
    return value if isinstance(value, str) else json.dumps(value)


def of_ports(document, path):
    """993.verdict, 993/192.0.2.7.offender, all.protocol; None without a row."""
    where, _, name = path.rpartition(".")
    port, _, address = where.partition("/")
    values = [shown(row[name]) for row in document["facts"]["ports"]
              if port in ("all", str(row["port"])) and
              address in ("", row["address"])]
    return ",".join(dict.fromkeys(values)) or None


def of_paths(document, path):
    """tcp/993.hops, echo.outcome, udp.hops; None without such a trace."""
    where, _, name = path.rpartition(".")
    kind, _, port = where.partition("/")
    for trace in document["facts"].get("paths", []):
        if kind != trace["kind"] or port not in ("", str(trace["port"])):
            continue
        if name == "hops":
            return ",".join("%s/%s" % (hop["address"], hop["answer"])
                            for hop in trace["hops"])
        return shown(trace[name])
    return None


def of_findings(document, cause, name):
    return {f["cause"]: f[name] for f in document["findings"]}.get(cause)


def member(document, path):
    head, _, rest = path.partition(".")
    if head == "metric":
        rows = {m["label"]: m["value"] for m in document["metrics"]}
        return rows.get(rest)
    if head == "stage" and rest:
        return {s["name"]: s["state"] for s in document["stages"]}.get(rest)
    if head == "port":
        return of_ports(document, rest)
    if head == "path":
        return of_paths(document, rest)
    if head == "finding":
        return of_findings(document, rest, "detail")
    if head == "hand":
        return of_findings(document, rest, "by_hand")
    if head == "because":
        return of_findings(document, rest, "consequence_of")
    for name in path.split("."):
        if not isinstance(document, dict) or name not in document:
            return None
        document = document[name]
    return document


def holds(value, relation, wanted):
    if relation == "=":
        return shown(value) == wanted
    if value is None:
        return False
    if relation == "~":
        return re.search(wanted, str(value)) is not None
    return value < float(wanted) if relation == "<" else value > float(wanted)


def spelled_out(wants):
    """Every WANT as (path, relation, text)."""
    out = []
    for want in wants:
        found = RELATION.fullmatch(want)
        if found:
            out.append(found.groups())
        elif want == "OK":
            out += [("state", "=", "ok"), ("cause", "=", "null")]
        else:
            state, party = causes()[want]
            out.append(("cause", "=", want))
            for path, text in ("state", state), ("party", party):
                if not any(w.startswith(path + "=") for w in wants):
                    out.append((path, "=", text))
    return out


def complaints(done, wants):
    out = []
    if done.stderr:
        out.append("stderr: %.300r" % done.stderr)
    try:
        document = load(done.stdout.decode("utf-8"))
    except ValueError as error:
        return out + ["no JSON (%s), exit %d: %.300r" % (error,
                      done.returncode, done.stdout)]
    schema = os.path.join(ROOT, "contrib", "check-result.schema.json")
    with open(schema, encoding="utf-8") as text:
        validator = Validator(load(text.read()))
    faults = list(validator.errors(validator.root, document, "#"))
    if faults:
        return out + faults[:FAULTS_SHOWN]
    if EXIT.get(document.get("state")) != done.returncode:
        out.append("exit %d with state %s" % (done.returncode,
                                              document.get("state")))
    document["seconds"] = done.seconds
    for path, relation, text in spelled_out(wants):
        value = member(document, path)
        if not holds(value, relation, text):
            out.append("%s is %s, not %s%s" % (path, json.dumps(value),
                                               relation.strip("="), text))
    if out:
        out.append("cause %s: %s" % (document.get("cause"),
                                     document.get("summary")))
    return out


def concluded(words):
    """WANT... -- COMMAND...: what is wrong, in one line."""
    cut = words.index("--")
    begin = time.monotonic()
    done = subprocess.run(words[cut + 1:] + ["--output-format=json"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, close_fds=False,
                          timeout=PATIENCE, check=False)
    done.seconds = time.monotonic() - begin
    return "; ".join(complaints(done, words[:cut]))


def case(line):
    name, _, words = line.rstrip("\n").partition("\t")
    found = concluded(words.split())
    return "not ok %s: %s" % (name, found) if found else "ok " + name


def many(number, path):
    # here, for one case alone would wait longer for it than for its check
    from concurrent.futures import ThreadPoolExecutor
    with open(path, encoding="utf-8") as lines, \
            ThreadPoolExecutor(number) as pool:
        for line in pool.map(case, lines):
            print(line, flush=True)


def main(argv):
    if len(argv) == 4 and argv[1] == "--many":
        many(int(argv[2]), argv[3])
        return 0
    if "--" not in argv:
        print(__doc__, file=sys.stderr)
        return 2
    found = concluded(argv[1:])
    print(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
