# SPDX-License-Identifier: GPL-3.0-or-later
"""Many targets: one verdict, one deadline, and reports that stay readable."""
import re

from bench import (Bench, as_json, concludes, document, openmetrics, run, same,
                   text, want)
from fleet import Fleet
from pki import Pki

JSON = "--output-format=json"
TEXT_MAX = 8192
MEMORY = 16 * 1024		# KiB
PER_TARGET = 7			# KiB that a further target in flight may cost


def summary(done):
    return done.text.split("\n")[0].split(": ", 1)[1].split(" | ")[0]


def two(bench):
    with Fleet(["good", "refused"]) as f:
        done = run(bench.ask(f))
        cause, perf = text(done)
        same("cause", cause, "connect.refused")
        want(summary(done).startswith("1 of 2 targets fail; worst 127.1.0.2:"
             "%d refuses the connection" % f.port), "%s", done.text)
        for label in "127.1.0.1:%d connect", "127.1.0.1:%d greeting", \
                "127.1.0.2:%d connect":
            want(label % f.port in perf, "no perfdata %s", label)
        found = as_json(bench.ask(f))
    concludes(found, "connect.refused", target=None, stage="connect")
    same("target of the finding", found["findings"][0]["target"],
         "127.1.0.2:%d" % f.port)


def labels(bench, kinds):
    with Fleet(kinds) as f:
        return f, text(run(bench.ask(f, "-t", "2")))[1]


def eight(bench):
    f, perf = labels(bench, ["good"] * 7 + ["full"])
    for host in f.hosts:
        want("%s:%d connect" % (host, f.port) in perf, "nothing of %s", host)
    want("targets" not in perf, "aggregates for eight targets")


def nine(bench):
    _, perf = labels(bench, ["good"] * 5 + ["full", "refused", "lacks",
                                            "silent"])
    want(not any(" " in label for label in perf), "%s", perf)
    same("counts", [perf[name] for name in ("targets", "ok", "warning",
         "critical", "unknown")], [9, 5, 0, 4, 0])
    want(perf["greeting"] > 1.5, "not the worst value: %s", perf["greeting"])


MIXED = ["good"] * 3 + ["silent", "refused", "full", "lacks", "reset"] * 4 + \
    ["good"] * 37


def sixty_text(bench):
    with Fleet(MIXED) as f:
        done = run(bench.ask(f, "-t", "1"))
    cause, _ = text(done)
    same("cause", cause, "greeting.timeout")
    lines = done.text[:-1].split("\n")
    want(summary(done).startswith("20 of 60 targets fail; worst %s:%d sent no "
         "greeting" % (f.hosts[3], f.port)), "%s", lines[0])
    want(lines[1].startswith("critical  greeting  %s:" % f.hosts[3]),
         "the worst does not come first: %s", lines[1])
    same("findings", sum(l.startswith("critical ") for l in lines), 10)
    want("and 10 more" in lines, "%s", lines[10:])
    want(lines[-1].startswith("by hand ") and lines[-2].startswith("next "),
         "%s", lines[-2:])
    want(len(done.out) <= TEXT_MAX, "%d bytes", len(done.out))


def sixty_json(bench):
    with Fleet(MIXED) as f:
        found = as_json(bench.ask(f, "-t", "1"))
        text_of = openmetrics(run(bench.ask(
            f, "-t", "1", "--output-format=openmetrics")))
    concludes(found, "greeting.timeout", target=None)
    names = ["%s:%d" % (host, f.port) for host in f.hosts]
    causes = {"silent": "greeting.timeout", "refused": "connect.refused",
              "full": "greeting.unavailable", "lacks": "auth.no-mechanism",
              "reset": "connect.reset"}
    same("findings", [(x["target"], x["cause"]) for x in found["findings"]],
         [(name, causes[kind]) for name, kind in zip(names, MIXED)
          if kind in causes])
    same("targets in stages", sorted({s["target"] for s in found["stages"]}),
         sorted(names))
    states = dict(re.findall(r'^mail_check_state\{.*target="([^"]+)".*\} (\d)$',
                             text_of, re.M))
    same("states", states, {name: "2" if kind in causes else "0"
                            for name, kind in zip(names, MIXED)})


