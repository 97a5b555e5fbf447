# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS 1.2 and 1.3 served by hand, so that any bytes can be the certificates.

One suite, one group, one signature: ChaCha20-Poly1305 with SHA-256, X25519,
and ECDSA over P-256 with the private key 1, which is that of der_cert.KEY and
of every key of the certificates that must be believed.
"""
import hashlib
import hmac
import struct

import chacha
from server import close

ALERT, HANDSHAKE, DATA = 21, 22, 23
CHANGE = b"\x14\3\3\0\1\1"
# P-256: its order, and where its generator is
ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
AT = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296
SECRET = bytes(range(32))	# of the key exchange
SHARE = chacha.x25519(SECRET)
RANDOM = b"\x55" * 32


def number(value):
	"""An INTEGER of DER."""
	data = value.to_bytes(value.bit_length() // 8 + 1, "big")
	return b"\2%c" % len(data) + data


def sign(data):
	"""With the private key 1 and the nonce 1 nothing is left to multiply."""
	digest = int.from_bytes(hashlib.sha256(data).digest(), "big")
	parts = number(AT) + number((digest + AT) % ORDER)
	return b"0%c" % len(parts) + parts


def sized(count, data):
	return len(data).to_bytes(count, "big") + data


def message(kind, body):
	return bytes([kind]) + sized(3, body)


def cert_list(certs, behind=b""):
	"""behind -- what TLS 1.3 has after each certificate: its extensions"""
	return sized(3, b"".join(sized(3, c) + behind for c in certs))


def prf(secret, label, seed, size):
	"""RFC 5246 section 5."""
	out, a, seed = b"", label + seed, label + seed
	while len(out) < size:
		a = hmac.digest(secret, a, "sha256")
		out += hmac.digest(secret, a + seed, "sha256")
	return out[:size]


def expand(secret, label, context, size):
	"""RFC 8446 section 7.1; one block is all that is ever wanted."""
	info = struct.pack(">H", size) + sized(1, b"tls13 " + label) + \
	    sized(1, context)
	return hmac.digest(secret, info + b"\1", "sha256")[:size]


def hashed(data):
	return hashlib.sha256(data).digest()


class Sender:
	"""Seals records of one direction."""

	def __init__(self, key, iv, modern):
		self.key, self.iv, self.modern, self.count = key, iv, modern, 0

	def nonce(self):
		value = int.from_bytes(self.iv, "big") ^ self.count
		return value.to_bytes(12, "big")

	def record(self, kind, data):
		if self.modern:
			data += bytes([kind])
			kind = DATA
			head = b"\x17\3\3" + struct.pack(">H", len(data) + 16)
		else:
			head = struct.pack(">QB", self.count, kind) + b"\3\3" + \
			    struct.pack(">H", len(data))
		sealed = chacha.seal(self.key, self.nonce(), data, head)
		self.count += 1
		return bytes([kind]) + b"\3\3" + sized(2, sealed)


class Hand:
	"""One handshake; `told` is all of its messages so far."""

	def __init__(self, session):
		self.wire, self.told, self.pending = session.wire, b"", b""
		self.sender = None

	def record(self):
		while True:
			head = self.wire.exactly(5)
			data = self.wire.exactly(int.from_bytes(head[3:], "big"))
			if head[0] != 20:
				return head[0], data

	def hello(self):
		"""Read a ClientHello, keep what must be answered."""
		_, data = self.record()
		self.told += data
		self.random, size = data[6:38], data[38]
		self.id = data[39:39 + size]
		at = data.find(b"\0\x1d\0\x20", 39 + size)
		self.peer = data[at + 4:at + 36]

	def say(self, data, step=16000, pause=None):
		"""Messages, in records of `step` bytes, with a step of a script between."""
		self.told += data
		for at in range(0, len(data), step):
			part = data[at:at + step]
			self.wire.send(self.sender.record(HANDSHAKE, part)
			    if self.sender else
			    b"\x16\3\3" + sized(2, part))
			if pause:
				pause(self)

	def server_hello(self, suite, extensions):
		self.say(message(2, b"\3\3" + RANDOM + sized(1, self.id) +
		    suite + b"\0" + sized(2, extensions)))


class Hand12(Hand):
	def begin(self):
		self.hello()
		self.server_hello(b"\xcc\xa9", b"\xff\1\0\1\0")

	def certificate(self, certs):
		return message(11, cert_list(certs))

	def finish(self, behind=b""):
		"""behind -- (kind, data) that follow in the same segment"""
		params = b"\3\0\x1d" + sized(1, SHARE)
		self.say(message(12, params + b"\4\3" + sized(2,
		    sign(self.random + RANDOM + params))) + message(14, b""))
		_, data = self.record()
		self.told += data
		seeds = self.random + RANDOM
		self.master = prf(chacha.x25519(SECRET, data[5:37]),
		    b"master secret", seeds, 48)
		keys = prf(self.master, b"key expansion",
		    RANDOM + self.random, 88)
		kind, data = self.record()
		self.told += chacha.unseal(keys[:32], keys[64:76], data,
		    bytes(8) + b"\x16\3\3" + struct.pack(">H", len(data) - 16))
		self.sender = Sender(keys[32:64], keys[76:], False)
		last = message(20, prf(self.master, b"server finished",
		    hashed(self.told), 12))
		self.wire.send(CHANGE + self.sender.record(HANDSHAKE, last) +
		    b"".join(self.sender.record(*b) for b in behind))


class Hand13(Hand):
	def begin(self):
		self.hello()
		self.server_hello(b"\x13\3", b"\0\x2b\0\2\3\4\0\x33\0\x24\0\x1d" +
		    sized(2, SHARE))
		early = hmac.digest(bytes(32), bytes(32), "sha256")
		shared = chacha.x25519(SECRET, self.peer)
		self.secret = hmac.digest(expand(early, b"derived", hashed(b""),
		    32), shared, "sha256")
		self.key(expand(self.secret, b"s hs traffic",
		    hashed(self.told), 32))
		self.wire.send(CHANGE)
		self.say(message(8, b"\0\0"))

	def key(self, secret):
		self.traffic = secret
		self.sender = Sender(expand(secret, b"key", b"", 32),
		    expand(secret, b"iv", b"", 12), True)

	def certificate(self, certs):
		return message(11, b"\0" + cert_list(certs, b"\0\0"))

	def finish(self, behind=()):
		self.say(message(15, b"\4\3" + sized(2, sign(b" " * 64 +
		    b"TLS 1.3, server CertificateVerify\0" +
		    hashed(self.told)))))
		self.say(message(20, hmac.digest(expand(self.traffic, b"finished",
		    b"", 32), hashed(self.told), "sha256")))
		master = hmac.digest(expand(self.secret, b"derived", hashed(b""),
		    32), bytes(32), "sha256")
		self.key(expand(master, b"s ap traffic", hashed(self.told), 32))
		self.wire.send(b"".join(self.sender.record(*b) for b in behind))

	def update(self):
		"""Change our keys, ask for none in return."""
		self.wire.send(self.sender.record(HANDSHAKE, message(24, b"\0")))
		self.key(expand(self.traffic, b"traffic upd", b"", 32))


def served(certs, after=close, modern=False, step=16000, pause=None,
    message_of=None, behind=()):
	"""A script of a server that presents these; then `after`, with the hand.

	message_of -- makes the whole Certificate message of the hand and certs
	"""
	def script(session):
		hand = (Hand13 if modern else Hand12)(session)
		hand.begin()
		hand.say(message_of(hand) if message_of else
		    hand.certificate(certs), step, pause)
		hand.finish(behind)
		session.hand = hand
		session.run(after)
		session.wire.listen()
	return script
