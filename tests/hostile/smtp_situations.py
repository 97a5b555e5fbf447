# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: what a server does, and what check_smtp_login must make of it."""
import tls_situations
from server import (clear, close, drip, flood, hello, pause, raw, reset,
    silence, steps, tls)
from situation import ANY, PASSWORD, USER, Table
from smtp_server import (EXTENSIONS, EXTENSIONS_CLEAR, EXTENSIONS_SLOW, lines,
    smtp)

row = TABLE = Table()
silent, starttls, plain = TABLE.silent, TABLE.starttls, TABLE.plain

BY_PLAIN = ("PLAIN", USER, PASSWORD)
MAIL = ("--from=a@example.test", "--rcpt=b@example.net")
SENDER = ("--from=<>",)
HOSTILE = "\x1b[31mred\x1b[0m | pipe <script>x</script> \u202eevil $(reboot) `x`"
ASKED = (rb"MAIL FROM:<a@example\.test>", rb"RCPT TO:<b@example\.net>", rb"RSET")


def slow(**more):
	"""A server without PIPELINING."""
	return smtp(offers=EXTENSIONS_SLOW, **more)


# ---- all is well, in the ways that real servers have of being well

row("good", smtp(), None, text=True, trace=True, login=BY_PLAIN,
    never=("MAIL", "RCPT", "DATA"), shows=('"hello": "EHLO"',
    '"size": 10240000', '"sender_taken": null'))
starttls("good-starttls", smtp(), None, text=True, trace=True, login=BY_PLAIN)
plain("good-plain", smtp(), None, trace=True, login=BY_PLAIN)
row("good-secret-by-env", smtp(), None, give="env", login=BY_PLAIN)
row("good-secret-by-fd", smtp(), None, give="fd", login=BY_PLAIN)
row("good-no-verify", smtp(), None, cert="self-signed",
    args=("--no-verify",))
row("good-auth-login", smtp(), None, args=("--auth=LOGIN",),
    login=("LOGIN mechanism", USER, PASSWORD), trace=True)
row("good-auth-old", smtp(offers=("AUTH=PLAIN LOGIN",)), None,
    login=BY_PLAIN)
row("good-8bit-password", smtp(), None, password="gr\u00fc\u00dfe",
    login=("PLAIN", USER, "gr\u00fc\u00dfe"), trace=True)
row("good-long-password", smtp(), None, password="x" * 600,
    login=("PLAIN", USER, "x" * 600), trace=True)
row("good-mail", smtp(), None, args=MAIL, sent=ASKED, never=("DATA",),
    text=True, trace=True, shows=('"sender_taken": true',
    '"recipient_taken": true'))
row("good-mail-slow", slow(), None, args=MAIL, sent=ASKED)
row("good-sender", smtp(), None, args=SENDER, sent=(rb"MAIL FROM:<>",),
    never=("RCPT",), shows=('"recipient_taken": null',))
row("good-utf8", smtp(), None, args=("--from=a@example.test",
    "--rcpt=\u00f6@example.net"), sent=(rb"MAIL FROM:<a@example\.test> "
    rb"SMTPUTF8",), text=True)
row("good-helo-name", smtp(), None, args=("--helo=client.example",),
    sent=(rb"EHLO client\.example",))
row("good-helo-literal", smtp(), None, args=("--helo=[IPv6:::1]",),
    sent=(rb"EHLO \[IPv6:::1\]",))
row("good-251", smtp(rcpt="251 2.1.5 will forward"), None, args=MAIL)
row("good-drip", smtp(login=drip(b"235 in\r\n", 0.02)), None)
row("good-split-crlf", smtp([raw(b"220 mx\r"), pause(0.1), raw(b"\n")]), None)
row("good-bare-lf", smtp(raw(b"220-mx\n220 ready\n")), None)
row("good-no-text", smtp("220", login="235"), None)
row("good-lines", smtp(lines("220", "a", "b", "c"), login=lines("235",
    "2.7.0 a", "2.7.0 b")), None)
row("good-quit-silent", smtp(quit=silence), None, max_seconds=3)
row("good-quit-reset", smtp(quit=reset), None)
row("good-quit-garbage", smtp(quit=raw(b"\x16\xff\0|garbage")), None)
row("good-ehlo-hostile", smtp(offers=EXTENSIONS + (HOSTILE, "AUTH " +
    HOSTILE)), None, text=True)
