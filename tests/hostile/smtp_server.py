# SPDX-License-Identifier: GPL-3.0-or-later
"""A scripted SMTP or LMTP server that misbehaves on demand.

smtp() makes a script that is a well-behaved server except for what its
arguments say; reactions are those of server.py.
"""
from server import Session, close, raw, tls
from wire import Command

EXTENSIONS = ("PIPELINING", "SIZE 10240000", "AUTH PLAIN LOGIN",
    "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8")
EXTENSIONS_SLOW = ("SIZE 10240000", "AUTH PLAIN LOGIN")
EXTENSIONS_CLEAR = ("PIPELINING", "SIZE 10240000", "STARTTLS")


def smtp(greeting="220 mx.example.test ESMTP", offers=EXTENSIONS,
    offers_clear=EXTENSIONS_CLEAR, scram=None, **on):
	"""A server that is good except for the reactions in `on`.

	offers -- what EHLO lists, in TLS or where there is none; offers_clear before
	on -- ehlo, helo, lhlo, starttls, login (the last answer to AUTH), auth,
	mail, rcpt, rset, quit; challenge (the continuation of AUTH)
	"""
	def script(session):
		session.on, session.scram = on, scram
		session.offers, session.offers_clear = offers, offers_clear
		if session.mode == "implicit":
			tls(session)
		session.run(greeting)
		while True:
			session.serve()
	script.speaks = Smtp
	return script


def lines(code, *texts):
	"""A reply of several lines, as a reaction."""
	head = ["%s-%s" % (code, text) for text in texts[:-1]]
	return raw("".join(line + "\r\n" for line in
	    head + ["%s %s" % (code, texts[-1])]).encode())


class Smtp(Session):
	CHALLENGE = "334 "
	DONE = "250 2.0.0 ok"
	LOGGED_IN = "235 2.7.0 logged in"
	CANCELLED = "501 5.7.0 cancelled"
	UNKNOWN = "504 5.5.4 unknown mechanism"

	def serve(self):
		line = self.wire.line()
		parts = line.split(b" ", 1) + [b""]
		if len(line) > 510:
			self.record.faults.append("a command of more than 512 bytes")
		name = parts[0].decode("latin-1")
		if name == "*":
			self.run(self.CANCELLED)
			return
		if not name.isupper():
			self.record.faults.append("no command: %r" % parts[0][:80])
		command = Command("", name, parts[1], parts[1].split(),
		    self.wire.tls is not None)
		self.record.commands.append(command)
		self.obey(command)

	def hello(self, name):
		secure = self.mode != "starttls" or self.wire.tls is not None
		self.react(name, lines("250", "mx.example.test", *(self.offers
		    if secure else self.offers_clear)))

	def do_ehlo(self, _command):
		self.hello("ehlo")

	def do_lhlo(self, _command):
		self.hello("lhlo")

	def do_helo(self, _command):
		self.react("helo", "250 mx.example.test")

	def do_starttls(self, _command):
		self.react("starttls", ["220 2.0.0 begin", tls])

	def do_auth(self, command):
		if "auth" in self.on:
			self.run(self.on["auth"])
		else:
			self.authenticate(command.args or [b"?"])

	def do_data(self, _command):
		self.record.faults.append("DATA was said")
		self.run(close)

	def do_quit(self, _command):
		self.react("quit", ["221 2.0.0 bye", close])
