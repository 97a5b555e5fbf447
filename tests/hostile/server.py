# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripted servers that misbehave on demand: the steps, SASL, and IMAP.

A script is a function that gets a session.  imap() makes one that is a
well-behaved server except for what its arguments say; raw() makes one from
steps alone.  A reaction is a text, a step, or a list of them; in texts {tag},
{next} (the tag after it), {user}, {password} and {port} are replaced.
"""
import base64
import hashlib
import hmac
import re
import socket
import threading
import time

from wire import Command, Done, Record, Wire

CAPS = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN ID UIDPLUS"
CAPS_CLEAR = "IMAP4rev1 STARTTLS LOGINDISABLED"
UIDVALIDITY = 1700000000
WITH_LOGIN = 3			# STATUS, ID, EXAMINE
MESSAGE = (b"Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"
    b"From: <alice@example.test>\r\nTo: <bob@example.test>\r\n"
    b"Subject: test\r\nMessage-ID: <1@example.test>\r\n\r\nHello.\r\n")


# ---- steps: what a script can do besides saying a line

def raw(data):
	"""These bytes as they are, through TLS where there is TLS."""
	return lambda s: s.wire.send(data)


def clear(data):
	"""These bytes as they are, past TLS."""
	return lambda s: s.wire.send_clear(data)


def pause(seconds):
	return lambda s: time.sleep(seconds)


def drip(data, seconds):
	return lambda s: s.wire.drip(data, seconds)


def flood(chunk, times):
	def step(s):
		for _ in range(times):
			s.wire.send(chunk)
	return step


def close(s):
	s.wire.close()


def reset(s):
	s.wire.reset()


def silence(s):
	s.wire.listen()


def forget(s):
	"""Drop what the client has sent already and nobody has read."""
	time.sleep(0.1)
	s.wire.forget()


def refuse_rest(words, rest=WITH_LOGIN):
	"""Answer the commands that came with this one, so many, by these words."""
	def step(s):
		tag = s.tag
		for _ in range(rest):
			s.record.commands.append(s.command())
			s.run("{tag} " + words)
		s.tag = tag
	return step


def rest_backwards(s):
	"""Answer EXAMINE, ID and STATUS, which came with this command, in that order."""
	tag, rest = s.tag, [s.command() for _ in range(WITH_LOGIN)]
	for command in reversed(rest):
		s.tag = command.tag
		s.record.commands.append(command)
		s.obey(command)
	s.tag = tag


def hello(s):
	"""Wait for the client to say something, whatever it is."""
	s.wire.hello()


def done(s):
	"""Wait for the end of IDLE."""
	line = s.wire.line()
	if line != b"DONE":
		s.record.faults.append("IDLE ended with %r" % line[:80])


def await_append(s):
	"""Wait until another connection has put a message."""
	if not s.server.appended.wait(10):
		s.record.faults.append("no message came while it waited")


def tell_append(s):
	s.server.appended.set()


def deaf(s):
	"""Take no further connection."""
	s.server.socket.shutdown(socket.SHUT_RDWR)


def by_run(*scripts):
	"""A script for each connection; the last one for all that follow."""
	def script(session):
		number = min(len(session.server.records), len(scripts))
		scripts[number - 1](session)
	script.speaks = next((s.speaks for s in scripts
	    if hasattr(s, "speaks")), Session)
	return script


def tls(s):
	s.wire.start_tls(s.context())


def steps(*all_steps):
	"""A script of these steps and nothing else; then silence."""
	def script(session):
		session.run(list(all_steps))
		session.wire.listen()
	return script


# ---- a whole server

def imap(greeting="* OK ready", caps=CAPS, caps_clear=CAPS_CLEAR, hint=True,
    scram=None, users=None, **on):
	"""A server that is good except for the reactions in `on`.

	on -- capability, starttls, login (the last answer to LOGIN or
	AUTHENTICATE), examine, status, fetch, logout, or any other command in
	small letters; challenge (the continuation of AUTHENTICATE), literal
	(what a synchronising literal is answered with)
	hint -- tell the capabilities of clear text apart from those in TLS
	"""
	def script(session):
		session.on = on
		session.caps, session.caps_clear = caps, caps_clear
		session.scram = scram
		session.hint = hint
		if session.mode == "implicit":
			tls(session)
		session.run(greeting)
		while True:
			session.serve()
	script.speaks = Imap
	script.on = on
	return script


WORD = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\x00\d+\x00)|([^\s"]+)')


def words(text, literals):
	"""The words of a command; quoted strings and literals are unpacked."""
	out = []
	for quoted, literal, atom in WORD.findall(text):
		if literal:
			out.append(literals[int(literal.strip(b"\0"))])
		elif atom:
			out.append(atom)
		else:
			out.append(re.sub(rb"\\(.)", rb"\1", quoted))
	return out


def quote(word):
	return b'"' + re.sub(rb'(["\\])', rb"\\\1", word) + b'"'


def decode(text):
	try:
		return base64.b64decode(text, validate=True)
	except ValueError:
		return b"?"


class Refused(Exception):
	"""A command that ended before it was whole."""


class Session:
	"""One connection being served, in whatever protocol."""
	CHALLENGE = "+ "

	def __init__(self, server, wire):
		self.server, self.wire = server, wire
		self.record = wire.record
		self.mode = server.mode
		self.on = {}
		self.tag = "*"

	def context(self):
		return self.server.context()

	def fill(self, text):
		number = re.sub(r"\d+$", lambda m: str(int(m[0]) + 1)
		    .zfill(len(m[0])), self.tag)
		for name, value in (("tag", self.tag), ("next", number),
		    ("user", self.server.user), ("port", str(self.server.port)),
		    ("password", self.server.password)):
			text = text.replace("{" + name + "}", value)
		return text.encode()

	def run(self, reaction):
		if isinstance(reaction, str):
			self.wire.send(self.fill(reaction) + b"\r\n")
		elif isinstance(reaction, (list, tuple)):
			for step in reaction:
				self.run(step)
		else:
			reaction(self)

	def react(self, name, default):
		self.run(self.on.get(name, default))

	def obey(self, command):
		do = getattr(self, "do_" + command.name.lower(), None)
		if do is not None:
			do(command)
		elif command.name.lower() in self.on:
			self.run(self.on[command.name.lower()])
		else:
			self.run(self.DONE)

	def note_login(self, how, user, password):
		self.record.logins.append((how, user, password,
		    self.wire.tls is not None))

	def answer(self, challenge=""):
		"""Send a challenge, hear the client's answer."""
		self.react("challenge", self.CHALLENGE + challenge)
		text = self.wire.line()
		if text == b"*":
			self.run(self.CANCELLED)
			raise Refused
		return decode(text)

	def authenticate(self, words):
		"""The exchange of AUTH or AUTHENTICATE, and its last answer."""
		name = words[0].decode("latin-1").upper()
		first = None
		if len(words) > 1:
			first = b"" if words[1] == b"=" else decode(words[1])
		try:
			getattr(self, "sasl_" + name.lower().replace("-", "_"),
			    self.sasl_unknown)(first)
		except Refused:
			return
		self.react("login", self.LOGGED_IN)

	def sasl_unknown(self, _first):
		self.run(self.UNKNOWN)
		raise Refused

	def sasl_plain(self, first):
		if first is None:
			first = self.answer()
		parts = first.split(b"\0")
		if len(parts) != 3 or parts[0] not in (b"", parts[1]):
			self.record.faults.append("PLAIN of %d parts" % len(parts))
			parts = [b"?"] * 3
		self.note_login("PLAIN", parts[1], parts[2])

	def sasl_login(self, first):
		if first is None:
			first = self.answer("VXNlcm5hbWU6")
		self.note_login("LOGIN mechanism", first,
		    self.answer("UGFzc3dvcmQ6"))

	def sasl_scram_sha_256(self, first):
		"""RFC 5802; a liar (scram="lie") signs with another password."""
		if first is None:
			first = self.answer()
		bare = first.split(b",", 2)[2]
		nonce = re.search(rb"r=([^,]+)", bare)[1] + b"server"
		salt = b"0123456789abcdef"
		challenge = b"r=%s,s=%s,i=4096" % (nonce,
		    base64.b64encode(salt))
		final = self.answer(base64.b64encode(challenge).decode())
		password = self.server.password.encode()
		if self.scram == "lie":
			password += b"?"
		salted = hashlib.pbkdf2_hmac("sha256", password, salt, 4096)
		key = hmac.digest(salted, b"Server Key", "sha256")
		message = b",".join((bare, challenge, final.rsplit(b",p=", 1)[0]))
		proof = hmac.digest(key, message, "sha256")
		self.note_login("SCRAM", b"", b"")
		last = base64.b64encode(b"v=" + base64.b64encode(proof))
		if self.answer(last.decode()):
			self.record.faults.append("SCRAM: more than an empty end")