row("good-ehlo-doubled-lines", smtp(offers=EXTENSIONS * 3), None,
    login=BY_PLAIN)
row("good-ehlo-long-line", smtp(offers=EXTENSIONS + ("X" * 5000,)), None)
row("good-size-huge", smtp(offers=EXTENSIONS_SLOW + ("SIZE 9" + "9" * 40,)),
    None, shows=('"size": null',))
row("good-size-negative", smtp(offers=("SIZE -2147483648", "AUTH PLAIN")),
    None, shows=('"size": null',))

# ---- LMTP

LMTP = ("--lmtp",)
row("lmtp-login", smtp(), None, args=LMTP, login=BY_PLAIN,
    sent=(rb"LHLO ",), never=("EHLO", "HELO"), shows=('"hello": "LHLO"',
    '"protocol": "lmtp"'))
row("lmtp-mail", smtp(), None, args=LMTP + MAIL, sent=ASKED, text=True)
row("lmtp-unknown", smtp(lhlo="500 5.5.1 what?"), "protocol.rejected",
    args=LMTP, stage="auth", never=("HELO",), secret=False)
row("lmtp-no-such-user", smtp(rcpt="550 5.1.1 <b> no such user"),
    "submit.refused", args=LMTP + MAIL)

# ---- the greeting

row("greeting-closed", steps(tls, close), "greeting.closed")
starttls("greeting-closed-clear", steps(close), "greeting.closed",
    stage=("connect", "greeting"))
starttls("connect-reset-clear", steps(reset), "connect.reset")
silent("greeting-silence", steps(tls), "greeting.timeout")
silent("greeting-silence-clear", steps(), "greeting.timeout", tls="starttls")
silent("greeting-drip", steps(tls, drip(b"220" + b"-a" * 200, 0.2)),
    "greeting.timeout")
silent("greeting-no-last-line", smtp(raw(b"220-mx\r\n220-ready\r\n")),
    "greeting.timeout")
row("greeting-endless", steps(tls, raw(b"220 "), flood(b"a" * 65536, 1000)),
    "protocol.violation", stage="greeting", text=True)
row("greeting-endless-lines", steps(tls, flood(b"220-a\r\n" * 9000, 500)),
    "protocol.violation", stage="greeting", text=True)
row("greeting-half-closed", steps(tls, raw(b"220 mx"), close),
    "greeting.closed")
for code, cause in (("421", "greeting.unavailable"),
    ("450", "greeting.unavailable"), ("451", "greeting.unavailable"),
    ("554", "greeting.refused"), ("521", "greeting.refused"),
    ("550", "greeting.refused"), ("500", "protocol.rejected")):
	row("greeting-" + code, smtp([code + " go away", close]), cause,
	    stage="greeting", secret=False, shows=(code + " go away",))
	starttls("greeting-%s-clear" % code, smtp(code), cause,
	    stage="greeting", secret=False)
for code in ("250", "235", "334", "354", "199", "600", "2200", "22", "220x"):
	row("greeting-" + code, smtp(code + " hi"), "protocol.violation",
	    stage="greeting", secret=False)
row("greeting-limit", smtp("421 Too many concurrent SMTP connections; "
    "please try again later."), "auth.connection-limit", stage="greeting",
    secret=False)
row("greeting-two-codes", smtp(raw(b"220-mx\r\n221 bye\r\n")),
    "protocol.violation", secret=False, stage="greeting")
row("greeting-hostile", smtp("554 " + HOSTILE), "greeting.refused",
    text=True, trace=True)
row("greeting-hostile-ok", smtp("220 " + HOSTILE), None, text=True,
    trace=True)
row("greeting-nul", smtp(raw(b"220 re\0ady\r\n")),
    (None, "protocol.violation"), text=True)
row("greeting-8bit", smtp(raw(b"554 caf\xe9 \xff\xfe\xc0\x80\r\n")),
    "greeting.refused", text=True)
row("greeting-twice", smtp("220 mx\r\n220 mx"), "protocol.violation",
    secret=False)
row("greeting-then-421", smtp(["220 mx\r\n421 4.3.2 shutting down", close]),
    ("auth.unavailable", "greeting.unavailable"), secret=False)
starttls("greeting-then-421-clear", smtp(["220 mx\r\n421 4.3.2 bye", close]),
    "greeting.unavailable", secret=False)
