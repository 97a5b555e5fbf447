# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripted servers of the protocols in which TLS can be started.

Each makes a script that is a well-behaved server up to TLS except for what its
arguments say; reactions are those of server.py.  IMAP, POP3 and SMTP have
files of their own.
"""
import re

from server import Session, close, raw, tls
from wire import Command

STARTTLS = b"0\x1d\2\1\1\x77\x18\x80\x161.3.6.1.4.1.1466.20037"
UNBIND = b"0\5\2\1\2\x42\0"
SSL_REQUEST = b"\0\0\0\x08\4\xd2\x16\x2f"
ASK_TLS = b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
STREAM = b"<?xml version='1.0'?><stream:stream id='1' version='1.0' " \
    b"xmlns:stream='http://etherx.jabber.org/streams'>"
FEATURES = b"<stream:features><starttls " \
    b"xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>"
PROCEED = b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
END = b"</stream:stream>"


def extended(result, words=b"", message=1, name=b""):
	"""An LDAP extended response."""
	body = b"\x0a\1%c\4\0\4%c%s" % (result, len(words), words)
	if name:
		body += b"\x8a%c%s" % (len(name), name)
	body = b"\2\1%c\x78%c%s" % (message, len(body), body)
	return b"0%c%s" % (len(body), body)


def notice(result, words=b""):
	return extended(result, words, 0, b"1.3.6.1.4.1.1466.20036")


def error(state, words):
	"""A PostgreSQL error of protocol 3."""
	fields = b"SFATAL\0C%s\0M%s\0\0" % (state, words)
	return b"E" + (len(fields) + 4).to_bytes(4, "big") + fields


class Lines(Session):
	"""A protocol of lines: a verb and what follows it."""

	def serve(self):
		parts = self.wire.line().split(b" ", 1) + [b""]
		name = parts[0].decode("latin-1")
		if not name.isupper():
			self.record.faults.append("no command: %r" % parts[0][:80])
		command = Command("", name, parts[1], parts[1].split(),
		    self.wire.tls is not None)
		self.record.commands.append(command)
		self.obey(command)

	def do_quit(self, _command):
		self.react("quit", [self.BYE, close])


class Sieve(Lines):
	DONE = "NO \"what?\""
	GREETING = raw(b'"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK "ready"\r\n')
	INSIDE = (raw(b'"IMPLEMENTATION" "x"\r\n"SASL" "PLAIN"\r\nOK\r\n'),)

	def do_starttls(self, _command):
		self.react("starttls", ["OK", tls,
		    self.on.get("inside", self.INSIDE)])

	def do_logout(self, _command):
		self.react("quit", ["OK", close])


class Ftp(Lines):
	DONE = "500 what?"
	BYE = "221 bye"
	GREETING = raw(b"220-hello\r\n all\r\n220 ready\r\n")

	def do_auth(self, command):
		if command.args != [b"TLS"]:
			self.record.faults.append("AUTH %r" % command.args)
		self.react("starttls", ["234 go", tls])


class Nntp(Lines):
	DONE = "500 what?"
	BYE = "205 bye"
	GREETING = "201 ready"

	def do_capabilities(self, _command):
		self.react("capabilities",
		    raw(b"101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n"))

	def do_starttls(self, _command):
		self.react("starttls", ["382 go", tls])


class Asked(Session):
	"""The client speaks first, and not in lines."""
	GREETING = ()

	def note(self, name):
		self.record.commands.append(Command("", name, b"", [],
		    self.wire.tls is not None))

	def hear(self, expected):
		data = self.wire.exactly(len(expected))
		if data != expected:
			self.record.faults.append("%r is not %r" % (data,
			    expected))


class Ldap(Asked):
	def serve(self):
		self.hear(STARTTLS)
		self.note("STARTTLS")
		self.react("starttls", [raw(extended(0)), tls])
		self.hear(UNBIND)
		self.note("UNBIND")
		close(self)


class Postgres(Asked):
	def serve(self):
		self.hear(SSL_REQUEST)
		self.note("STARTTLS")
		self.react("starttls", [raw(b"S"), tls])
		self.wire.listen()


class Xmpp(Asked):
	SPACE = "jabber:client"

	def header(self):
		"""Up to the end of the tag that opens the stream."""
		data = b""
		while data.count(b">") < 2:
			data += self.wire.exactly(1)
		if not re.fullmatch(rb"<\?xml version='1\.0'\?><stream:stream "
		    rb"to='mail\.example\.test' version='1\.0' xmlns='%s' "
		    rb"xmlns:stream='http://etherx\.jabber\.org/streams'>" %
		    self.SPACE.encode(), data):
			self.record.faults.append("header %r" % data)

	def serve(self):
		self.header()
		self.note("STREAM")
		self.react("stream", raw(STREAM + FEATURES))
		self.hear(ASK_TLS)
		self.note("STARTTLS")
		self.react("starttls", [raw(PROCEED), tls])
		self.wire.listen()


class XmppServer(Xmpp):
	SPACE = "jabber:server"


def server(kind):
	"""A maker of servers of that class; its arguments are the reactions."""
	def make(greeting=kind.GREETING, **on):
		def script(session):
			session.on = on
			if session.mode == "implicit":
				tls(session)
			session.run(greeting)
			while True:
				session.serve()
		script.speaks = kind
		return script
	return make


sieve, ftp, nntp = server(Sieve), server(Ftp), server(Nntp)
ldap, postgres = server(Ldap), server(Postgres)
xmpp, xmpp_server = server(Xmpp), server(XmppServer)
