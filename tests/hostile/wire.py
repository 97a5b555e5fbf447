# SPDX-License-Identifier: GPL-3.0-or-later
"""One accepted connection, clear or in TLS, that remembers every byte.

TLS runs over memory BIOs, so that a script can put bytes of its own choice
between the records, in clear behind an answer, or half a record and no more.
"""
import re
import socket
import ssl
import struct
import time

LINGER = 25.0			# seconds that a connection may stay silent
KEEP = 4 * 1024 * 1024		# bytes of a client that are remembered


class Done(Exception):
	"""The script of this connection is over."""


class Command:
	"""A command as it came: tag, upper case name, text behind it, words."""

	def __init__(self, tag, name, text, args, secure):
		self.tag = tag
		self.name = name
		self.text = text
		self.args = args
		self.secure = secure


class Record:
	"""What a client did on one connection."""

	def __init__(self):
		self.clear = bytearray()	# before TLS
		self.secure = bytearray()	# inside TLS
		self.raw = bytearray()		# all, ciphered or not
		self.commands = []
		self.logins = []		# (how, user, password, secure)
		self.messages = []		# that were to be put into a mailbox
		self.faults = []		# what a client must not do
		self.tls_error = None
		self.tls_name = None

	def said(self):
		return bytes(self.clear + self.secure)

	def names(self):
		return [c.name for c in self.commands]

	def get(self, name):
		return next((c for c in self.commands if c.name == name), None)


class Wire:
	def __init__(self, sock, record):
		self.sock = sock
		self.record = record
		self.tls = None
		self.buffer = bytearray()
		sock.settimeout(LINGER)
		sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

	def send_clear(self, data):
		self.sock.sendall(data)

	def send(self, data):
		if self.tls is None:
			self.sock.sendall(data)
			return
		self.tls.write(data)
		self._flush()

	def _flush(self):
		data = self.outgoing.read()
		if data:
			self.sock.sendall(data)

	def _raw(self):
		data = self.sock.recv(65536)
		if len(self.record.raw) < KEEP:
			self.record.raw += data
		return data

	def receive(self):
		"""Some bytes of the client, b"" at its end."""
		if self.tls is None:
			data = self._raw()
			self._keep(self.record.clear, data)
			return data
		while True:
			try:
				data = self.tls.read(65536)
				self._keep(self.record.secure, data)
				return data
			except ssl.SSLWantReadError:
				self._flush()
				more = self._raw()
				if not more:
					return b""
				self.incoming.write(more)
			except ssl.SSLError:
				return b""

	@staticmethod
	def _keep(where, data):
		if len(where) < KEEP:
			where += data

	def start_tls(self, context):
		"""Serve a handshake; what the client sent in clear before stays unread."""
		if self.buffer:
			self.record.faults.append("bytes in clear behind STARTTLS")
		self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
		engine = context.wrap_bio(self.incoming, self.outgoing,
		    server_side=True)
		while True:
			try:
				engine.do_handshake()
				break
			except ssl.SSLWantReadError:
				self._flush()
				more = self._raw()
				if not more:
					self.record.tls_error = "end in the handshake"
					raise Done from None
				self.incoming.write(more)
			except ssl.SSLError as error:
				self._flush()
				self.record.tls_error = str(error)
				self.close()
		self._flush()
		self.tls = engine

	def hello(self):
		"""Wait for the first bytes of the client, without TLS of ours."""
		if not self._raw():
			raise Done

	def line(self):
		"""One line of the client without its CRLF."""
		while True:
			end = self.buffer.find(b"\n")
			if end >= 0:
				break
			data = self.receive()
			if not data:
				raise Done
			self.buffer += data
		text = bytes(self.buffer[:end + 1])
		del self.buffer[:end + 1]
		if not text.endswith(b"\r\n"):
			self.record.faults.append("line ends in LF alone")
		text = text.rstrip(b"\r\n")
		if re.search(rb"[\0\r]", text):
			self.record.faults.append("NUL or CR inside a line")
		return text

	def forget(self):
		"""Drop what has come and was not read."""
		self.buffer.clear()
		self.sock.settimeout(0.1)
		try:
			while self.receive():
				pass
		except TimeoutError:
			pass
		finally:
			self.sock.settimeout(LINGER)

	def exactly(self, count):
		while len(self.buffer) < count:
			data = self.receive()
			if not data:
				raise Done
			self.buffer += data
		data = bytes(self.buffer[:count])
		del self.buffer[:count]
		return data

	def listen(self):
		"""Say nothing more, hear until the client goes."""
		self.buffer.clear()
		while self.receive():
			self.buffer.clear()
		raise Done

	def close(self):
		"""An orderly end: nothing unread is left, which would make it a reset."""
		self.sock.settimeout(2.0)
		try:
			if self.tls is not None:
				try:
					self.tls.unwrap()
				except ssl.SSLError:
					pass
				self._flush()
			self._drain()
			self.sock.shutdown(socket.SHUT_WR)
			while self._raw():
				pass
		except OSError:
			pass
		self.sock.close()
		raise Done

	def _drain(self):
		self.sock.setblocking(False)
		try:
			while self._raw():
				pass
		except (BlockingIOError, ssl.SSLWantReadError):
			pass
		finally:
			self.sock.settimeout(2.0)

	def reset(self):
		self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
		    struct.pack("ii", 1, 0))
		self.sock.close()
		raise Done

	def drip(self, data, pause):
		for byte in data:
			self.send(bytes([byte]))
			time.sleep(pause)
