# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGTERM at any moment: what is known so far, and a proper end."""
import contextlib
import os
import random
import signal
import socket
import time

from bench import (SECRET, catches, concludes, document, finish, poll, run,
                   same, start, text, want)
from fleet import Fleet
from pki import Pki
from server import Server, hello, imap, pause, silence, steps, tls

MOMENTS = int(os.environ.get("MOMENTS", "40"))
SEED = 20260301			# the same moments each time
PROMPT = 1.0			# seconds that the end may take
JSON = "--output-format=json"


def terminate(process, begin):
    """Send it, wait; what is left, and it took no time."""
    sent = time.monotonic()
    process.terminate()
    done = finish(process, begin)
    took = time.monotonic() - sent
    want(took < PROMPT, "took %.2f s to end", took)
    want(done.code in (0, 1, 2, 3), "exit %d, %.200r", done.code, done.out)
    return done


@contextlib.contextmanager
def running(command, **more):
    """Started, and far enough that a signal does not just end it."""
    begin = time.monotonic()
    process = start(command, **more)
    try:
        want(poll(lambda: process.poll() is not None or
                  catches(process.pid)), "it catches no signal")
        yield process, begin
    finally:
        process.kill()
        process.communicate()


# ---- random moments

def slow_server():
    """Some 20 ms for each answer."""
    def lazily(*said):
        return [pause(0.02), *said]
    return imap([tls, *lazily("* OK ready")],
                capability=lazily("* CAPABILITY IMAP4rev1 AUTH=PLAIN",
                                  "{tag} OK done"),
                login=lazily("{tag} OK in"),
                examine=lazily("* 3 EXISTS", "{tag} OK [READ-ONLY] done"))


def moments(length):
    """Spread over the length of a run, one at random in each part."""
    dice = random.Random(SEED)
    return [(n + dice.random()) * length / MOMENTS for n in range(MOMENTS)]


def looked_at(done, form):
    if form == JSON:
        found = document(done)
        return found["cause"]
    return text(done)[0]


def at_random(commands, length):
    """How often each cause came."""
    causes = {}
    for number, moment in enumerate(moments(length)):
        form = JSON if number % 2 else "--output-format=text"
        with running(commands + [form]) as (process, begin):
            time.sleep(moment)
            cause = looked_at(terminate(process, begin), form)
        causes[cause] = causes.get(cause, 0) + 1
    return causes


def login_at_random(bench):
    pki = Pki(bench.path("pki"))
    context = pki.context("good", None, None)
    with Server(slow_server(), "none", lambda: context, "bob",
                SECRET) as server:
        command = [a for a in bench.login(
            server.port, "--sni=mail.example.test", "--tls=implicit",
            "--ca-file=" + pki.path("root.pem")) if a != "--tls=none"]
        whole = run(command)
        same("a run that is left alone", text(whole)[0], None)
        causes = at_random(command, whole.seconds * 1.1)
    late = {"tls.timeout", "greeting.timeout", "auth.timeout",
            "mailbox.timeout", "internal.unfinished", None}
    want(set(causes) <= late and len(causes) >= 4, "%s", causes)


def many_at_random(bench):
    with Fleet(["late", "good", "silent", "refused"] * 10) as f:
        causes = at_random(bench.ask(f, "--parallel=7"), 0.6)
    want(set(causes) <= {"greeting.timeout", "connect.refused",
                         "internal.unfinished"}, "%s", causes)


# ---- waiting in each stage

@contextlib.contextmanager
def server(bench, script, mode="none"):
    context = Pki(bench.path("pki")).context("good", None, None)
    with Server(script, mode, lambda: context, "bob", SECRET) as found:
        yield found


def last(found):
    return found.records[-1] if found.records else None


def stage(bench, script, there, cause, *more):
    """SIGTERM once `there` holds of what the server has heard."""
    name = cause.split(".")[0]
    for policy, state in (((), "critical"),
                          (("--timeout-result=WARNING",), "warning")):
        with server(bench, script) as found:
            command = bench.login(found.port, JSON, "-t", "30", *more, *policy)
            with running(command) as (process, begin):
                want(poll(lambda: last(found) and there(last(found))),
                     "it does not come to %s", name)
                report = document(terminate(process, begin))
        concludes(report, cause, state=state, stage=name)
        want(report["stages"][-1]["name"] == name or
             any(s["state"] == "skipped" for s in report["stages"]), "%s",
             report["stages"])


STAGES = (
    ("tls.timeout", steps(hello), lambda r: r.raw,
     ("--tls=implicit",)),
    ("greeting.timeout", steps(silence), lambda r: True, ()),
    ("auth.timeout", imap(login=silence), lambda r: r.logins, ()),
    ("mailbox.timeout", imap(examine=silence),
     lambda r: "EXAMINE" in r.names(), ()),
)


def connecting(bench):
    """A listener with a full queue drops what comes."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        with contextlib.ExitStack() as stack:
            for _ in range(4):
                one = stack.enter_context(socket.socket())
                one.setblocking(False)
                one.connect_ex(("127.0.0.1", port))
            command = bench.login(port, JSON, "-t", "30")
            with running(command) as (process, begin):
                time.sleep(0.2)
                report = document(terminate(process, begin))
    concludes(report, "connect.filtered", stage="connect")


def before_anything(bench):
    """A secret that does not come: nothing was contacted, nobody is blamed."""
    fifo = bench.path("fifo")
    os.mkfifo(fifo, 0o600)
    command = [a for a in bench.login(1, JSON, "-t", "30")
               if not a.startswith("--password-file")]
    with running(command + ["--password-file=" + fifo]) as (process, begin):
        time.sleep(0.1)
        report = document(terminate(process, begin))
    concludes(report, "usage.secret", target=None)


def options_from_a_pipe(bench):
    """Options that do not come, either."""
    fifo = bench.path("options")
    os.mkfifo(fifo, 0o600)
    command = bench.login(1, JSON, "-t", "30", "--extra-opts=@" + fifo)
    with running(command) as (process, begin):
        time.sleep(0.1)
        report = document(terminate(process, begin))
    concludes(report, "usage.option", target=None)
    want("options cannot be read" in report["summary"], "%s",
         report["summary"])


def interrupt(bench):
    """SIGINT, as a person sends it, is no other thing."""
    with server(bench, imap(login=silence)) as found:
        with running(bench.login(found.port)) as (process, begin):
            want(poll(lambda: last(found) and last(found).logins), "no login")
            process.send_signal(signal.SIGINT)
            done = finish(process, begin)
    same("cause", text(done)[0], "auth.timeout")


def rows(bench):
    yield "SIGTERM at %d moments of a login" % MOMENTS, \
        lambda: login_at_random(bench)
    yield "SIGTERM at %d moments of many targets" % MOMENTS, \
        lambda: many_at_random(bench)
    yield "SIGTERM before anything is contacted", \
        lambda: before_anything(bench)
    yield "SIGTERM before the options are there", \
        lambda: options_from_a_pipe(bench)
    yield "SIGTERM while connecting", lambda: connecting(bench)
    for cause, script, there, more in STAGES:
        yield "SIGTERM, " + cause, lambda cause=cause, script=script, \
            there=there, more=more: stage(bench, script, there, cause, *more)
    yield "SIGINT", lambda: interrupt(bench)
