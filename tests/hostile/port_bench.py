# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the port check and looks at what it says, row by row."""
import itertools
import os
import re
import threading

import checks
from bench import (EXIT, Failed, concludes, document, openmetrics, run, same,
    text, want)
from port_server import Servers
from port_situation import VERDICTS, told
from program import peak_program

TEXT_MAX = 8192
EACH_MAX = 8			# ports of all hosts up to which each has a label
MEMORY = 16 * 1024		# KiB


class PortBench:
	"""program -- check_mail_ports; home -- a folder; rss -- measure memory"""

	def __init__(self, program, home, pki, rss):
		self.program, self.home = program, home
		self.pki = pki
		self.peak_of = peak_program(home) if rss else None
		self.numbers, self.lock = itertools.count(), threading.Lock()

	def address(self):
		"""One that nobody else has."""
		with self.lock:
			number = next(self.numbers)
		return "127.2.%d.%d" % (number // 250, number % 250 + 1)

	def path(self, name):
		return os.path.join(self.home, name)

	def write(self, name, data):
		with open(self.path(name), "wb") as out:
			out.write(data)
		return self.path(name)

	def servers(self, hosts, scripts, *about):
		"""scripts -- {port: script} of each of the hosts; about -- certificate, versions, what is asked for"""
		return Servers({(host, port): script
		    for host, ports in zip(hosts, scripts)
		    for port, script in ports.items()},
		    self.pki.context(*(about or ("good", None, None))))

	def run(self, args, form="json", **more):
		command = [self.program, *args]
		if form != "text":
			command.append("--output-format=" + form)
		return run(command, **more)

	def measured(self, args):
		"""JSON, and the peak memory in KiB; 0 where that tells nothing."""
		if not self.peak_of:
			return document(self.run(args)), 0
		with self.lock:
			peak = self.path("peak%d" % next(self.numbers))
		done = run([self.peak_of, peak, self.program, *args,
		    "--output-format=json"])
		with open(peak, encoding="ascii") as lines:
			return document(done), int(lines.read())

	# ---- rows

	def situation(self, row):
		for form in row.forms:
			hosts = [self.address() for _ in row.servers]
			with self.servers(hosts, row.servers, row.cert,
			    row.versions, row.ask) as servers:
				done = self.run(row.arguments(hosts), form)
			self.look(row, hosts, form, done)
			want(not servers.errors, "%s", servers.errors)
			for port, lines in (row.heard or {}).items():
				same("heard at %d" % port, heard(servers, port),
				    lines)

	def look(self, row, hosts, form, done):
		want(done.seconds < row.max_seconds, "took %.1f s", done.seconds)
		for fault in checks.clean("stdout", done.out, True):
			raise Failed(fault)
		if form == "text":
			of_text(row, hosts, done)
		else:
			of_json(row, hosts, document(done))


def heard(servers, port):
	"""The commands that came there, without our name."""
	said = b"".join(record.said() for at, record in servers.records
	    if at == port)
	return [re.sub(r" \[.*", "", line)
	    for line in said.decode("latin-1").split("\r\n") if line]


def of_text(row, hosts, done):
	cause, perf = text(done)
	same("cause", cause, row.want)
	want(len(done.out) <= TEXT_MAX, "%d bytes of text", len(done.out))
	for label, value in counts(row).items():
		same("perfdata " + label, perf.get(label), value)
	each = len(hosts) * len(row.ports) <= EACH_MAX
	same("ports in perfdata", {label for label in perf
	    if re.search(":[0-9]+ connect$", label)},
	    {"%s:%d connect" % (host, port)
	    for host, facts in zip(hosts, row.facts)
	    for port, fact in facts.items() if fact.startswith("open") and each})


def counts(row):
	"""How many ports of each verdict there must be."""
	said = [facts.get(port, "refused").split(" ")[0] for facts in row.facts
	    for port in row.ports]
	return {verdict: said.count(verdict) for verdict in VERDICTS}


def of_json(row, hosts, found):
	facts = found["facts"]["ports"]
	same("ports", [(f["host"], f["port"]) for f in facts],
	    [(host, port) for host in hosts for port in sorted(row.ports)])
	got = {(f["host"], f["port"]): told(f) for f in facts}
	same("facts", got, {(host, port): listed.get(port, "refused")
	    for host, listed in zip(hosts, row.facts) for port in row.ports})
	concluded(row, found)
	for port, members in (row.members or {}).items():
		fact = next(f for f in facts if f["port"] == port)
		same("members of %d" % port,
		    {name: fact[name] for name in members}, members)
	for fact in facts:
		consistent(fact)
	values = {m["label"]: m["value"] for m in found["metrics"]
	    if m["target"] is None or len(hosts) == 1}
	for label, value in {**counts(row), **(row.values or {})}.items():
		same("metric " + label, values.get(label), value)


def concluded(row, found):
	members = {}
	if row.want is not None:
		stage = row.stage or checks.stage_of(row.want)
		if isinstance(stage, str):
			members["stage"] = stage
	if row.state:
		members["state"] = row.state
	concludes(found, row.want, **members)
	if row.causes is not None:
		same("findings", sorted(f["cause"] for f in found["findings"]),
		    sorted(row.causes))
	whole = repr(found)
	for word in row.shows:
		want(word in whole, "does not show %r: %s", word,
		    found["summary"])
	for word in row.hides:
		want(word not in whole, "shows %r", word)


def consistent(fact):
	"""What the members of a fact say of each other."""
	is_open = fact["verdict"] == "open"
	want((fact["connect_seconds"] is not None) == is_open, "%s", fact)
	want(is_open or fact["inside_tls"] is None and
	    fact["greeting_seconds"] is None, "%s", fact)
	if is_open:
		want(0 < fact["connect_seconds"] <=
		    fact["slowest_connect_seconds"] < 3, "%s", fact)
	want(fact["lost"] <= fact["attempts"], "%s", fact)
