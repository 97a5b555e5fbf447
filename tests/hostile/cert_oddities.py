# SPDX-License-Identifier: GPL-3.0-or-later
"""What is odd within a certificate that parses: names, times, numbers,
extensions, keys, algorithms."""
import cert_monsters as monsters
import der_cert
from cert_monsters import (CA, GOOD, HOST, KEY, LEAF, TRUE, authority, cert,
    extension, hosts, name, named, signed, value, version)
from der_cert import ALTERNATIVE, CONSTRAINTS

BROKEN, UNTRUSTED, HIDDEN = "tls.handshake", "cert.untrusted", "cert.wrong-host"
INVALID, WEAK = "cert.invalid", "cert.weak"
EVIL = b"\x1b[31mred\x1b[0m|evil=1\r\nOK \xe2\x80\xae\xc2\x9b31m <b>$(reboot)" \
    b"`id`\x07\0"
WIDE = EVIL.decode("utf-8")
STRINGS = {"utf8": (0x0c, EVIL), "printable": (0x13, EVIL),
    "teletex": (0x14, EVIL), "ia5": (0x16, EVIL),
    "bmp": (0x1e, WIDE.encode("utf-16-be")),
    "universal": (0x1c, WIDE.encode("utf-32-be"))}
UTC, LONG = 0x17, 0x18
USAGE = b"\6\3\x55\x1d\x0f"
AIA = bytes.fromhex("06082b06010505070101")
ISSUERS = bytes.fromhex("06082b06010505073002")
RSA = value(0x30, bytes.fromhex("06092a864886f70d010101"), b"\5\0")
EC = bytes.fromhex("06072a8648ce3d0201")
P256 = value(0x30, EC, bytes.fromhex("06082a8648ce3d030107"))
UNKNOWN = b"\6\3\x2a\3\4"


def names(sent):
	"""Names that lie, steer a terminal, or break a line."""
	for word, part in STRINGS.items():
		sent("subject-" + word, [cert(subject=[part])], WEAK, text=True)
		sent("issuer-" + word, [cert(issuer=[part])], UNTRUSTED,
		    text=True)
	sent("subject-octets", [cert(subject=[(4, EVIL)])], BROKEN)
	sent("subject-sequence", [cert(subject=[(0x30, EVIL)])], None, text=True)
	sent("subject-bad-utf8", [cert(subject=b"\xff\xfe\xc0\x80\xed\xa0\x80")],
	    BROKEN)
	sent("subject-empty", [cert(subject=[])], INVALID, text=True)
	sent("subject-of-empty-parts", [cert(subject=[b""] * 50)], None,
	    text=True)
	sent("subject-of-1000-parts", [cert(subject=[b"part"] * 1000)], WEAK)
	sent("subject-of-60-kib", [cert(subject=b"x|" * 30000)], WEAK, text=True)
	sent("issuer-empty", [cert(issuer=[])], UNTRUSTED, text=True,
	    shows=("unknown issuer, whose name is empty",))
	sent("issuer-of-60-kib", [cert(issuer=b"\x1b[1m" * 15000)], UNTRUSTED,
	    text=True)


def alternatives(sent):
	"""Only a whole name that is ours counts."""
	for word, data in {
	    "nul": [HOST + b"\0.evil.test"], "nul-first": [b"\0" + HOST],
	    "evil": [EVIL, b"a|b", b"<script>", b"\xe2\x80\xae", b"\xff"],
	    "wildcards": [b"*", b"*.*.test", b"m*.example.test", b"*.test",
		b"*l.example.test", b"mail.*.test", b"*mail.example.test",
		b".example.test", b"*.", b"*.mail.example.test"],
	    "utf8": ["m\u00e4il.example.test".encode(), b"\xff"]}.items():
		sent("names-" + word, [cert(extensions=(hosts(*data), LEAF[1]))],
		    HIDDEN, text=True)
	sent("names-of-common-name", [cert(subject=HOST + b"\0.evil.test",
	    extensions=LEAF[1:])], HIDDEN, text=True)
	sent("names-no-dns", [cert(extensions=(extension(ALTERNATIVE,
	    value(0x81, b"x@example.test")), LEAF[1]))], HIDDEN)
	sent("names-empty-list", [cert(extensions=(extension(ALTERNATIVE),
	    LEAF[1]))], HIDDEN, text=True)
	sent("names-malformed", [cert(extensions=(value(0x30, ALTERNATIVE,
	    value(4, b"\xff\xff")), LEAF[1]))], BROKEN)
	sent("names-of-every-kind", [named([(0x81, EVIL), (0x82, EVIL),
	    (0x86, EVIL), (0x87, b"\x7f\0\0\1"), (0x87, bytes(16)),
	    (0x88, b"\x2a"), (0xa4, b"0\0"), (0xa0, UNKNOWN +
	    b"\xa0\2\5\0")])], None, text=True)


