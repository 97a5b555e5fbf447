# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scheduler does to the port check: many hosts, few descriptors, signals."""
import contextlib
import os
import selectors
import signal
import socket
import subprocess
import threading
import time

import checks
from bench import (Failed, catches, concludes, document, finish, openmetrics,
    poll, run, same, start, text, want)
from port_bench import MEMORY, TEXT_MAX
from port_server import fill, imap, says, silent
from port_situations import HOSTILE, WELL

JSON = "--output-format=json"
SIX = tuple(range(7001, 7007))	# ports of nobody
SIX_LISTED = "--ports=7001-7006"
MANY = ["127.3.%d.%d" % (n // 250, n % 250 + 1) for n in range(4096)]


@contextlib.contextmanager
def doors(ports):
	"""Open at every address, and shut again at once."""
	selector, stop = selectors.DefaultSelector(), threading.Event()
	for port in ports:
		selector.register(socket.create_server(("", port),
		    backlog=4096), selectors.EVENT_READ)

	def answer():
		while not stop.is_set():
			for key, _ in selector.select(0.1):
				key.fileobj.accept()[0].close()

	thread = threading.Thread(target=answer, daemon=True)
	thread.start()
	try:
		yield
	finally:
		stop.set()
		thread.join()
		for key in list(selector.get_map().values()):
			key.fileobj.close()


@contextlib.contextmanager
def wall(port):
	"""Silent at every address: a queue that nobody empties."""
	with socket.create_server(("", port), backlog=0) as sock:
		held = fill(("127.0.0.1", port))
		try:
			yield sock
		finally:
			for client in held:
				client.close()


def hosts_file(bench, name, hosts):
	return "--hosts-file=" + bench.write(name,
	    "\n".join(hosts).encode() + b"\n")


def under(script, bench, args, **more):
	"""Run it from a line of shell that ends in: exec "$@"."""
	return run(["/bin/sh", "-c", script, "sh", bench.program, *args], **more)


def counted(found, **numbers):
	"""How many ports came to what; the facts say the same."""
	values = {m["label"]: m["value"] for m in found["metrics"]
	    if m["target"] is None}
	listed = [fact["verdict"] for fact in found["facts"]["ports"]]
	for verdict, number in numbers.items():
		same(verdict, values[verdict], number)
		same(verdict + " in facts", listed.count(verdict), number)


# ---- files of hosts that are right

def asked(found):
	hosts = [fact["host"] for fact in found["facts"]["ports"]]
	return list(dict.fromkeys(hosts))


def forms(bench):
	a, b, c = (bench.address() for _ in range(3))
	data = "\ufeff# mail\r\n%s\r\n\t%s  # of ours\n\n%s\r\n%s\n[::1]" % (
	    a, b, a, b)
	found = document(bench.run(["-H", c, "-H", a, "--ports=7010",
	    "--hosts-file=" + bench.write("forms", data.encode())]))
	same("hosts", asked(found), [c, a, b, "::1"])
	concludes(found, "connect.refused", target=None)


def standard_input(bench):
	a, b = bench.address(), bench.address()
	process = start([bench.program, JSON, "--ports=7010", "--hosts-file=-"],
	    stdin=subprocess.PIPE)
	process.stdin.write(("%s\r\n%s" % (a, b)).encode())
	found = document(finish(process, time.monotonic()))
	same("hosts", asked(found), [a, b])


def a_million_lines(bench):
	hosts = MANY[:1000]
	path = bench.write("million", ("\n".join(hosts) + "\n").encode() * 1000)
	begin = time.monotonic()
	found, peak = bench.measured(["--hosts-file=" + path, "--ports=7010",
	    "--rate=0", "-t", "30"])
	os.unlink(path)
	same("hosts", asked(found), hosts)
	counted(found, refused=1000, untried=0)
	want(time.monotonic() - begin < 10, "it took too long")
	want(peak < MEMORY, "%d KiB", peak)


def hosts_twice(bench):
	"""-H says what it says: twice is twice, and each is told of."""
	a = bench.address()
	found = document(bench.run(["-H", a, "-H", a, "--ports=7010"]))
	counted(found, refused=2)


# ---- very many, with few descriptors

def many(bench, opened, limit, hosts):
	args = [hosts_file(bench, "many", hosts), SIX_LISTED, "--rate=0", "-t",
	    "30", "--probe=connect"]
	with doors(SIX if opened else ()):
		done = under("ulimit -n %d; exec \"$@\"" % limit, bench,
		    [*args, JSON])
	found = document(done)
	concludes(found, None if opened else "connect.refused")
	counted(found, untried=0, open=len(hosts) * 6 * opened,
	    refused=len(hosts) * 6 * (not opened))
	want(done.seconds < 20, "took %.1f s", done.seconds)


def mixed(bench):
	"""Half of the ports are open, the rest refused, all in one text."""
	args = [hosts_file(bench, "mixed", MANY[:1000]), SIX_LISTED, "-t", "20",
	    "--rate=0", "--probe=connect"]
	with doors(SIX[:3]):
		for more in (), ("-v",), ("-vv",):
			done = run([bench.program, *args, *more])
			cause, perf = text(done)
			same("cause", cause, "connect.refused")
			same("perfdata", [perf[n] for n in ("open", "refused",
			    "untried", "targets", "critical")],
			    [3000, 3000, 0, 1000, 1000])
			want(len(done.out) <= TEXT_MAX, "%d bytes",
			    len(done.out))
			want("1000 of 1000 targets fail" in done.text, "%s",
			    done.text[:300])
		openmetrics(run([bench.program, *args,
		    "--output-format=openmetrics"]))


def wordy(bench):
	hosts = [bench.address() for _ in range(60)]
	away = says(b"* BYE " + b"so many words, <b>|" * 300 + b"\r\n", end=True)
	args = [a for host in hosts for a in ("-H", host)]
	with bench.servers(hosts, [{143: away}] * 60):
		done = run([bench.program, *args, "--ports=143", "-v"])
	same("cause", text(done)[0], "greeting.unavailable")
	want(len(done.out) <= TEXT_MAX, "%d bytes", len(done.out))


# ---- forms of the report

def exposition(bench):
	host = bench.address()
	with bench.servers([host], [WELL]):
		for more in (), ("-vv",), ("--attempts=2",), ("--probe=connect",):
			told = openmetrics(bench.run(["-H", host, *more],
			    "openmetrics"))
			want('verdict="open"} 7' in told, "%s", told)
		openmetrics(bench.run(["-H", host, "--ports=7010"],
		    "openmetrics"))


def of_six(bench):
	"""IPv6, with brackets and without; and the transcript on stderr."""
	with bench.servers(["::1"], [WELL]):
		for name in "::1", "[::1]":
			found = document(bench.run(["-H", name]))
			concludes(found, None)
			same("address", {f["address"]
			    for f in found["facts"]["ports"]}, {"::1"})
		done = bench.run(["-H", "::1", "-vvv", "--probe=tls"], "text")
	same("exit code", done.code, 0)
	for word in b"> a CAPABILITY", b"< * OK IMAP4rev1 ready", b"> STARTTLS":
		want(word in done.err, "no %r in %.500r", word, done.err)
	want(not any(c < 32 and c not in (9, 10) for c in done.err),
	    "control bytes in %.500r", done.err)


def transcript(bench):
	"""What -vvv writes is as clean as the report."""
	host = bench.address()
	with bench.servers([host], [{143: says(b"* BYE " + HOSTILE + b"\r\n",
	    end=True), 25: says(HOSTILE + b"\0\r\n"), 110: says(b"+OK " +
	    b"long " * 20000 + b"\r\n")}]):
		done = bench.run(["-H", host, "-vvv"], "text")
	for word in b"143 < * BYE", b"25 < ", b"110 < +OK long":
		want(word in done.err, "no %r in %.500r", word, done.err)
	for name, data in ("stdout", done.out), ("stderr", done.err):
		for fault in checks.clean(name, data, name == "stdout"):
			raise Failed(fault)
	want(len(done.err) < TEXT_MAX, "%d bytes on stderr", len(done.err))


# ---- descriptors and streams

def closed(bench):
	host = bench.address()
	with bench.servers([host], [WELL]):
		for shut in "<&-", ">&-", "2>&-", "<&- >&- 2>&-":
			done = under("exec \"$@\" " + shut, bench, ["-H", host,
			    "--probe=tls"])
			same("exit code with " + shut, (done.code, done.err),
			    (0, b""))
			same("stdout with " + shut, done.out == b"",
			    " >" in " " + shut)


def no_reader(bench):
	host = bench.address()
	read, write = os.pipe()
	os.close(read)
	done = run([bench.program, "-H", host], stdout=write)
	os.close(write)
	same("exit code", (done.code, done.err), (2, b""))


# ---- ends

def begin(bench, args):
	"""Started, and ready for a signal; the process and when."""
	began = time.monotonic()
	process = start([bench.program, *args, JSON])
	if not poll(lambda: process.poll() is not None or
	    catches(process.pid)):
		process.kill()
		process.wait()
		raise Failed("it catches no signal")
	return process, began


def terminated(bench, args, after):
	process, began = begin(bench, args)
	time.sleep(after)
	at = time.monotonic()
	process.send_signal(signal.SIGTERM)
	found = document(finish(process, began))
	# Of itself it would go on for a minute.
	want(time.monotonic() - at < 15, "it takes %.1f s to end",
	    time.monotonic() - at)
	return found


def midst(bench):
	"""What is known by then is told, and what is not is counted."""
	with doors((7011,)):
		found = terminated(bench, [hosts_file(bench, "midst", MANY),
		    "--ports=7011", "--rate=500", "-t", "60",
		    "--probe=connect"], 1)
	concludes(found, "internal.unfinished", stage="connect", target=None)
	verdicts = [f["verdict"] for f in found["facts"]["ports"]]
	same("ports", len(verdicts), len(MANY))
	want(200 < verdicts.count("open") < 1500, "%d open",
	    verdicts.count("open"))
	counted(found, open=verdicts.count("open"), refused=0, filtered=0,
	    untried=len(MANY) - verdicts.count("open"))


def midst_of_silence(bench):
	with wall(7012):
		found = terminated(bench, [hosts_file(bench, "silent", MANY),
		    "--ports=7012", "--parallel=200", "-t", "60"], 1.6)
	concludes(found, "connect.filtered", target=None)
	counted(found, filtered=200, untried=len(MANY) - 200)
	same("findings", {f["cause"] for f in found["findings"]},
	    {"connect.filtered", "internal.unfinished"})


def in_time(bench):
	"""Everybody is silent, and the deadline holds."""
	hosts = [bench.address() for _ in range(40)]
	args = [a for host in hosts for a in ("-H", host)]
	with bench.servers(hosts, [{p: silent for p in WELL}] * 40):
		done = bench.run([*args, "-t", "1"])
		found = document(done)
	concludes(found, "greeting.timeout", target=None)
	counted(found, open=280, untried=0)
	want(done.seconds < 2, "took %.1f s", done.seconds)


def filtered_in_time(bench):
	"""What had no time was not tried: it is not called silent."""
	with wall(7013):
		done = bench.run([hosts_file(bench, "walls", MANY),
		    "--ports=7013", "-t", "1", "--parallel=100"])
		found = document(done)
		unfinished = {f["cause"] for f in found["findings"]}
	want(unfinished <= {"internal.unfinished", "connect.filtered"}, "%s",
	    unfinished)
	verdicts = [f["verdict"] for f in found["facts"]["ports"]]
	want(verdicts.count("untried") >= len(MANY) - 100, "%d untried",
	    verdicts.count("untried"))
	want(done.seconds < 2, "took %.1f s", done.seconds)


def waves(bench):
	"""Silent ones, as many at once as is allowed: so many time-outs, and no more."""
	with wall(7014):
		done = bench.run([hosts_file(bench, "waves", MANY[:300]),
		    "--ports=7014", "-t", "20", "--parallel=100", "--rate=0",
		    "--connect-timeout=1"])
	counted(document(done), filtered=300, untried=0)
	want(3 <= done.seconds < 3.6, "took %.2f s", done.seconds)


def rated(bench):
	with doors((7015,)):
		done = bench.run([hosts_file(bench, "rated", MANY[:600]),
		    "--ports=7015", "--rate=300", "--probe=connect"])
	counted(document(done), open=600)
	want(1.7 <= done.seconds < 2.6, "took %.2f s", done.seconds)


def crowd(bench):
	"""Thirty hosts that talk on three ports each, through 64 descriptors."""
	hosts = [bench.address() for _ in range(30)]
	args = [a for host in hosts for a in ("-H", host)]
	with bench.servers(hosts, [{143: imap(), 993: WELL[993],
	    25: WELL[25]}] * 30):
		found = document(under("ulimit -n 64; exec \"$@\"", bench,
		    [*args, "--ports=25,143,993", "--probe=tls", JSON]))
	concludes(found, None)
	counted(found, open=90)


BESIDE = {
    "hosts-file-forms": forms, "hosts-file-standard-input": standard_input,
    "hosts-twice": hosts_twice, "wordy-hosts": wordy,
    "openmetrics": exposition, "ipv6": of_six, "descriptors-closed": closed,
    "no-reader": no_reader, "transcript": transcript, "silent-in-time": in_time,
    "crowd-in-64-descriptors": crowd,
}
ALONE = {
    "hosts-file-a-million-lines": a_million_lines, "mixed-text": mixed,
    "sigterm-in-the-midst": midst,
    "sigterm-in-the-midst-of-silence": midst_of_silence,
    "filtered-in-time": filtered_in_time, "waves": waves, "rate": rated,
}


def rows(bench):
	for name, case in BESIDE.items():
		yield name, lambda case=case: case(bench), True
	for name, case in ALONE.items():
		yield name, lambda case=case: case(bench), False
	for name, opened, limit, hosts in (
	    ("open", True, 1024, MANY), ("refused", False, 1024, MANY),
	    ("open-in-64", True, 64, MANY[:512]),
	    ("refused-in-64", False, 64, MANY[:512]),
	    ("refused-in-16", False, 16, MANY[:64])):
		yield "many-" + name, lambda opened=opened, limit=limit, \
		    hosts=hosts: many(bench, opened, limit, hosts), False