def three_of_200(bench):
    kinds = ["good"] * 200
    kinds[77] = kinds[150] = "refused"
    kinds[199] = "full"
    with Fleet(kinds) as f:
        done = run(bench.ask(f))
    same("cause", text(done)[0], "connect.refused")
    want(summary(done).startswith("3 of 200 targets fail; worst %s:%d " %
                                  (f.hosts[77], f.port)), "%s", done.text)


def all_well(bench):
    with Fleet(["good"] * 12) as f:
        done = run(bench.ask(f))
        same("cause", text(done)[0], None)
        want(summary(done) == "12 targets, all ok" and
             done.text.count("\n") == 1, "%s", done.text)
        concludes(as_json(bench.ask(f)), None)
        openmetrics(run(bench.ask(f, "--output-format=openmetrics")))
        done = run(bench.ask(f, "-v"))
        text(done)
        want("%s:%d" % (f.hosts[0], f.port) in done.text and
             "and 2 more\n" in done.text, "%s", done.text)


def ties(bench):
    with Fleet(["refused", "full", "good"]) as f:
        for order, cause in (((2, 0, 1), "connect.refused"),
                             ((1, 2, 0), "greeting.unavailable")):
            hosts = [f.hosts[n] for n in order]
            concludes(as_json(bench.ask(f, hosts=hosts)), cause)
            done = run(bench.ask(f, hosts=hosts))
            want("[%s]" % cause in done.text.split("\n")[1], "%s", done.text)
        # a worse state beats the order
        found = as_json(bench.ask(f, "--severity=connect.refused=WARNING"))
        concludes(found, "greeting.unavailable")


def wordy_servers(bench):
    """What does not fit is left out whole: 8 KiB, whatever they say."""
    with Fleet(["wordy"] * 600) as f:
        for more in (), ("-vv",):
            done = run(bench.ask(f, *more))
            same("cause", text(done)[0], "greeting.unavailable")
            want(len(done.out) <= TEXT_MAX, "%d bytes", len(done.out))
            want("\nand 590 more\n" in done.text, "%s", done.text[-300:])
    with Fleet(["wordy"] * 8) as f:
        done = run(bench.ask(f, "-vv"))
        text(done)
        want(len(done.out) <= TEXT_MAX, "%d bytes", len(done.out))


def one_by_one(bench):
    with Fleet(["late"] * 6) as f:
        done = run(bench.ask(f, "--parallel=1"))
        same("cause", text(done)[0], None)
        same("open at once", f.most, 1)
        want(done.seconds > 0.6, "took %.2f s only", done.seconds)
    with Fleet(["late"] * 6) as f:
        run(bench.ask(f, "--parallel=3"))
        same("open at once", f.most, 3)


def rate(bench):
    with Fleet(["good"] * 12) as f:
        done = run(bench.ask(f, "--rate=20"))
        same("cause", text(done)[0], None)
        spread = f.accepted[-1] - f.accepted[0]
        want(0.4 < spread < 1.5, "12 connections in %.2f s", spread)
    with Fleet(["good"] * 12) as f:
        done = run(bench.ask(f, "--rate=0"))
        want(f.accepted[-1] - f.accepted[0] < 0.3, "unlimited, and slow")


def unfinished(bench):
    with Fleet(["silent"] * 30) as f:
        command = bench.ask(f, "--parallel=1", "-t", "1")
        found = as_json(command)
        done = run(command + ["--severity=greeting.timeout=OK"])
        state = as_json(command + ["--timeout-result=WARNING"])
        concludes(as_json(bench.ask(f, "-t", "0.000001")),
                  "internal.unfinished", stage=None)
    concludes(found, "greeting.timeout")
    causes = [x["cause"] for x in found["findings"] if x["target"]]
    same("findings", causes, ["greeting.timeout"] +
         ["internal.unfinished"] * 29)
    same("states of --timeout-result",
         {x["state"] for x in state["findings"]}, {"warning"})
    cause, perf = text(done)
    same("cause", cause, "internal.unfinished")
    same("exit code", done.code, 3)
    # nobody was asked: that is not OK
    same("counts", (perf["ok"], perf["unknown"]), (1, 29))
    want("29 of 30 targets were not reached" in done.text, "%s", done.text)


