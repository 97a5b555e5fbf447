# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: how TLS is started, or not, in every protocol that can.

For a check with --protocol=NAME whose session ends when TLS is up, or behind
what the server offers then.
"""
from dialect_servers import (END, FEATURES, PROCEED, STREAM, error, extended,
    ftp, ldap, nntp, notice, postgres, sieve, xmpp, xmpp_server)
from pop3_server import pop3
from server import close, drip, flood, imap, pause, raw, reset, steps, tls
from situation import Table
from smtp_server import smtp

TABLE = Table()

SSH = raw(b"SSH-2.0-OpenSSH_9.2p1\r\n")
HTTP = raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")
ALERT = raw(b"\x15\x03\x03\0\2\2\x0a")
HOSTILE = b"\x1b[31mred\x1b[0m / <script>x</script> \xe2\x80\xaeevil $(reboot)"

# name, server, yes to STARTTLS, something of the protocol that may come no more
DIALECTS = (
    ("imap", imap, "{tag} OK go", b"* CAPABILITY IMAP4rev1\r\n"),
    ("pop3", pop3, "+OK go", b"+OK in\r\n"),
    ("smtp", smtp, "220 go", b"250 ok\r\n"),
    ("lmtp", smtp, "220 go", b"250 ok\r\n"),
    ("sieve", sieve, "OK", b'"SASL" "PLAIN"\r\n'),
    ("ldap", ldap, raw(extended(0)), extended(0, message=2)),
    ("ftp", ftp, "234 go", b"230 in\r\n"),
    ("nntp", nntp, "382 go", b"281 in\r\n"),
    ("xmpp", xmpp, raw(PROCEED), FEATURES),
    ("xmpp-server", xmpp_server, raw(PROCEED), b"\n<a/>"),
    ("postgres", postgres, raw(b"S"), b"R\0\0\0\x08\0\0\0\0"))
# STLS and AUTH TLS are heard under that name, too
REACTION = {"pop3": "stls"}
# what they say when they are told that TLS is up, and we want no more
SILENT = ("xmpp", "xmpp-server", "postgres")


def row(dialect, name, script, want, **more):
	TABLE("%s-%s" % (dialect, name), script, want, tls="starttls",
	    args=("--protocol=" + dialect, *more.pop("args", ())),
	    farewell=dialect not in SILENT, secret=False, **more)


def together(answer, behind):
	"""The answer and what comes behind it, in one segment."""
	def step(session):
		sent, send = [], session.wire.send
		session.wire.send = sent.append
		session.run(answer)
		session.wire.send = send
		send(b"".join(sent) + behind)
	return step


def shared(dialect, make, yes, more):
	"""What may happen in every protocol."""
	def at_starttls(*reaction):
		return make(**{REACTION.get(dialect, "starttls"): list(reaction)})

	row(dialect, "good", make(), None, text=True, trace=True)
	row(dialect, "injected", at_starttls(together(yes, more), tls),
	    "tls.injection", text=True)
	row(dialect, "injected-later", at_starttls(yes, pause(0.2), raw(more),
	    close), "tls.injection")
	row(dialect, "hangs-up-on-tls", at_starttls(yes, close),
	    ("tls.server-setup", "tls.closed"))
	row(dialect, "closed-at-starttls", at_starttls(close),
	    ("tls.closed", "greeting.closed"))
	row(dialect, "silent-at-starttls", at_starttls(lambda s:
	    s.wire.listen()), ("tls.timeout", "greeting.timeout"), timeout=2)
	row(dialect, "expired", make(), "cert.expired", cert="expired")
	row(dialect, "wrong-host", make(), "cert.wrong-host", cert="wrong-host")
	row(dialect, "old-tls", make(), "tls.version", versions=("1.0", "1.0"),
	    again=True, shows=("it speaks TLS 1.0 (",))
	row(dialect, "silent", steps(), "greeting.timeout", timeout=2)
	row(dialect, "closed", steps(pause(0.1), close), "greeting.closed")
	row(dialect, "reset", steps(pause(0.1), reset),
	    ("greeting.closed", "connect.reset"), stage=("greeting", "connect"))
	row(dialect, "ssh", steps(SSH), "greeting.wrong-protocol", text=True)
	row(dialect, "http", steps(HTTP), "greeting.wrong-protocol")
	row(dialect, "tls-at-once", steps(ALERT), "tls.port-speaks-tls")
	row(dialect, "endless-line", steps(flood(b"x" * 65536, 1000)),
	    "protocol.violation")
	row(dialect, "drip", steps(drip(b"0" * 10000, 0.01)), (
	    "greeting.timeout", "protocol.violation"), timeout=2)


for each in DIALECTS:
	shared(*each)

# ---- what is not offered, and what is refused

row("imap", "missing", imap(caps_clear="IMAP4rev1"), "tls.starttls-missing")
row("sieve", "missing", sieve(raw(b'"SIEVE" "x"\r\nOK\r\n')),
    "tls.starttls-missing")
row("nntp", "missing", nntp(capabilities=raw(b"101 list\r\nREADER\r\n.\r\n")),
    "tls.starttls-missing")
row("nntp", "unknown", nntp(capabilities="500 what?", starttls="500 what?"),
    "tls.starttls-missing", shows=("500 what?",))
row("nntp", "no-list", nntp(capabilities="500 what?"), None)
row("ftp", "unknown", ftp(starttls="500 AUTH?"), "tls.starttls-missing",
    shows=("500 AUTH?",))
row("ftp", "old-yes", ftp(starttls=["334 go", tls]), None)
row("ldap", "unknown", ldap(starttls=raw(extended(2, b"unsupported"))),
    "tls.starttls-missing", shows=("protocolError (2)", "unsupported"))
row("postgres", "no", postgres(starttls=raw(b"N")), "tls.starttls-missing")
row("xmpp", "missing", xmpp(stream=raw(STREAM +
    b"<stream:features><bind/></stream:features>")), "tls.starttls-missing")
row("xmpp", "old", xmpp(stream=raw(b"<stream:stream id='1'>")),
    "tls.starttls-missing")
for dialect, script in (
    ("sieve", sieve(starttls=raw(b'NO "no key"\r\n'))),
    ("sieve", sieve(starttls=raw(b'OK\r\nBYE "no key"\r\n'))),
    ("ftp", ftp(starttls="431 no key")),
    ("ftp", ftp(starttls="534 no key")),
    ("nntp", nntp(starttls="580 no key")),
    ("ldap", ldap(starttls=raw(extended(52, b"no key"))))):
	row(dialect, "refused", script, "tls.starttls-refused",
	    shows=("no key",), text=True)
row("xmpp", "refused", xmpp(starttls=raw(b"<failure xmlns='x'/>" + END)),
    "tls.starttls-refused")
row("xmpp", "ended", xmpp(starttls=raw(PROCEED + END)),
    "tls.starttls-refused")

# ---- greetings that send us away

for dialect, script, cause in (
    ("sieve", raw(b'BYE (TRYLATER) "later"\r\n'), "greeting.unavailable"),
    ("ftp", raw(b"421 later\r\n"), "greeting.unavailable"),
    ("ftp", raw(b"421 too many connections\r\n"), "auth.connection-limit"),
    ("ftp", raw(b"530 denied\r\n"), "greeting.refused"),
    ("nntp", raw(b"400 later\r\n"), "greeting.unavailable"),
    ("nntp", raw(b"502 no\r\n"), "greeting.refused"),
    ("ldap", raw(notice(52, b"later")), "greeting.unavailable"),
    ("postgres", raw(error(b"53300", b"full")), "auth.connection-limit"),
    ("postgres", raw(error(b"57P03", b"later")), "greeting.unavailable"),
    ("postgres", raw(b"Ecould not fork\n\0"), "greeting.unavailable"),
    ("xmpp", raw(STREAM + b"<stream:error><host-unknown/></stream:error>" +
     END), "greeting.refused"),
    ("xmpp", raw(STREAM + b"<stream:error><system-shutdown/></stream:error>" +
     END), "greeting.unavailable")):
	row(dialect, "sent-away", steps(pause(0.1), script), cause,
	    stage="greeting")

# ---- hostile words, and more than anybody sends

row("sieve", "hostile-words", steps(raw(b'BYE "' + HOSTILE + b'"\r\n')),
    "greeting.unavailable", text=True, trace=True)
row("ftp", "hostile-words", steps(raw(b"421 " + HOSTILE + b"\r\n")),
    "greeting.unavailable", text=True, trace=True)
row("ldap", "hostile-words", ldap(starttls=raw(extended(52, HOSTILE))),
    "tls.starttls-refused", text=True, trace=True)
row("postgres", "hostile-words", postgres(starttls=raw(error(b"57P03",
    HOSTILE))), "greeting.unavailable", text=True, trace=True)
row("xmpp", "hostile-words", xmpp(stream=raw(STREAM + b"<stream:error>"
    b"<reset/><text>" + HOSTILE.replace(b"<", b"(") +
    b"</text></stream:error>")), "greeting.unavailable", text=True, trace=True)
row("sieve", "endless-capabilities", steps(flood(b'"X" "y"\r\n' * 6000,
    1000)), "protocol.violation")
row("sieve", "huge-literal", steps(raw(b'"X" {4294967295}\r\n'),
    flood(b"x" * 65536, 1000)), "protocol.violation")
row("ftp", "endless-reply", steps(flood(b"220-x\r\n" * 6000, 1000)),
    "protocol.violation")
row("ftp", "endless-replies", steps(flood(b"120 x\r\n" * 6000, 1000)),
    "protocol.violation")
row("nntp", "endless-list", nntp(capabilities=[raw(b"101 x\r\n"),
    flood(b"X\r\n" * 6000, 1000)]), "protocol.violation")
row("ldap", "huge-message", steps(raw(b"0\x84\xff\xff\xff\xff"),
    flood(b"x" * 65536, 1000)), "protocol.violation")
row("ldap", "endless-length", steps(raw(b"0\x80"), flood(b"0\x80" * 30000,
    100)), "protocol.violation")
row("xmpp", "deep", steps(raw(STREAM), flood(b"<a>" * 20000, 100)),
    "protocol.violation")
row("xmpp", "entities", steps(raw(b"<!DOCTYPE a [<!ENTITY b 'c'>]>")),
    "greeting.wrong-protocol")
row("xmpp", "endless-stanzas", steps(raw(STREAM), flood(b"<a/>" * 10000,
    1000)), "protocol.violation")
row("xmpp", "endless-space", steps(raw(STREAM), flood(b" " * 65536, 1000)),
    "protocol.violation")
row("postgres", "huge-error", steps(raw(b"E\x7f\xff\xff\xff"),
    flood(b"x" * 65536, 1000)), "protocol.violation")
