# SPDX-License-Identifier: GPL-3.0-or-later
"""A scripted POP3 server that misbehaves on demand.

pop3() makes a script that is a well-behaved server except for what its
arguments say; reactions are those of server.py.
"""
import hashlib

from server import MESSAGE, Session, close, raw, tls
from wire import Command

CAPA = ("TOP", "USER", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING",
    "SASL PLAIN LOGIN")
CAPA_SLOW = ("TOP", "USER", "UIDL", "SASL PLAIN LOGIN")
CAPA_CLEAR = ("TOP", "UIDL", "STLS")
STAMP = "<1896.697170952@dbc.mtview.ca.us>"


def pop3(greeting="+OK ready", offers=CAPA, offers_clear=CAPA_CLEAR,
    message=MESSAGE, scram=None, **on):
	"""A server that is good except for the reactions in `on`.

	offers -- what CAPA lists, in TLS or where there is none; offers_clear before
	on -- capa, stls, user, login (the last answer to PASS, APOP or AUTH),
	auth, stat, uidl, list, retr, quit; challenge (the continuation of AUTH)
	"""
	def script(session):
		session.on, session.message, session.scram = on, message, scram
		session.offers, session.offers_clear = offers, offers_clear
		if session.mode == "implicit":
			tls(session)
		session.run(greeting)
		while True:
			session.serve()
	script.speaks = Pop3
	return script


def lines(*texts):
	"""A multi-line answer, as a reaction."""
	return raw("".join(text + "\r\n" for text in ("+OK", *texts, "."))
	    .encode())


def stuffed(data):
	"""A message as RETR brings it."""
	out = b"".join(b"." + line if line.startswith(b".") else line
	    for line in data.splitlines(True))
	return b"+OK message follows\r\n" + out + b".\r\n"


class Pop3(Session):
	DONE = "+OK"
	LOGGED_IN = "+OK logged in"
	CANCELLED = "-ERR cancelled"
	UNKNOWN = "-ERR unknown mechanism"

	def serve(self):
		parts = self.wire.line().split(b" ", 1) + [b""]
		if len(b" ".join(parts).strip()) > 253:
			self.record.faults.append("a command of more than 255 bytes")
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

	def do_capa(self, _command):
		secure = self.mode != "starttls" or self.wire.tls is not None
		self.react("capa", lines(*(self.offers if secure
		    else self.offers_clear)))

	def do_stls(self, _command):
		self.react("stls", ["+OK begin", tls])

	def do_user(self, command):
		self.user = command.text
		self.react("user", "+OK password?")

	def do_pass(self, command):
		self.note_login("USER", getattr(self, "user", b"?"),
		    command.text)
		self.react("login", self.LOGGED_IN)

	def do_apop(self, command):
		user, digest = (command.args + [b"?", b"?"])[:2]
		right = hashlib.md5((STAMP + self.server.password).encode())
		if digest.decode() != right.hexdigest():
			self.record.faults.append("APOP: wrong digest")
		self.note_login("APOP", user, b"")
		self.react("login", self.LOGGED_IN)

	def do_auth(self, command):
		if "auth" in self.on:
			self.run(self.on["auth"])
		else:
			self.authenticate(command.args or [b"?"])

	def do_stat(self, _command):
		self.react("stat", "+OK 3 %d" % (3 * len(self.message)))

	def do_uidl(self, _command):
		self.react("uidl", lines("1 a", "2 b", "3 c"))

	def do_list(self, _command):
		self.react("list", lines(*("%d %d" % (n, len(self.message))
		    for n in (1, 2, 3))))

	def do_retr(self, _command):
		self.react("retr", raw(stuffed(self.message)))

	def do_quit(self, _command):
		self.react("quit", ["+OK bye", close])
