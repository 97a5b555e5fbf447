# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers for the port check: many ports of one address, a script for each.

A script is a function that gets a Wire; its connection ends when it returns.
Scripts are made of what a server says of itself: talks() and the servers that
are made with it, within() for TLS first, wary() for one that waits on purpose.
"""
import select
import selectors
import socket
import threading
import time

from wire import Done, Record, Wire

STARTS = (b"b STARTTLS", b"STLS", b"STARTTLS")
REFUSES = (b"b NO", b"-ERR", b"4", b"5", b"NO")
RESET = object()		# an answer that is none


def talks(greeting, answers=None, after=None):
	"""Greets, and answers what begins so until it is asked something else.

	after -- what follows a STARTTLS that is not refused: a handshake
	"""
	def script(wire):
		wire.send(greeting)
		while True:
			line = wire.line()
			found = [reply for word, reply in (answers or {}).items()
			    if line.startswith(word)]
			if not found or found[0] is None:
				return
			if found[0] is RESET:
				wire.reset()
			wire.send(found[0])
			if line in STARTS and not found[0].startswith(REFUSES):
				(after or handshake)(wire)
	return script


def handshake(wire):
	wire.start_tls(wire.context)


def imap(greeting=b"* OK IMAP4rev1 ready\r\n", caps=b"IMAP4rev1 STARTTLS",
    start=b"b OK begin\r\n", after=None):
	return talks(greeting, {b"a CAPABILITY": b"* CAPABILITY " + caps +
	    b"\r\na OK done\r\n", b"b STARTTLS": start}, after)


def pop3(greeting=b"+OK POP3 ready\r\n",
    capa=b"+OK\r\nUSER\r\nSTLS\r\n.\r\n", start=b"+OK begin\r\n"):
	return talks(greeting, {b"CAPA": capa, b"STLS": start})


def smtp(greeting=b"220 mail.example.test ESMTP\r\n",
    ehlo=b"250-mail.example.test\r\n250-SIZE\r\n250 STARTTLS\r\n",
    start=b"220 begin\r\n"):
	return talks(greeting, {b"EHLO": ehlo, b"STARTTLS": start})


def lmtp(greeting=b"220 mail.example.test LMTP\r\n"):
	return talks(greeting, {b"EHLO": b"500 what\r\n",
	    b"LHLO": b"250-mail.example.test\r\n250 PIPELINING\r\n"})


def sieve(greeting=b'"IMPLEMENTATION" "Pigeonhole"\r\n"SIEVE" "fileinto"\r\n'
    b'"STARTTLS"\r\nOK "ready"\r\n', start=b'OK "begin"\r\n'):
	return talks(greeting, {b"STARTTLS": start})


def within(script):
	"""TLS comes first."""
	def inside(wire):
		wire.start_tls(wire.context)
		script(wire)
	return inside


def asked(answer):
	"""Says nothing until something comes: HTTP, and those that were not expected."""
	def script(wire):
		wire.hello()
		wire.send(answer)
		wire.close()
	return script


def wary(seconds, script, offence):
	"""Waits before it greets, and sends away who does not."""
	def waits(wire):
		if select.select([wire.sock], [], [], seconds)[0]:
			wire.hello()
			wire.send(offence)
			wire.close()
		script(wire)
	return waits


def says(data, end=False):
	"""These bytes and no more; to the end, or until the client goes."""
	def script(wire):
		wire.send(data)
		if end:
			wire.close()
		wire.listen()
	return script


def drips(data, pause):
	return lambda wire: wire.drip(data, pause)


def floods(start, chunk):
	"""For as long as the client takes it."""
	def script(wire):
		wire.send(start)
		while True:
			wire.send(chunk)
	return script


def silent(wire):
	wire.listen()


def closes(wire):
	wire.close()


def resets(wire):
	wire.reset()


def closes_at_hello(wire):
	wire.hello()
	wire.close()


def resets_at_hello(wire):
	wire.hello()
	wire.reset()


def full(_wire):
	"""Nobody accepts: the queue is full before the check comes."""


def late(seconds, script, behind=None):
	"""The queue is full so long; with `behind`, from the moment when somebody has come to that port."""
	def serve(wire):
		script(wire)
	serve.full_for = seconds
	serve.behind = behind
	return serve


class Servers:
	"""scripts -- {(address, port): script}; context -- for those in TLS

	lines -- what clients said, {port: [line]}; errors -- faults of scripts
	"""

	def __init__(self, scripts, context):
		self.scripts, self.context = scripts, context
		self.selector = selectors.DefaultSelector()
		self.sockets, self.wires = [], []
		self.timers, self.threads = [], []
		self.behind = {}	# of ports: what starts when somebody comes
		self.records, self.errors = [], []

	def __enter__(self):
		for place, script in self.scripts.items():
			self.listen(place, script)
		self.ear, self.mouth = socket.socketpair()
		self.selector.register(self.ear, selectors.EVENT_READ, None)
		self.acceptor = threading.Thread(target=self.accept, daemon=True)
		self.acceptor.start()
		return self

	def listen(self, place, script):
		family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
		sock = socket.create_server(place, family=family,
		    backlog=0 if is_full(script) else 500)
		self.sockets.append(sock)
		if is_full(script):
			self.sockets += fill(place)
		if script is full:
			return
		timer = threading.Timer(getattr(script, "full_for", 0),
		    self.serve, (sock, (place[1], script)))
		self.timers.append(timer)
		behind = getattr(script, "behind", None)
		if behind is None:
			timer.start()
		else:
			self.behind[behind] = timer

	def serve(self, sock, about):
		sock.listen(500)
		self.selector.register(sock, selectors.EVENT_READ, about)

	def accept(self):
		while True:
			for key, _ in self.selector.select():
				if key.data is None:
					return
				sock, _ = key.fileobj.accept()
				if key.data[0] in self.behind:
					self.behind.pop(key.data[0]).start()
				wire = Wire(sock, Record())
				wire.context = self.context
				self.wires.append(wire)
				self.records.append((key.data[0], wire.record))
				thread = threading.Thread(target=self.play,
				    args=(wire, key.data[1]), daemon=True)
				self.threads.append(thread)
				thread.start()

	def play(self, wire, script):
		try:
			script(wire)
		except (Done, OSError):
			pass
		except Exception as error:
			self.errors.append("server: %r" % error)
		finally:
			wire.sock.close()

	def settle(self):
		for thread in self.threads:
			thread.join(3)

	def __exit__(self, *_):
		for timer in self.timers:
			timer.cancel()
			if timer.ident is not None:
				timer.join()
		self.mouth.send(b"x")
		self.acceptor.join(3)
		for wire in self.wires:
			try:
				wire.sock.shutdown(socket.SHUT_RDWR)
			except OSError:
				pass		# gone already
		self.settle()
		for sock in (*self.sockets, self.ear, self.mouth):
			sock.close()


def is_full(script):
	return script is full or hasattr(script, "full_for")


def fill(place):
	"""Clients that nobody accepts, until no further one gets through."""
	waiting = []
	end = time.monotonic() + 3
	while time.monotonic() < end:
		try:
			waiting.append(socket.create_connection(place, 0.3))
		except TimeoutError:
			return waiting
	raise RuntimeError("the queue of %s:%d takes everybody" % place)
