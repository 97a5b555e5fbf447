# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that every protocol shares: the TLS handshake and certificates."""
from server import (by_run, close, drip, flood, hello, pause, raw, reset,
    silence, steps)


def server_hello(version):
	"""A ServerHello and no more: ECDHE-RSA-AES128-GCM-SHA256, or AES128-SHA
	below TLS 1.2, with an empty renegotiation_info (RFC 5746)."""
	suite = b"\xc0\x2f" if version >= 3 else b"\0\x2f"
	body = b"\3%c" % version + b"\x55" * 32 + b"\0" + suite + \
	    b"\0\0\5\xff\1\0\1\0"
	return b"\x16\3%c\0%c\2\0\0%c" % (version, len(body) + 4,
	    len(body)) + body


SERVER_HELLO = server_hello(3)


def too_old(s):
	"""Refuse every version that is offered, and do not say why."""
	s.run([hello, raw(b"\x15\x03\x03\0\2\2" + bytes([70])), close])


def refused(row, server):
	"""Servers whose TLS is too old: another connection tells what it is."""
	for version in ("1.0", "1.1"):
		words = "it speaks TLS %s (ECDHE-ECDSA-AES256-SHA) and nothing " \
		    "newer" % version
		row("tls-%s-only" % version, server(), "tls.version",
		    versions=(version, version), again=True, text=True,
		    shows=(words, "was not verified, "
		    "ends in", '"version": "TLSv%s"' % version,
		    '"refused": true'))
		row.starttls("tls-%s-only-starttls" % version, server(),
		    "tls.version", versions=(version, version), again=True,
		    shows=(words,), trace=True)
	row("tls-1.0-only-expired", server(), "tls.version", cert="expired",
	    versions=("1.0", "1.0"), again=True, shows=("its certificate ended",))
	row("tls-1.0-at-second", by_run(too_old, server()), "tls.version",
	    versions=("1.0", "1.0"), again=True, shows=("it speaks TLS 1.0 (",))
	alone = "does not say what it speaks"
	for name, then in (("closes", steps(hello, close)),
	    ("closes-at-once", steps(close)), ("resets", steps(hello, reset)),
	    ("is-garbage", steps(hello, raw(b"\xde\xad\xbe\xef" * 64))),
	    ("is-clear", steps(hello, raw(b"* OK {user} \x1b[31m\r\n"), close)),
	    ("refuses-too", too_old),
	    ("floods", steps(hello, flood(b"\x16\3\3\0\0" * 2000, 1000)))):
		row("tls-refused-then-" + name, by_run(too_old, then),
		    "tls.version", again=True, shows=(alone,),
		    hides=("it speaks TLS",), timeout=5)
	for name, then in (("silent", silence),
	    ("drips", steps(hello, drip(SERVER_HELLO, 0.1)))):
		row("tls-refused-then-" + name, by_run(too_old, then),
		    "tls.version", again=True, shows=(alone,), max_seconds=5)
	row("tls-refused-then-1.0-hello", by_run(too_old, steps(hello,
	    raw(server_hello(1)), hello, close)), "tls.version", again=True,
	    shows=("it speaks TLS 1.0 and nothing newer",))
	row("tls-refused-late", by_run(steps(pause(1.5), too_old), server()),
	    "tls.version", again=True, timeout=2)


