# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS out of a module: the toy is linked with none, and pays when it needs it.

What the toy says of each fault of TLS is asked in toy.py; here is when the
library comes, and what becomes of a run without it.
"""
import glob
import os
import re
import subprocess

from bench import as_json, concludes, run, same, text, want
from fleet import Fleet
from modules import Elsewhere
from pki import Pki
from server import Server, imap

LIBRARIES = re.compile(r"/lib(ssl|crypto)[.-]")
MODULE = re.compile(r"/tls\.so\b")
CERTIFICATES = (("good", None), ("expired", "cert.expired"),
                ("self-signed", "cert.self-signed"))


def linked(program):
    done = subprocess.run(["ldd", program], capture_output=True, check=True)
    return bool(LIBRARIES.search(done.stdout.decode()))


def how_linked(bench):
    """Who always needs TLS does not look for a module."""
    same("OpenSSL of %s" % bench.toy, linked(bench.toy), False)
    same("OpenSSL of %s" % bench.program, linked(bench.program), True)


def loaded(bench, command, cause):
    """Did the run load the module, and OpenSSL?"""
    log = bench.path("loaded")
    done = run(command, env={**os.environ, "LD_DEBUG": "files",
                             "LD_DEBUG_OUTPUT": log})
    same("cause", text(done)[0], cause)
    files = glob.glob(log + ".*")
    want(len(files) == 1, "%d reports of the loader", len(files))
    with open(files[0], encoding="utf-8", errors="replace") as lines:
        found = lines.read()
    os.unlink(files[0])
    want("libc.so" in found, "the loader reports nothing")
    return bool(MODULE.search(found)), bool(LIBRARIES.search(found))


def ask(port, *more, program):
    return [program, "-H", "mail.example.test", "--address=127.0.0.1", "-p",
            str(port), *more]


def not_loaded(bench):
    with Fleet(["good", "lacks"]) as f:
        same("loaded", loaded(bench, bench.ask(f), "auth.no-mechanism"),
             (False, False))
    port = str(f.port)
    # nobody listens: there is nothing to speak TLS with
    same("loaded", loaded(bench, [bench.toy, "-H", "127.0.0.1", "-p", port],
                          "connect.refused"), (False, False))
    for args in ["--no-such-option"], ["--hostname"]:
        same("loaded", loaded(bench, [bench.toy, *args], "usage.option"),
             (False, False))


def is_loaded(bench):
    pki = Pki(bench.path("pki"))
    for how in "implicit", "starttls":
        with Server(imap(), how,
                    lambda: pki.context("good", None, None)) as server:
            command = ask(server.port, "--tls=" + how, "--ca-file=" +
                          pki.path("root.pem"), program=bench.toy)
            same("loaded", loaded(bench, command, None), (True, True))


def verdict(found):
    return found["state"], found["cause"], [
        (f["cause"], f["stage"], f["state"], f["detail"], f["next"])
        for f in found["findings"]]


def same_verdict(bench):
    """The engine of the module judges as the one that is linked."""
    pki = Pki(bench.path("pki"))
    for cert, cause in CERTIFICATES:
        with Server(imap(), "implicit",
                    lambda cert=cert: pki.context(cert, None, None),
                    "bob") as server:
            trust = "--ca-file=" + pki.path("root.pem")
            toy = as_json(ask(server.port, trust, program=bench.toy))
            login = as_json(ask(
                server.port, trust, "-u", "bob", "--password-file=" +
                bench.file, "--state-dir=" + bench.path("state"),
                program=bench.program))
        concludes(toy, cause)
        same("verdict over %s" % cert, verdict(toy), verdict(login))


def elsewhere(bench, *modules):
    return Elsewhere(bench, modules, bench.toy)


def missing(bench):
    pki = Pki(bench.path("pki"))
    trust = "--ca-file=" + pki.path("root.pem")
    with elsewhere(bench) as other, \
            Server(imap(), "implicit",
                   lambda: pki.context("good", None, None)) as server, \
            Server(imap(), "none") as nobody:
        found = as_json(ask(server.port, program=other.program))
        concludes(found, "internal.module", state="unknown", party="checker",
                  stage="tls")
        want(other.folder in found["summary"], "%s", found["summary"])
        # with a file of trust it is seen before anything is contacted
        concludes(as_json(ask(nobody.port, trust, program=other.program)),
                  "internal.module", state="unknown", stage="tls",
                  target=None)
        nobody.settle()
        same("connections", len(nobody.records), 0)


def not_missed(bench):
    """Who speaks no TLS needs no module for it."""
    with elsewhere(bench) as other, Fleet(["good"]) as f:
        concludes(as_json([other.program, "-H", f.hosts[0], "-p", str(f.port),
                           "--tls=none"]), None)
    pki = Pki(bench.path("pki"))
    with Elsewhere(bench, ()) as other, \
            Server(imap(), "implicit",
                   lambda: pki.context("good", None, None),
                   "bob") as server:
        concludes(as_json(ask(
            server.port, "--ca-file=" + pki.path("root.pem"), "-u", "bob",
            "--password-file=" + bench.file, "--state-dir=" +
            bench.path("state"), program=other.program)), None)


def many_missing(bench):
    """Each target says so, and none is OK."""
    with elsewhere(bench) as other, Fleet(["good"] * 3) as f:
        command = [other.program, "-p", str(f.port), "--tls=implicit"]
        for host in f.hosts:
            command += ["-H", host]
        found = as_json(command)
    concludes(found, "internal.module", state="unknown", target=None)
    same("findings", [one["cause"] for one in found["findings"]],
         ["internal.module"] * 3)


def another(bench):
    """A module under the wrong name has no such functions."""
    with elsewhere(bench, "idn") as other, Fleet(["good"]) as f:
        os.rename(other.module("idn"), other.module("tls"))
        found = as_json([other.program, "-H", f.hosts[0], "-p", str(f.port),
                         "--tls=implicit"])
    concludes(found, "internal.module", state="unknown", stage="tls")
    want("another" in found["summary"], "%s", found["summary"])


def rows(bench):
    for name, case in (
            ("how the programs are linked", how_linked),
            ("not loaded without TLS", not_loaded),
            ("loaded with TLS", is_loaded),
            ("the same verdict", same_verdict),
            ("missing", missing),
            ("missing, of many targets", many_missing),
            ("missing, and not needed", not_missed),
            ("another one under its name", another)):
        yield "TLS module: " + name, lambda case=case: case(bench)
