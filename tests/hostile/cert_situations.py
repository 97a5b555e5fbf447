# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of check_tls_cert: what servers make of TLS, and of a protocol.

Certificates that no CA would issue are made byte by byte (cert_monsters.py)
and served by hand (hand_tls.py); most of them are signed, so that only what is
odd is odd.  cert_oddities.py has what is odd within one.
"""
import time

import cert_monsters as monsters
import cert_oddities
import dialect_situations
import hand_tls
import tls_situations
from cert_monsters import (GOOD, HOST, LEAF, PIN, ROOT, authority, cert, hosts,
    large, many_names, namesakes, path_of, ring, swap, value, web)
from hand_tls import ALERT, HANDSHAKE, Hand12, cert_list, message, served, sized
from pop3_server import pop3
from server import close, flood, imap, pause, raw, steps
from situation import Table
from smtp_server import smtp

TABLE = Table()
BROKEN, UNTRUSTED = "tls.handshake", "cert.untrusted"
IMAP = "--protocol=imap"


class Rows:
	"""Adds rows of a check that says nothing within TLS."""

	def __init__(self, table, *first, **usual):
		self.table, self.first, self.usual = table, first, usual

	def __call__(self, name, script, want, **more):
		more = {"farewell": False, **self.usual, **more, "secret": False}
		more["args"] = (*self.first, *more.get("args", ()))
		self.table(name, script, want, **more)

	def silent(self, name, script, want, **more):
		self(name, script, want, timeout=2, **more)

	def starttls(self, name, script, want, **more):
		self(name, script, want, tls="starttls", **more)


row, in_imap = Rows(TABLE, ca="hand.pem"), Rows(TABLE, IMAP)


def sent(name, certs, want, **more):
	"""Over TLS 1.2."""
	row(name, served(certs), want, **more)


# ---- what all checks that speak TLS share

tls_situations.add(in_imap, imap)
for each in dialect_situations.TABLE:
	# what ManageSieve says within TLS crosses our farewell
	TABLE(each.name, each.script, each.causes, **{**each.changes,
	    "farewell": each.farewell and each.name != "sieve-good"})
row("plain-text", steps(raw(b"* OK [CAPABILITY IMAP4rev1] \x1b[1m|<b>\r\n")),
    "tls.port-speaks-plaintext", text=True)
in_imap.starttls("preauth", imap(greeting="* PREAUTH in already"), "tls.preauth")
in_imap.starttls("rejected", imap(capability="{tag} BAD what?"),
    "protocol.rejected")
in_imap.starttls("ended", imap(greeting=["* BYE later", close]),
    "greeting.unavailable")
for word, said in (("connection-limit", "Too many connections from this IP"),
    ("rate-limited", "Too many requests"), ("referral", "[REFERRAL imap://b/]")):
	in_imap.starttls(word, imap(greeting=["* BYE " + said, close]),
	    "auth." + word, stage="greeting")
in_imap("expiring", imap(), "cert.expiring", cert="expiring", args=("-w", "6d"))
for form in "40d", "20%", "960h":
	row("good-for-" + form.strip("%"), served([GOOD]),
	    None if form == "20%" else "cert.expiring",
	    args=("-w", form, "-c", "1h"))
row("used-up", served([GOOD]), "cert.expiring", args=("-w", "lifetime=99:"))
row("slow", steps(pause(0.3), served([GOOD])), "slow",
    args=("-w", "tls=200ms"))
row("pinned", served([GOOD]), None, args=(PIN,))
row("another-pinned", served([GOOD]), "cert.mismatch",
    args=("--pin=sha256//" + "A" * 43 + "=",))
sent("scanned", [cert(issuer="avast! Web/Mail Shield Root".encode()),
    authority(b"avast! Web/Mail Shield Root")], "cert.intercepted", text=True)

# ---- nothing is wrong, by either version

sent("hand-good", [GOOD], None, text=True)
row("hand-good-1.3", served([GOOD], modern=True), None, text=True)
sent("hand-good-with-link", path_of(1), None)
sent("hand-root-unknown", [GOOD], UNTRUSTED, ca="root.pem")

# ---- bytes that are no certificate

NO_CERTIFICATES = {
    "empty": b"", "zeros": bytes(500), "ones": b"\xff" * 500,
    **{"cut-%d" % n: GOOD[:n] for n in (1, 2, 4, 20, 200, len(GOOD) - 1)},
    "text": b"-----BEGIN CERTIFICATE-----\n",
    "longer-than-it-is": b"0\x82\xff\xff" + GOOD[4:],
    "shorter-than-it-is": b"0\x82" + (len(GOOD) - 5).to_bytes(2, "big") +
	GOOD[4:],
    "huge-length": b"0\x84\xff\xff\xff\xff" + GOOD[4:],
    "length-of-many": b"0\xff" + b"\1" * 127 + GOOD[4:],
    "no-end": b"0\x80" + GOOD[4:], "deep": b"0\x80" * 20000,
    "trailing": GOOD + bytes(10), "two-in-one": GOOD + GOOD,
    "another-tag": b"1" + GOOD[1:],
    "garbage-oid": swap(b"\6\x08\x2a\x86\x48\xce\x3d\4\3\2",
	b"\6\x08" + b"\xff" * 8),
    "empty-oid": value(0x30, value(0x30), value(0x30, b"\6\0"),
	value(3, b"\0")),
    "only-a-name": monsters.name(HOST), "nothing-in-it": b"0\0",
}
for number, (word, data) in enumerate(NO_CERTIFICATES.items()):
	sent("der-" + word, [data], BROKEN)
	if number % 3 == 0:
		row("der-second-" + word, served([GOOD, data], modern=True),
		    BROKEN)

# ---- messages that lie about the certificates in them

WHOLE = cert_list([GOOD])
ONE = sized(3, GOOD)


def lists(name, bodies, **more):
	for word, data in bodies.items():
		row("list-%s%s" % (name, word), served([], message_of=lambda hand,
		    data=data: message(11, data), **more), BROKEN)


lists("", {"nothing": b"", "empty": b"\0\0\0", "half-a-length": b"\0\0",
    "too-long": b"\xff\xff\xff" + WHOLE[3:],
    "too-short": b"\0\0\x10" + WHOLE[3:],
    "cert-too-long": WHOLE[:3] + b"\xff\xff\xff" + WHOLE[6:],
    "cert-too-short": WHOLE[:3] + b"\0\0\x10" + WHOLE[6:],
    "only-nothings": sized(3, bytes(3000)), "trailing": WHOLE + bytes(100)})
lists("1.3-", {"empty": bytes(4), "context": b"\4abcd" + sized(3, ONE + b"\0\0"),
    "extension-too-long": b"\0" + sized(3, ONE + b"\xff\xff"),
    "staple-unasked": b"\0" + sized(3, ONE + sized(2, b"\0\5" + sized(2,
	b"\1\xff\xff\xff")))}, modern=True)

# ---- the message comes in pieces, or never ends


def announced(size):
	"""A Certificate message of that size, as far as anybody listens."""
	def script(session):
		hand = Hand12(session)
		hand.begin()
		hand.say(message(11, bytes(size))[:4] + (size - 3).to_bytes(3,
		    "big") + (size - 6).to_bytes(3, "big"))
		flood(b"\x16\3\3\x40\0" + bytes(16384), size >> 14)(session)
		session.wire.listen()
	return script


row("records-of-one", served([GOOD], step=1), None)
row("records-of-one-1.3", served([GOOD], step=1, modern=True), None)
row("records-slow", served([GOOD], step=40, pause=lambda hand:
    time.sleep(0.02)), None)
row.silent("records-too-slow", served([GOOD], step=1, pause=lambda hand:
    time.sleep(0.02)), "tls.timeout")
row("announced-16-mib", announced((1 << 24) - 1), BROKEN, shows=("too long",))
row.silent("announced-100-kib", announced(100 * 1024), "tls.timeout")

# ---- very many, and very large

for count in 9, 30, 99, 100:
	row("path-of-%d" % count, served(path_of(count), modern=count == 99),
	    None if count < 32 else (None, "cert.untidy"))
sent("100-of-one", [GOOD] * 100, "cert.untidy", text=True,
    shows=("sent 32 times or more: CN=mail.example.test;",))
sent("100-roots", [GOOD] + [ROOT] * 100, "cert.untidy")
sent("namesakes", [cert(issuer=b"Namesake"), *namesakes(100)], "cert.untidy")
sent("namesakes-of-namesakes", [cert(issuer=b"Namesake"),
    *namesakes(100, b"Namesake")], UNTRUSTED)
for count in 2, 3, 6, 10:
	sent("web-of-%d" % count, web(count), UNTRUSTED, text=count == 2,
	    shows=("in a circle",))
sent("ring-of-50", ring(50), UNTRUSTED, shows=("over 51 certificates",))
for kib in 64, 99, 101, 1000:
	sent("of-%d-kib" % kib, [large(kib * 1024)], BROKEN if kib > 99 else None)
sent("names-4000", [many_names(4000)], None, text=True)
sent("names-4000-not-ours", [many_names(4000, False)], "cert.wrong-host",
    text=True)
sent("names-10000", [cert(extensions=(hosts(*[b"a.b"] * 10000, HOST),
    LEAF[1]))], None, text=True)
sent("names-20000-empty", [cert(extensions=(hosts(*[b""] * 20000, HOST),
    LEAF[1]))], None)

# ---- what comes behind the handshake

HELLO_REQUEST = message(0, b"")
TICKET = message(4, b"\0\0\0\1" * 2 + b"\1n" + sized(2, b"ticket" * 20) +
    b"\0\0")


def times(count, step):
	def after(session):
		for _ in range(count):
			step(session.hand)
	return after


def says(data):
	return lambda hand: hand.wire.send(hand.sender.record(HANDSHAKE, data))


FLOODS = (("renegotiations", 3000, says(HELLO_REQUEST), False),
    ("tickets", 1000, says(TICKET), True),
    ("key-updates", 1000, lambda hand: hand.update(), True))
for word, count, step, modern in FLOODS:
	row(word, served([GOOD], times(count, step), modern), None)
	# a protocol has its greeting behind them, and it never comes
	row.silent("imap-" + word, served([GOOD], times(count, step), modern),
	    "greeting.timeout", args=(IMAP,))
row("renegotiation-at-once", served([GOOD], behind=((HANDSHAKE,
    HELLO_REQUEST),)), None)
row("tickets-at-once", served([GOOD], modern=True, behind=((HANDSHAKE,
    TICKET * 100),) * 20), None)
# what comes in the same segment may be seen or not
for word, want, behind in (
    ("key-update-nonsense", BROKEN, (HANDSHAKE, message(24, b"\7"))),
    ("alert", BROKEN, (ALERT, b"\2\x28")),
    ("rejection", "tls.client-certificate", (ALERT, b"\2\x74"))):
	row(word + "-at-once", served([GOOD], modern=True, behind=(behind,)),
	    (None, want))
row("garbage-behind", served([GOOD], raw(b"\xde\xad" * 10000)), (None, BROKEN))

cert_oddities.add(sent)