class Imap(Session):
	DONE = "{tag} OK done"
	LOGGED_IN = "{tag} OK logged in"
	CANCELLED = "{tag} BAD cancelled"
	UNKNOWN = "{tag} NO unknown mechanism"

	def literal(self, size, waits):
		if waits:
			self.react("literal", "+ go on")
			if "literal" in self.on:
				raise Refused
		return self.wire.exactly(size)

	def command(self):
		"""The next command with all its literals."""
		line, literals = self.wire.line(), []
		text = line
		while True:
			more = re.search(rb"\{(\d+)(\+?)\}$", line)
			if not more:
				break
			self.tag = text.split(b" ")[0].decode("latin-1")
			literals.append(self.literal(int(more[1]), not more[2]))
			mark = b"\0%d\0" % (len(literals) - 1)
			line = self.wire.line()
			text = text[:text.rfind(b"{")] + mark + line
		parts = text.split(b" ", 2) + [b"", b""]
		if not re.fullmatch(rb"[A-Za-z0-9.]+", parts[0]):
			self.record.faults.append("no command: %r" % text[:80])
		self.tag = parts[0].decode("latin-1")
		name = parts[1].decode("latin-1").upper()
		return Command(self.tag, name, parts[2],
		    words(parts[2], literals), self.wire.tls is not None)

	def serve(self):
		try:
			command = self.command()
		except Refused:
			return
		self.record.commands.append(command)
		if command.name == "UID":
			command.name = command.args[0].decode().upper()
			command.text = command.text.split(b" ", 1)[-1]
		self.obey(command)

	def do_capability(self, _command):
		secure = self.mode != "starttls" or self.wire.tls is not None
		caps = self.caps if secure else self.caps_clear
		self.react("capability",
		    ["* CAPABILITY " + caps, "{tag} OK done"])

	def do_starttls(self, _command):
		self.react("starttls", ["{tag} OK begin", tls])

	def note_login(self, how, user, password):
		if self.wire.tls is not None and self.wire.buffer:
			self.record.faults.append(
			    "more than the login in its record")
		super().note_login(how, user, password)

	def do_login(self, command):
		user, password = (command.args + [b"?", b"?"])[:2]
		self.note_login("LOGIN", user, password)
		self.react("login", self.LOGGED_IN)

	def do_authenticate(self, command):
		self.authenticate(command.args)

	def do_examine(self, _command):
		self.react("examine", ["* FLAGS (\\Answered \\Seen)",
		    "* 3 EXISTS", "* 0 RECENT",
		    "* OK [UIDVALIDITY %d] valid" % UIDVALIDITY,
		    "* OK [UIDNEXT 31] next", "{tag} OK [READ-ONLY] done"])

	def do_status(self, command):
		name = quote(command.args[0]) if command.args else b"INBOX"
		line = b"* STATUS %s (MESSAGES 3 UNSEEN 1 UIDNEXT 31 " \
		    b"UIDVALIDITY %d RECENT 0)\r\n" % (name, UIDVALIDITY)
		self.react("status", [raw(line), "{tag} OK done"])

	def do_getquotaroot(self, command):
		name = quote(command.args[0]) if command.args else b"INBOX"
		self.react("getquotaroot", [
		    raw(b'* QUOTAROOT %s "User quota"\r\n' % name),
		    '* QUOTA "User quota" (STORAGE 512 1024 MESSAGE 3 1000)',
		    "{tag} OK done"])

	def do_idle(self, _command):
		self.react("idle", ["+ idling", done, "{tag} OK done"])

	def do_select(self, _command):
		self.react("select", ["* 4 EXISTS",
		    "* OK [UIDVALIDITY %d] valid" % UIDVALIDITY,
		    "{tag} OK [READ-WRITE] done"])

	def do_append(self, command):
		self.record.messages.append(command.args[-1])
		self.react("append", [tell_append, pause(0.05),
		    "{tag} OK [APPENDUID %d 31] done" % UIDVALIDITY])

	def do_expunge(self, _command):
		self.react("expunge", ["* 4 EXPUNGE", "{tag} OK done"])

	def do_search(self, _command):
		self.react("search", ["* SEARCH 3", "{tag} OK done"])

	def do_fetch(self, command):
		text, items = command.text.upper(), [b"UID 30"]
		if b"INTERNALDATE" in text:
			items.append(b'INTERNALDATE "14-Nov-2023 22:13:20 +0000"')
		if b"RFC822.SIZE" in text:
			items.append(b"RFC822.SIZE %d" % len(MESSAGE))
		body = re.search(rb"BODY\.PEEK(\[[^]]*\])(<\d+)?", text)
		if body:
			part = body[2] + b">" if body[2] else b""
			items.append(b"BODY%s%s {%d}\r\n%s" % (body[1], part,
			    len(MESSAGE), MESSAGE))
		line = b"* 3 FETCH (" + b" ".join(items) + b")\r\n"
		self.react("fetch", [raw(line), "{tag} OK done"])

	def do_list(self, _command):
		self.react("list", ['* LIST (\\HasNoChildren) "/" INBOX',
		    '* LIST (\\Noselect) "/" Archives',
		    '* LIST (\\HasNoChildren) "/" Archive/2024',
		    '* LIST (\\HasNoChildren) "/" "Sent Items"', "{tag} OK done"])

	def do_logout(self, _command):
		self.react("logout", ["* BYE see you", "{tag} OK done", close])


