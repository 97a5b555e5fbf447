# SPDX-License-Identifier: GPL-3.0-or-later
"""ChaCha20-Poly1305 (RFC 8439) and X25519 (RFC 7748), as slow as they are short.

For servers that no library would play; nothing secret is ever kept by them.
"""
import struct

MASK = 0xffffffff
PRIME = 2 ** 255 - 19
ORDER = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
    (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def block(key, nonce, counter):
	"""64 bytes of the stream."""
	start = struct.unpack("<16I", b"expand 32-byte k" + key +
	    struct.pack("<I", counter) + nonce)
	x = list(start)
	for _ in range(10):
		for a, b, c, d in ORDER:
			for one, two, three, by in ((a, b, d, 16), (c, d, b, 12),
			    (a, b, d, 8), (c, d, b, 7)):
				x[one] = (x[one] + x[two]) & MASK
				word = x[three] ^ x[one]
				x[three] = (word << by | word >> (32 - by)) & MASK
	return struct.pack("<16I", *((i + j) & MASK for i, j in zip(x, start)))


def stream(key, nonce, data):
	out = b"".join(block(key, nonce, n + 1)
	    for n in range((len(data) + 63) // 64))[:len(data)]
	return (int.from_bytes(out, "big") ^
	    int.from_bytes(data, "big")).to_bytes(len(data), "big")


def tag(key, nonce, data, head):
	once = block(key, nonce, 0)
	r = int.from_bytes(once[:16], "little") & \
	    0x0ffffffc0ffffffc0ffffffc0fffffff
	s = int.from_bytes(once[16:32], "little")
	text = head + bytes(-len(head) % 16) + data + bytes(-len(data) % 16) + \
	    struct.pack("<QQ", len(head), len(data))
	total = 0
	for at in range(0, len(text), 16):
		total = (total + int.from_bytes(text[at:at + 16] + b"\1",
		    "little")) * r % (2 ** 130 - 5)
	return ((total + s) % 2 ** 128).to_bytes(16, "little")


def seal(key, nonce, data, head):
	data = stream(key, nonce, data)
	return data + tag(key, nonce, data, head)


def unseal(key, nonce, data, head):
	"""None where it was tampered with."""
	if tag(key, nonce, data[:-16], head) != data[-16:]:
		return None
	return stream(key, nonce, data[:-16])


def x25519(secret, point=(9).to_bytes(32, "little")):
	k = int.from_bytes(secret, "little") & ~7 & ~(1 << 255) | 1 << 254
	u = int.from_bytes(point, "little") & (1 << 255) - 1
	a, b, c, d, swapped = 1, 0, u, 1, 0
	for at in range(254, -1, -1):
		bit = k >> at & 1
		if swapped != bit:
			a, c, b, d = c, a, d, b
		swapped = bit
		plus, minus = (a + b) ** 2 % PRIME, (a - b) ** 2 % PRIME
		left, right = (c - d) * (a + b), (c + d) * (a - b)
		c, d = (left + right) ** 2 % PRIME, \
		    u * (left - right) ** 2 % PRIME
		e = plus - minus
		a, b = plus * minus % PRIME, e * (plus + 121665 * e) % PRIME
	if swapped:
		a, b = c, d
	return (a * pow(b, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little")
