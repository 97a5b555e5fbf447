# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates with good signatures that are hostile, and bytes that are none.

All keys are that of der_cert.KEY, so everybody can sign for everybody.
"""
import base64
import hashlib
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import der_cert
from der_cert import ECDSA_SHA256, KEY, extension, hosts, value
from hand_tls import sign

HOST = b"mail.example.test"
DAY = 86400
TRUE = b"\1\1\xff"
CA = value(0x30, der_cert.CONSTRAINTS, TRUE, value(4, value(0x30, TRUE)))
USAGE = bytes.fromhex("300e0603551d0f0101ff040403020106")	# certificates, lists
PURPOSE = bytes.fromhex("0603551d25")
SERVER = bytes.fromhex("06082b06010505070301")
ALGORITHM = value(0x30, ECDSA_SHA256)
LEAF = (hosts(HOST), extension(PURPOSE, SERVER))
UTC = 0x17


def moment(days):
	return value(UTC, time.strftime("%y%m%d%H%M%SZ",
	    time.gmtime(time.time() + days * DAY)).encode())


def dates(first=-5, last=35):
	return value(0x30, moment(first), moment(last))


def name(*parts):
	"""Of common names; a part of two is (tag of its string, bytes)."""
	return value(0x30, *(value(0x31, value(0x30, der_cert.COMMON_NAME,
	    value(*(part if isinstance(part, tuple) else (0x0c, part)))))
	    for part in parts))


def serial(number):
	"""16 octets of it."""
	return value(2, b"\x5a" * 12 + number.to_bytes(4, "big"))


def version(number):
	return value(0xa0, value(2, bytes([number])))


def signed(*parts, algorithm=ALGORITHM):
	body = value(0x30, *parts)
	return value(0x30, body, algorithm, value(3, b"\0" + sign(body)))


def cert(subject=HOST, issuer=b"Hand Root", extensions=LEAF, number=1,
    valid=None, key=KEY, of=2, algorithm=ALGORITHM, more=b""):
	"""subject, issuer -- a common name, or a list of parts of name()"""
	names = [name(*n) if isinstance(n, list) else name(n)
	    for n in (issuer, subject)]
	return signed(version(of) if of else b"", serial(number), algorithm,
	    names[0], valid or dates(), names[1], key, more,
	    value(0xa3, value(0x30, *extensions)) if extensions else b"",
	    algorithm=algorithm)


def authority(subject, issuer=b"Hand Root", number=2, extensions=(CA, USAGE),
    valid=None, **more):
	return cert(subject, issuer, extensions, number, valid or
	    dates(-400, 3000), **more)


ROOT = authority(b"Hand Root")
GOOD = cert()
PIN = "--pin=sha256//" + base64.b64encode(hashlib.sha256(KEY).digest()).decode()


def swap(old, new, count=1, data=GOOD):
	"""The good certificate with some bytes changed; they have to be there."""
	if old not in data:
		raise ValueError("no %r in it" % old)
	return data.replace(old, new, count)


def path_of(length):
	"""A leaf, and so many authorities up to one that the root has signed."""
	links = [b"Link %d" % n for n in range(length)] + [b"Hand Root"]
	return [cert(issuer=links[0])] + [authority(links[n], links[n + 1], n + 2)
	    for n in range(length)]


def ring(length):
	"""Authorities that have certified each other in a circle, and no root."""
	names = [b"Ring %d" % n for n in range(length)]
	return [cert(issuer=names[0])] + [authority(names[n],
	    names[(n + 1) % length], n + 2) for n in range(length)]


def web(length):
	"""Each has certified each: the more there are, the more paths lead nowhere."""
	names = [b"Web %d" % n for n in range(length)]
	return [cert(issuer=names[0])] + [authority(a, b, n + 2)
	    for n, (a, b) in enumerate((a, b) for a in names for b in names
	    if a != b)]


def namesakes(count, issuer=b"Hand Root"):
	"""Authorities of one name and one key."""
	return [authority(b"Namesake", issuer, n + 2) for n in range(count)]


def many_names(count, ours=True):
	names = [b"h%d.example.test" % n for n in range(count)]
	return cert(extensions=(hosts(*names, *([HOST] if ours else [])),
	    *LEAF[1:]))


def large(size):
	return cert(extensions=(*LEAF, der_cert.comment(size)))


def named(alternative):
	"""alternative -- pairs of tag and bytes, beside our name"""
	return cert(extensions=(extension(der_cert.ALTERNATIVE,
	    value(0x82, HOST), *(value(tag, data)
	    for tag, data in alternative)), LEAF[1]))