class Server:
	"""Listens on 127.0.0.1 and plays `script` on every connection."""

	def __init__(self, script, mode="implicit", context=None, user="",
	    password=""):
		self.script, self.mode, self.context = script, mode, context
		self.user, self.password = user, password
		self.records, self.errors = [], []
		self.wires, self.threads = [], []
		self.appended = threading.Event()

	def __enter__(self):
		self.socket = socket.create_server(("127.0.0.1", 0))
		self.port = self.socket.getsockname()[1]
		self.acceptor = threading.Thread(target=self.accept, daemon=True)
		self.acceptor.start()
		return self

	def accept(self):
		while True:
			try:
				sock, _ = self.socket.accept()
			except OSError:
				return
			wire = Wire(sock, Record())
			self.records.append(wire.record)
			self.wires.append(wire)
			thread = threading.Thread(target=self.play, args=(wire,),
			    daemon=True)
			self.threads.append(thread)
			thread.start()

	def play(self, wire):
		try:
			speaks = getattr(self.script, "speaks", Session)
			self.script(speaks(self, wire))
		except (Done, OSError):
			pass
		except Exception as error:
			self.errors.append("server: %r" % error)
		finally:
			wire.sock.close()

	def settle(self):
		"""Wait until the connections so far have been heard to their end."""
		for thread in self.threads:
			thread.join(3)

	def __exit__(self, *_):
		try:
			self.socket.shutdown(socket.SHUT_RDWR)
		except OSError:
			pass		# deaf already
		self.socket.close()
		for wire in self.wires:
			try:
				wire.sock.shutdown(socket.SHUT_RDWR)
			except OSError:
				pass
		self.acceptor.join(3)
		self.settle()