def times(sent):
	def timed(word, last, want, first=(UTC, b"200101000000Z")):
		sent("time-" + word, [cert(valid=value(0x30, value(*first),
		    value(*last)))], want, text=True)

	for word, kind, data in (
	    ("second-60", LONG, b"99991231235960Z"), ("evil", UTC, EVIL),
	    ("letters", UTC, b"next Friday.Z"), ("empty", UTC, b""),
	    ("month-13", UTC, b"301301000000Z"),
	    ("february-30", UTC, b"300230000000Z"),
	    ("without-z", UTC, b"300101000000"),
	    ("zone", UTC, b"300101000000+0100"),
	    ("fraction", LONG, b"20300101000000.5Z"),
	    ("long", LONG, b"3" * 5000)):
		timed(word, (kind, data), INVALID)
	timed("another-type", (0x0c, b"300101000000Z"), BROKEN)
	timed("no-end", (LONG, b"99991231235959Z"), WEAK)
	timed("year-0", (UTC, b"490101000000Z"), None,
	    (LONG, b"00000101000000Z"))
	timed("backwards", (UTC, b"000101000000Z"), "cert.expired",
	    (UTC, b"490101000000Z"))
	timed("1950", (UTC, b"500102000000Z"), "cert.expired",
	    (UTC, b"500101000000Z"))


def numbers(sent):
	for word, data, want in (
	    ("zero", b"\0", WEAK), ("negative", b"\x80" + bytes(15), INVALID),
	    ("none", b"", BROKEN), ("1000-octets", b"\x5a" * 1000, INVALID),
	    ("50000-octets", b"\x5a" * 50000, INVALID),
	    ("padded", bytes(20) + b"\1", BROKEN)):
		sent("serial-" + word, [signed(version(2), value(2, data),
		    monsters.ALGORITHM, name(b"Hand Root"), monsters.dates(),
		    name(HOST), KEY, value(0xa3, value(0x30, *LEAF)))], want,
		    text=True)
	for number, want in ((1, INVALID), (2, INVALID), (4, WEAK),
	    (255, INVALID)):
		sent("version-%d" % number, [cert(of=number - 1)], want)


def extensions(sent):
	def more(word, want, *further):
		sent("extension-" + word, [cert(extensions=(*LEAF, *further))],
		    want)

	def other(kind, data, critical=b""):
		return value(0x30, kind, critical, value(4, data))

	sent("extension-names-twice", [cert(extensions=(hosts(HOST),
	    hosts(b"evil.test"), LEAF[1]))], BROKEN, shows=("malformed",))
	more("purpose-twice", BROKEN, LEAF[1])
	more("authority-twice", BROKEN, CA, CA)
	more("unknown-twice", INVALID, der_cert.comment(3), der_cert.comment(3))
	more("critical", INVALID, other(UNKNOWN, b"\5\0", TRUE))
	more("1000", INVALID, *(other(b"\6\3\x2a\3%c" % (n % 128), b"\5\0")
	    for n in range(1000)))
	more("usage-empty", BROKEN, other(USAGE, b"\3\1\0"))
	more("usage-malformed", BROKEN, other(USAGE, b"\xff"))
	more("authority-malformed", BROKEN, other(CONSTRAINTS, b"\x30\x80\xff",
	    TRUE))
	more("path-length-negative", BROKEN, other(CONSTRAINTS, value(0x30,
	    TRUE, value(2, b"\xff")), TRUE))
	more("path-length-huge", INVALID, other(CONSTRAINTS, value(0x30,
	    TRUE, value(2, b"\x7f" * 100)), TRUE))
	more("address-of-issuer", None, other(AIA, value(0x30, value(0x30,
	    ISSUERS, value(0x86, EVIL)))))
	more("deep", None, other(UNKNOWN, b"0\x80" * 20000))
	sent("extension-10000-purposes", [cert(extensions=(LEAF[0], extension(
	    monsters.PURPOSE, monsters.SERVER, *[UNKNOWN] * 10000)))], None)


def keys(sent):
	def integer(n):
		return value(2, n.to_bytes(n.bit_length() // 8 + 1, "big"))

	def keyed(kind, *data):
		return value(0x30, kind, value(3, b"\0", *data))

	def rsa(modulus, exponent):
		return keyed(RSA, value(0x30, integer(modulus),
		    integer(exponent)))

	for word, key in {
	    "rsa-0": rsa(0, 3), "rsa-1": rsa(1, 1),
	    "rsa-64-kbit": rsa(2 ** 65535 + 1, 65537),
	    "rsa-exponent": rsa(2 ** 2047 + 1, 2 ** 20000 + 1),
	    "rsa-garbage": keyed(RSA, b"garbage"),
	    "off-curve": keyed(P256, b"\4" + b"\1" * 64),
	    "infinity": keyed(P256, b"\0"), "short": keyed(P256, b"\4\1"),
	    "empty": keyed(P256), "curve-unknown": keyed(value(0x30, EC,
		UNKNOWN), b"\4" + b"\1" * 64),
	    "unknown": keyed(value(0x30, UNKNOWN), b"x" * 50)}.items():
		sent("key-" + word, [cert(key=key)], BROKEN)
		sent("key-of-ca-" + word, [cert(issuer=b"Link"),
		    authority(b"Link", key=key)], INVALID if word == "infinity"
		    else UNTRUSTED)


def signatures(sent):
	for word, kind in {
	    "unknown": value(0x30, UNKNOWN),
	    "md5": value(0x30, bytes.fromhex("06092a864886f70d010104"), b"\5\0"),
	    "pss-garbage": value(0x30, bytes.fromhex("06092a864886f70d01010a"),
		value(0x30, b"\xa0\1\5"))}.items():
		sent("signature-" + word, [cert(algorithm=kind)], UNTRUSTED,
		    text=True)
	sent("signature-false", [GOOD[:-1] + bytes([GOOD[-1] ^ 1])], INVALID)


def add(sent):
	for part in names, alternatives, times, numbers, extensions, keys, \
	    signatures:
		part(sent)
