# SPDX-License-Identifier: GPL-3.0-or-later
"""The toy: sixty lines, and every cause that comes before a login.

The rows of tests/hostile that are decided before a login hold for it as well;
one is played for each cause and way to TLS.
"""
import os

from bench import (ROOT, as_json, concludes, document, openmetrics, run, same,
                   text, want)
from fleet import Fleet
from pki import Pki
from server import Server
from situations import TABLE

LINES = 65
SOURCE = "tests/toy/check_imap_mechanism.c"
BEFORE_LOGIN = ("greeting-", "connect-", "capability-", "tls-", "starttls-",
                "cert-", "good-starttls")
# what connect, tls and greeting share is the verdict of either
EITHER = ("connect", "greeting", "tls", "auth")


def chosen():
    """(cause, how to TLS): a row"""
    found = {}
    for row in TABLE:
        if row.name.startswith(BEFORE_LOGIN) and len(row.causes) == 1 and \
                not (row.args or row.clock or row.runs or row.secret):
            found.setdefault((row.causes[0], row.tls), row)
    return found


def play(bench, pki, row):
    context = pki.context(row.cert, row.versions, row.ask)
    with Server(row.script, row.serve, lambda: context) as server:
        found = as_json([
            bench.toy, "-H", "mail.example.test", "--address=127.0.0.1", "-p",
            str(server.port), "--tls=" + row.tls, "-t", str(row.timeout),
            "--ca-file=" + pki.path("root.pem")])
    concludes(found, row.causes[0])
    want(found["stage"] in EITHER, "stage %s", found["stage"])
    same("target", found["target"]["host"], "mail.example.test")


def small(_):
    with open(os.path.join(ROOT, SOURCE), encoding="utf-8") as lines:
        count = len(lines.readlines())
    want(count <= LINES, "%d lines", count)


def mechanism(bench):
    with Fleet(["good", "lacks"]) as f:
        found = as_json(bench.ask(f, hosts=f.hosts[:1]))
        concludes(found, None, stage=None)
        want("offers PLAIN" in found["summary"], "%s", found["summary"])
        found = as_json(bench.ask(f, hosts=f.hosts[1:]))
        concludes(found, "auth.no-mechanism", stage="auth")
        found = as_json(bench.ask(f, "--mechanism=GSSAPI"))
        concludes(found, "auth.no-mechanism", target=None)


def refused(bench):
    with Fleet(["refused", "good"]) as f:
        concludes(as_json(bench.ask(f, hosts=f.hosts[:1])), "connect.refused",
                  stage="connect")


def slow(bench):
    with Fleet(["late"]) as f:
        concludes(as_json(bench.ask(f, "-w", "greeting=10ms")), "slow",
                  stage="greeting", state="warning")
        concludes(as_json(bench.ask(f, "-c", "greeting=10ms")), "slow",
                  stage="greeting", state="critical")


def usage(bench):
    for args in (["--no-such-option"], [], ["-H", "a b"], ["-H", "127.0.0.1",
                 "--mechanism"], ["-H", "127.0.0.1", "--username=bob"]):
        done = run([bench.toy, *args])
        same("cause", text(done)[0], "usage.option")
        same("lines", done.text.count("\n"), 1)
        same("exit code", done.code, 3)
        done = run([bench.toy, *args, "--output-format=json"])
        concludes(document(done), "usage.option", stage=None, target=None)
        openmetrics(run([bench.toy, *args, "--output-format=openmetrics"]))


def documents(bench):
    """What comes of the option table, for a check that is not ours to ship."""
    for kind in "man", "bash", "zsh", "fish":
        done = run([bench.toy, "--describe=" + kind])
        same("exit code", (done.code, done.err), (3, b""))
        want("mechanism" in done.text, "%s misses its option", kind)
        want("password" not in done.text, "%s speaks of a password", kind)


def rows(bench):
    yield "the toy is small", lambda: small(bench)
    for name, case in (("offers", mechanism), ("connect.refused", refused),
                       ("slow", slow), ("usage.option", usage),
                       ("documents", documents)):
        yield "toy: " + name, lambda case=case: case(bench)
    pki = Pki(bench.path("pki"))
    for (cause, tls), row in chosen().items():
        yield "toy: %s, TLS %s (%s)" % (cause, tls, row.name), \
            lambda row=row: play(bench, pki, row)