def one_unreached(bench):
    with Fleet(["silent"]) as f:
        done = run(bench.ask(f, "-t", "0.000001"))
        same("cause", text(done)[0], "internal.unfinished")
        want("127.1.0.1:%d was not reached" % f.port in done.text, "%s",
             done.text)


def no_waiting(bench):
    """A silent target delays nobody, and one deadline holds for all."""
    with Fleet(["silent"] * 10 + ["good"] * 20) as f:
        done = run(bench.ask(f, "-t", "1", JSON))
        want(f.accepted[-1] - f.accepted[0] < 0.5, "connections in %.2f s",
             f.accepted[-1] - f.accepted[0])
    found = document(done)
    want(0.9 < done.seconds < 1.8, "took %.2f s", done.seconds)
    slow = [m for m in found["metrics"] if m["label"] == "greeting" and
            m["target"] in ["%s:%d" % (h, f.port) for h in f.hosts[10:]] and
            m["value"] > 0.5]
    want(not slow, "%s", slow)


def certificates(bench):
    """TLS for each of them, and its faults in the right place."""
    pki = Pki(bench.path("pki"))
    contexts = {name: pki.context(name, None, None)
                for name in ("good", "expired", "wrong-host")}
    kinds = ["good+good"] * 7 + ["good+expired", "good+good",
                                 "good+wrong-host"]
    with Fleet(kinds, contexts) as f:
        command = [a for a in bench.ask(
            f, "--sni=mail.example.test", "--ca-file=" + pki.path("root.pem"))
            if a != "--tls=none"]
        found = as_json(command)
    concludes(found, "cert.expired", stage="tls")
    same("findings", [(x["cause"], x["target"]) for x in found["findings"]],
         [("cert.expired", "%s:%d" % (f.hosts[7], f.port)),
          ("cert.wrong-host", "%s:%d" % (f.hosts[9], f.port))])


def memory(bench):
    peaks = []
    for count in 2, 602:
        with Fleet(["silent"] * count) as f:
            done, peak = bench.measured(bench.ask(f, "-t", "1", JSON))
        concludes(document(done), "greeting.timeout")
        peaks.append(peak)
    want(peaks[1] < MEMORY, "%d KiB for 602 targets", peaks[1])
    each = (peaks[1] - peaks[0]) / 600
    want(each < PER_TARGET, "%.1f KiB for each target", each)


def twice(bench):
    with Fleet(["good"]) as f:
        found = as_json(bench.ask(f, hosts=f.hosts * 2))
    concludes(found, None)
    same("names", len({s["target"] for s in found["stages"]}), 2)


def expected(bench):
    with Fleet(["good", "full", "good"]) as f:
        want_full = "--expect-cause=greeting.unavailable"
        same("state", as_json(bench.ask(f, want_full))["state"], "ok")
        found = as_json(bench.ask(f, "--expect-cause=connect.refused"))
        same("state", found["state"], "critical")


CASES = {
    "two targets": two, "eight targets": eight, "nine targets": nine,
    "sixty targets, text": sixty_text,
    "sixty targets, JSON and OpenMetrics": sixty_json,
    "three of 200 fail": three_of_200, "all targets are well": all_well,
    "ties go by the command line": ties,
    "servers with many words": wordy_servers,
    "--parallel": one_by_one, "--rate": rate,
    "targets that were not reached": unfinished,
    "one target that was not reached": one_unreached,
    "nobody waits for a silent target": no_waiting,
    "certificates of many targets": certificates,
    "memory for many targets": memory, "the same target twice": twice,
    "--expect-cause with several targets": expected,
}


def rows(bench: Bench):
    for name, case in CASES.items():
        yield name, lambda case=case: case(bench)