def add(row, server):
	"""Add them to a table; server() is a good server of the protocol."""
	silent, starttls = row.silent, row.starttls
	row("tls-garbage", steps(hello, raw(b"\xde\xad\xbe\xef" * 64)),
	    ("tls.handshake", "tls.port-speaks-plaintext", "protocol.violation"),
	    stage="tls", secret=False)
	row("tls-hello-closed", steps(hello, close), "tls.server-setup")
	row("tls-hello-reset", steps(hello, reset),
	    ("connect.reset", "tls.server-setup", "tls.closed"),
	    stage=("connect", "tls"))
	silent("tls-silence", steps(hello), "tls.timeout")
	row("tls-half-closed", steps(hello, raw(SERVER_HELLO), close), "tls.closed")
	row("tls-half-record-closed", steps(hello, raw(SERVER_HELLO[:20]), close),
	    "tls.closed")
	silent("tls-half-silence", steps(hello, raw(SERVER_HELLO)), "tls.timeout")
	silent("tls-drip", steps(hello, drip(SERVER_HELLO, 0.05)), "tls.timeout")
	row("tls-huge-record", steps(hello, raw(b"\x16\x03\x03\xff\xff"),
	    flood(b"\0" * 65536, 1000)), "tls.handshake")
	row("tls-endless-message", steps(hello, raw(SERVER_HELLO +
	    b"\x16\3\3\0\4\x0b\xff\xff\xff"), flood(b"\x16\3\3\x40\0" +
	    b"\0" * 16384, 3000)), "tls.handshake", stage="tls")
	row("tls-endless-requests", steps(hello, raw(SERVER_HELLO),
	    flood(b"\x16\3\3\0\4\0\0\0\0" * 2000, 1000)), ("tls.handshake",
	    "tls.timeout"), timeout=5)
	row("tls-endless-empty", steps(hello, flood(b"\x16\3\3\0\0" * 2000, 1000)),
	    ("tls.handshake", "tls.timeout"), timeout=5)
	row("tls-alert-flood", steps(hello, flood(b"\x15\x03\x03\0\2\1\x5a" * 5000,
	    400)), ("tls.handshake", "tls.timeout"), timeout=5)
	for number, words, cause in (
	    (40, "handshake_failure", "tls.handshake"),
	    (80, "internal_error", ("tls.handshake", "tls.server-setup")),
	    (112, "unrecognized_name", "tls.handshake"),
	    (47, "illegal_parameter", "tls.handshake"),
	    (49, "access_denied", "tls.handshake"),
	    (70, "protocol_version", "tls.version"),
	    (116, "certificate_required", "tls.client-certificate"),
	    (255, "", "tls.handshake")):
		row("tls-alert-%d" % number, steps(hello, raw(
		    b"\x15\x03\x03\0\2\2" + bytes([number])), close), cause,
		    again=number == 70,
		    shows=(words,) if cause == "tls.handshake" else ())
	row("tls-farewell", steps(hello, raw(b"\x15\x03\x03\0\2\1\0"), close),
	    "tls.server-setup")
	refused(row, server)
	row("tls-1.0-hello", steps(hello, raw(server_hello(1)), hello, close),
	    "tls.version", shows=("1.0",))
	row("tls-ssl3-hello", steps(hello, raw(server_hello(0)), hello, close),
	    "tls.version", again=True)
	row("tls-1.2-when-1.3-asked", server(), "tls.version", versions=("1.2", "1.2"),
	    args=("--tls-min=1.3",), again=True, shows=("it speaks TLS 1.2 (",),
	    hides=("nothing newer",))
	row("tls-1.3-when-1.2-asked", server(), "tls.version", versions=("1.3", "1.3"),
	    args=("--tls-max=1.2",), again=True, shows=("it speaks TLS 1.3 (",))
	row("tls-1.2-good", server(), None, versions=("1.2", "1.2"))
	row("tls-weak-dh", server(), "tls.policy", versions=("1.2", "1.2"),
	    cert="good.rsa", ask="weak dh", again=True, text=True,
	    shows=("its Diffie-Hellman group has 1024 bits", '"dh_bits": 1024'))
	for version in ("1.2", "1.3"):
		row("tls-client-certificate-" + version, server(),
		    "tls.client-certificate", versions=(version, version),
		    ask="client certificate")
	row("long-chain", server(), "cert.untidy", cert="long-chain", secret=True)
	row("endless-chain", server(), "tls.handshake", cert="endless-chain",
	    stage="tls")
	for cert, cause in (("expired", "cert.expired"),
	    ("not-yet-valid", "cert.not-yet-valid"),
	    ("wrong-host", "cert.wrong-host"), ("self-signed", "cert.self-signed"),
	    ("untrusted", "cert.untrusted"),
	    ("incomplete", "cert.incomplete-chain"),
	    ("intercepted", "cert.intercepted"),
	    ("wrong-purpose", "cert.invalid"), ("weak-key", "cert.invalid"),
	    ("no-san", "cert.wrong-host")):
		row("cert-" + cert, server(), cause, cert=cert,
		    text=cert in ("expired", "wrong-host"))
		starttls("cert-%s-starttls" % cert, server(), cause, cert=cert)
	for cert in ("duplicate", "extra", "disorder", "extra-expired"):
		row("cert-" + cert, server(), "cert.untidy", cert=cert, secret=True,
		    text=cert == "extra")
	row("cert-clock", server(), "cert.clock", clock="2001-01-01 00:00:00")