for proto, words in (("imap", b"* OK IMAP4rev1 ready\r\n"),
    ("pop3", b"+OK POP3 ready\r\n"), ("pop3-err", b"-ERR go\r\n"),
    ("ssh", b"SSH-2.0-OpenSSH_9.2\r\n"),
    ("http", b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    ("sieve", b'"IMPLEMENTATION" "x"\r\nOK\r\n')):
	starttls("greeting-" + proto, steps(raw(words)),
	    "greeting.wrong-protocol", stage="greeting", secret=False)
starttls("greeting-ftp", smtp("220 (vsFTPd 3.0.3)",
    ehlo="530 Please login with USER and PASS."), "greeting.wrong-protocol",
    stage="greeting", secret=False)
row("greeting-garbage", steps(tls, raw(b"\xde\xad\xbe\xef\r\n" * 20)),
    "protocol.violation", stage="greeting", secret=False, text=True)

# ---- TLS and STARTTLS

row("tls-port-speaks-plaintext", steps(raw(b"220 mx\r\n"), silence),
    "tls.port-speaks-plaintext", serve="none")
silent("tls-port-speaks-tls", steps(hello, raw(b"\x15\x03\x01\0\2\2\x28")),
    ("tls.port-speaks-tls", "greeting.timeout"), tls="starttls",
    stage=("tls", "greeting"))
starttls("starttls-missing", smtp(offers_clear=("SIZE",)),
    "tls.starttls-missing")
starttls("starttls-struck-out", smtp(offers_clear=("SIZE", "XXXXXXXA")),
    "tls.starttls-missing", shows=("XXXXXXXA",), text=True)
starttls("starttls-only-auth", smtp(offers_clear=("AUTH PLAIN LOGIN",)),
    "tls.starttls-missing")
for code in ("421", "454", "500", "501", "502", "503", "530", "550", "554"):
	starttls("starttls-" + code, smtp(starttls=[code + " 4.7.0 no", close]),
	    "tls.starttls-refused", shows=(code + " 4.7.0 no",))
for code in ("250", "235", "334", "354"):
	starttls("starttls-" + code, smtp(starttls=code + " go"),
	    "protocol.violation", stage="tls", secret=False)
starttls("starttls-closed", smtp(starttls=close), "tls.closed")
starttls("starttls-reset", smtp(starttls=reset), "tls.closed")
silent("starttls-silence", smtp(starttls=silence), "tls.timeout",
    tls="starttls")
starttls("starttls-endless", smtp(starttls=[raw(b"220 "),
    flood(b"a" * 65536, 300)]), "protocol.violation", stage="tls",
    secret=False)
starttls("starttls-then-closed", smtp(starttls=["220 go", close]),
    ("tls.closed", "tls.server-setup"))
starttls("starttls-injection", smtp(starttls=[
    raw(b"220 go\r\n250 injected\r\n"), tls]), "tls.injection", text=True)
starttls("starttls-injection-ehlo", smtp(starttls=[
    raw(b"220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n"), tls]), "tls.injection")
starttls("starttls-injection-half", smtp(starttls=[
    raw(b"220 go\r\n25"), tls]), "tls.injection")
starttls("starttls-injection-later", smtp(starttls=["220 go", pause(0.2),
    clear(b"250 injected\r\n"), tls]), "tls.injection")
starttls("starttls-farewell-later", smtp(starttls=[
    raw(b"220 go\r\n421 4.3.2 bye\r\n"), close]), "tls.starttls-refused")
starttls("starttls-lies-about-auth", smtp(offers_clear=("STARTTLS",
    "AUTH PLAIN LOGIN"), offers=("AUTH GSSAPI",)), "auth.no-mechanism")
starttls("starttls-lies-about-pipelining", smtp(offers=EXTENSIONS_SLOW,
    offers_clear=EXTENSIONS_CLEAR), None, args=MAIL, sent=ASKED)
tls_situations.add(TABLE, smtp)

# ---- EHLO and HELO

starttls("ehlo-unknown-clear", smtp(ehlo="502 5.5.1 what?"),
    "tls.starttls-missing", sent=(rb"HELO ",))
row("ehlo-unknown", smtp(ehlo="500 what?"), "auth.no-mechanism",
    sent=(rb"HELO ",), text=True)
plain("ehlo-unknown-mail", smtp(ehlo="500 what?"), "auth.no-mechanism")
row("ehlo-and-helo-unknown", smtp(ehlo="500 what?", helo="500 what?"),
    "protocol.rejected", stage="auth", secret=False)
row("helo-closed", smtp(ehlo="500 what?", helo=close), "auth.closed",
    secret=False)
row("ehlo-501", smtp(ehlo="501 5.5.4 bad name"), "protocol.rejected",
    stage="auth", secret=False)
starttls("ehlo-550-clear", smtp(ehlo="550 5.7.1 go away"),
    "greeting.refused", secret=False)
starttls("ehlo-421-clear", smtp(ehlo=["421 4.7.0 busy", close]),
    "greeting.unavailable", secret=False)
row("ehlo-421", smtp(ehlo=["421 4.7.0 busy", close]), "auth.unavailable",
    secret=False)
row("ehlo-530", smtp(ehlo="530 5.7.0 no"), "auth.needs-tls", secret=False)
row("ehlo-354", smtp(ehlo="354 go"), "protocol.violation", stage="auth",
    secret=False)
row("ehlo-closed", smtp(ehlo=close), "auth.closed", secret=False)
row("ehlo-reset", smtp(ehlo=reset), "auth.closed", secret=False)
starttls("ehlo-closed-clear", smtp(ehlo=close), "greeting.closed",
    secret=False)
silent("ehlo-silence", smtp(ehlo=silence), "auth.timeout", secret=False)
silent("ehlo-silence-clear", smtp(ehlo=silence), "greeting.timeout",
    tls="starttls", secret=False)
silent("ehlo-no-last-line", smtp(ehlo=[raw(b"250-mx\r\n250-AUTH PLAIN\r\n"),
    silence]), "auth.timeout", secret=False)
silent("ehlo-drip", smtp(ehlo=drip(b"250-a\r\n" * 99, 0.1)), "auth.timeout",
    secret=False)
row("ehlo-endless-lines", smtp(ehlo=flood(b"250-X\r\n" * 9000, 500)),
    "protocol.violation", stage="auth", secret=False, text=True)
row("ehlo-endless-line", smtp(ehlo=[raw(b"250-"), flood(b"a" * 65536, 500)]),
    "protocol.violation", stage="auth", secret=False)
row("ehlo-two-codes", smtp(ehlo=raw(b"250-mx\r\n220 AUTH PLAIN\r\n")),
    "protocol.violation", stage="auth", secret=False)
row("ehlo-code-missing", smtp(ehlo=raw(b"250-mx\r\nAUTH PLAIN\r\n")),
    "protocol.violation", stage="auth", secret=False)
row("ehlo-doubled", smtp(ehlo=raw(b"250-mx\r\n250 AUTH PLAIN\r\n" * 2)),
    "protocol.violation", stage="auth", secret=None)
row("ehlo-doubled-later", smtp(ehlo=[lines("250", "mx", "AUTH PLAIN"),
    pause(0.2), lines("250", "mx", "AUTH PLAIN")]), "protocol.violation",
    stage="auth")
row("no-mechanism", smtp(offers=("AUTH GSSAPI X-SECRET",)),
    "auth.no-mechanism", shows=("GSSAPI",), text=True)
row("no-auth", smtp(offers=("SIZE",)), "auth.no-mechanism")
row("no-mechanism-wanted", smtp(offers=("AUTH LOGIN",)), "auth.no-mechanism",
    args=("--auth=PLAIN",))
plain("needs-tls", smtp(offers=("STARTTLS",)), "auth.needs-tls")
row("cleartext", smtp(), "auth.cleartext", tls="none")

# ---- every answer at the login

for name, words, cause in (
    ("535", "535 5.7.8 Authentication credentials invalid", "auth.rejected"),
    ("535-bare", "535", "auth.rejected"),
    ("535-unknown", "535 5.7.1 the moon", "auth.refused"),
    ("550", "550 5.7.1 the moon", "auth.refused"),
    ("435", "435 Unable to authenticate at present", "auth.unavailable"),
    ("454", "454 4.7.0 Temporary authentication failure", "auth.unavailable"),
    ("450", "450 4.7.1 Error: too many AUTH commands from 1.2.3.4",
     "auth.rate-limited"),
    ("421", "421 4.7.0 mx Error: too many errors", "auth.unavailable"),
    ("432", "432 4.7.12 A password transition is needed",
     "auth.no-mechanism"),
    ("504", "504 5.5.4 Unrecognized authentication type",
     "auth.no-mechanism"),
    ("534", "534 5.7.9 Authentication mechanism is too weak", "auth.policy"),
    ("538", "538 5.7.11 Encryption required", "auth.needs-tls"),
    ("530", "530 5.7.0 Must issue a STARTTLS command first",
     "auth.needs-tls"),
    ("500", "500 5.5.1 Command unrecognized", "protocol.rejected"),
    ("501", "501 5.5.2 cannot decode", "protocol.rejected"),
    ("503", "503 5.5.1 not advertised", "protocol.rejected"),
    ("525", "525 5.7.13 disabled", "auth.disabled"),
    ("tenant", "535 5.7.139 Authentication unsuccessful, "
     "SmtpClientAuthentication is disabled for the Tenant.", "auth.disabled"),
    ("basic", "535 5.7.139 Authentication unsuccessful, basic "
     "authentication is disabled.", "auth.policy"),
    ("exchange", "535 5.7.3 Authentication unsuccessful [X]",
     "auth.refused"),
    ("authorization", "535 5.7.8 Error: authentication failed: "
     "authorization failure", "auth.unauthorized"),
    ("simple", "535 5.7.0 authentication rejected: your password is too "
     "simple", "auth.expired"),
    ("exim", "535 Incorrect authentication data", "auth.rejected"),
    ("yahoo", "535 5.7.0 (#AUTH005) Too many bad auth attempts.",
     "auth.rate-limited")):
	row("login-" + name, smtp(login=[words, close]), cause, stage="auth",
	    secret=True, text=True)
row("login-gmail", smtp(login=lines("535", "5.7.8 Username and Password not "
    "accepted. For more information, go to", "5.7.8  https://x")),
    "auth.rejected", text=True)
row("login-gmail-second", smtp(login=lines("534", "5.7.9 Application-specific"
    " password required. Learn more at", "5.7.9 https://x")),
    "auth.second-factor")
row("login-hostile", smtp(login="535 5.7.1 " + HOSTILE), "auth.refused",
    text=True, trace=True)
row("login-shows-secret", smtp(login="535 5.7.1 {password} is wrong for "
    "{user}"), "auth.refused", text=True, trace=True)
row("login-shows-secret-ok", smtp(login="235 {password} taken"), None,
    text=True, trace=True)
for code in ("220", "250", "251", "354"):
	row("login-" + code, smtp(login=code + " ok"), "protocol.violation",
	    stage="auth", secret=True)
row("login-garbage", smtp(login=raw(b"\0\x01\x02\r\n")),
    "protocol.violation", stage="auth")
row("login-endless", smtp(login=[raw(b"235 "), flood(b"a" * 65536, 500)]),
    "protocol.violation", stage="auth")
row("login-closed", smtp(login=close), "auth.closed")
row("login-reset", smtp(login=reset), "auth.closed")
silent("login-silence", smtp(login=silence), "auth.timeout")
silent("login-drip", smtp(login=drip(b"235" + b"-a" * 200, 0.2)),
    "auth.timeout")
row("login-challenges", smtp(login=["334 "] * 40), "protocol.violation",
    stage="auth", args=("--auth=PLAIN",))
row("login-challenge-endless", smtp(challenge=[raw(b"334 "),
    flood(b"QUFB" * 16384, 500)]), "protocol.violation", stage="auth",
    args=("--auth=LOGIN",))
row("login-refused-at-once", smtp(auth="535 5.7.8 no"), "auth.rejected",
    args=("--auth=LOGIN",), secret=False)

# ---- every answer in the mail dialogue

for name, words, cause in (
    ("421", "421 4.3.2 bye", "submit.deferred"),
    ("450", "450 4.2.0 <b>: Recipient address rejected: Greylisted",
     "submit.deferred"),
    ("451", "451 4.3.0 local error", "submit.deferred"),
    ("452", "452 4.3.1 Insufficient system storage", "submit.deferred"),
    ("452-full", "452 4.2.2 over quota", "quota.exceeded"),
    ("454", "454 4.7.1 <b>: Relay access denied", "submit.relay-denied"),
    ("500", "500 5.5.1 what?", "protocol.rejected"),
    ("501", "501 5.1.3 bad address", "submit.refused"),
    ("502", "502 5.5.1 no", "protocol.rejected"),
    ("503", "503 5.5.1 sequence", "protocol.rejected"),
    ("530", "530 5.7.0 Authentication required", "submit.relay-denied"),
    ("530-tls", "530 5.7.0 Must issue a STARTTLS command first",
     "auth.needs-tls"),
    ("550", "550 5.1.1 no such user", "submit.refused"),
    ("550-relay", "550 relay not permitted", "submit.relay-denied"),
    ("550-daily", "550 5.4.5 Daily user sending quota exceeded.",
     "auth.rate-limited"),
    ("552", "552 5.2.2 Mailbox is full", "quota.exceeded"),
    ("552-big", "552 5.3.4 too big", "submit.refused"),
    ("553", "553 5.7.1 not owned by user bob", "submit.refused"),
    ("554", "554 5.7.1 <b>: Relay access denied", "submit.relay-denied"),
    ("555", "555 5.5.4 parameters", "protocol.rejected"),
    ("hostile", "550 " + HOSTILE, "submit.refused")):
	row("mail-" + name, smtp(mail=words), cause, stage="submit", args=MAIL,
	    secret=True, shows=('"sender_taken": false',))
	row("rcpt-" + name, smtp(rcpt=words), cause, stage="submit", args=MAIL,
	    secret=True, sent=ASKED, text=True,
	    shows=('"recipient_taken": false',))
	row("rcpt-%s-slow" % name, slow(rcpt=words), cause, stage="submit",
	    args=MAIL, secret=True, shows=('"sender_taken": true',))
for name in ("mail", "rcpt", "rset"):
	row(name + "-closed", slow(**{name: close}), "submit.closed", args=MAIL)
	row(name + "-reset", slow(**{name: reset}), "submit.closed", args=MAIL)
	silent(name + "-silence", slow(**{name: silence}), "submit.timeout",
	    args=MAIL)
	silent(name + "-silence-one-write", smtp(**{name: silence}),
	    "submit.timeout", args=MAIL)
	row(name + "-354", smtp(**{name: "354 go"}), "protocol.violation",
	    args=MAIL, stage="submit")
	row(name + "-garbage", smtp(**{name: raw(b"\xff\xfe|\r\n")}),
	    "protocol.violation", args=MAIL, stage="submit", text=True)
	row(name + "-endless", smtp(**{name: [raw(b"250 "),
	    flood(b"a" * 65536, 300)]}), "protocol.violation", args=MAIL,
	    stage="submit")
	row(name + "-endless-lines", smtp(**{name: flood(b"250-a\r\n" * 9000,
	    300)}), "protocol.violation", args=MAIL, stage="submit")
row("mail-doubled", slow(mail="250 ok\r\n250 ok"), "protocol.violation",
    args=MAIL, stage="submit")
row("no-smtputf8", slow(), "submit.refused", args=("--from=\u00f6@example",),
    shows=("SMTPUTF8",), never=("MAIL",), text=True)

# ---- states that the caller turns round, signals, several runs

silent("timeout-result", smtp(login=silence), "auth.timeout",
    args=("--timeout-result=unknown",), state="UNKNOWN")
row("expect-cause", smtp(login="535 5.7.8 no"), ANY,
    args=("--expect-cause=auth.rejected",), state="OK", stage=ANY)
row("slow", smtp(rcpt=[pause(0.3), "250 ok"]), "slow",
    args=MAIL + ("-w", "submit=100ms"), stage=ANY)
row("certificate-ends", smtp(), "cert.expiring", args=("-D", "400"), secret=True,
    stage=ANY)
row("terminated", smtp(login=silence), "auth.timeout", terminate=1.0,
    max_seconds=4, text=True)
row("scram-good", smtp(offers=("AUTH SCRAM-SHA-256",)), None,
    args=("--auth=SCRAM-SHA-256",), module=True, secret=False)
row("scram-liar", smtp(offers=("AUTH SCRAM-SHA-256",), scram="lie"),
    "auth.server-unproven", args=("--auth=SCRAM-SHA-256",), module=True,
    secret=False)
row("backoff", smtp(login="535 5.7.8 no"), "auth.rejected", runs=(
    dict(), dict(want="auth.backoff", connects=False),
    dict(password="another-Secret-9", want="auth.rejected")),
    args=("--backoff=15m",))
