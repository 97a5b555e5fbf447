# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: what a server does, and what check_pop3_login must make of it."""
import tls_situations
from pop3_server import (CAPA, CAPA_SLOW, STAMP, lines, pop3,
    stuffed)
from server import (MESSAGE, clear, close, drip, flood, hello, pause, raw,
    reset, silence, steps, tls)
from situation import ANY, PASSWORD, USER, Table

row = TABLE = Table()
silent, starttls, plain = TABLE.silent, TABLE.starttls, TABLE.plain

BY_USER = ("USER", USER, PASSWORD)
BY_PLAIN = ("PLAIN", USER, PASSWORD)
FETCH = ("--fetch",)
HOSTILE = "\x1b[31mred\x1b[0m | pipe <script>x</script> \u202eevil $(reboot) `x`"


def no_pipelining(**more):
	return pop3(offers=CAPA_SLOW, **more)


# ---- all is well, in the ways that real servers have of being well

row("good", pop3(), None, text=True, trace=True, login=BY_USER)
row("good-slow", no_pipelining(), None, text=True, trace=True, login=BY_USER)
starttls("good-stls", pop3(), None, text=True, trace=True, login=BY_USER)
plain("good-plain", pop3(offers=("USER",)), None, trace=True, login=BY_USER)
plain("good-plain-sasl", pop3(), None, "--auth=PLAIN", trace=True,
    login=BY_PLAIN)
row("good-secret-by-env", pop3(), None, give="env", login=BY_USER)
row("good-secret-by-fd", pop3(), None, give="fd", login=BY_USER)
row("good-secret-crlf", pop3(), None, give="file-crlf", login=BY_USER)
row("good-fetch", pop3(), None, args=FETCH, sent=(rb"UIDL", rb"LIST",
    rb"RETR 3"), shows=('"messages": 1', '"resized": 0',
    '"uid_duplicates": 0'), text=True)
row("good-fetch-all", pop3(), None, args=("--fetch=9",), sent=(rb"RETR 3",
    rb"RETR 2", rb"RETR 1"))
row("good-fetch-empty", pop3(stat="+OK 0 0"), None, args=FETCH,
    never=("RETR", "UIDL", "LIST"), text=True)
row("good-no-verify", pop3(), None, cert="self-signed",
    args=("--no-verify",))
row("good-auth-plain", pop3(), None, args=("--auth=PLAIN",), login=BY_PLAIN,
    sent=(rb"AUTH PLAIN \S+",), trace=True)
row("good-auth-plain-slow", no_pipelining(), None, args=("--auth=PLAIN",),
    login=BY_PLAIN, trace=True)
row("good-auth-login", pop3(), None, args=("--auth=LOGIN",),
    login=("LOGIN mechanism", USER, PASSWORD), trace=True)
row("good-apop", pop3("+OK ready " + STAMP), None, args=("--auth=APOP",),
    login=("APOP", USER, ""), trace=True)
plain("good-apop-clear", pop3("+OK ready " + STAMP), None, "--auth=APOP",
    login=("APOP", USER, ""), trace=True)
row("good-8bit-password", no_pipelining(), None, password="gr\u00fc\u00dfe",
    login=("PLAIN", USER, "gr\u00fc\u00dfe"), trace=True)
row("good-long-password", pop3(), None, password="x" * 300,
    login=("PLAIN", USER, "x" * 300), trace=True)
row("good-drip", no_pipelining(stat=drip(b"+OK 3 900\r\n", 0.02)), None)
row("good-split-crlf", pop3([raw(b"+OK ready\r"), pause(0.1), raw(b"\n")]),
    None)
row("good-bare-lf", pop3(raw(b"+OK ready\n")), None)
row("good-bare-lf-list", no_pipelining(list=raw(b"+OK\n1 5\n2 5\n3 5\n.\n")),
    None, args=FETCH)
row("good-lower-case", pop3("+ok ready", user="+ok", login="+ok in"), None)
row("good-no-text", pop3("+OK", user="+OK", login="+OK"), None)
row("good-stat-words", pop3(stat="+OK 3 messages (900 octets)"), None,
    shows=('"mailbox_bytes": null',))
row("good-stat-extra", pop3(stat="+OK 3 900 and more"), None)
row("good-stat-2^31", pop3(stat="+OK 2147483648 1"), None,
    shows=('"messages": 2147483648',))
row("good-stat-negative-size", pop3(stat="+OK 3 -2147483648"), None,
    shows=('"messages": 3', '"mailbox_bytes": null'))
row("good-uidl-refused", pop3(uidl="-ERR no"), None, args=FETCH)
row("good-uidl-doubled", pop3(uidl=lines("1 a", "2 a", "3 a")), None,
    args=FETCH, shows=('"uid_duplicates": 2',))
row("good-uidl-odd", pop3(uidl=lines("1", "x", "", "3 \x1b[1m|<b>")), None,
    args=FETCH, text=True)
row("good-quit-silent", pop3(quit=silence), None, max_seconds=3)
row("good-quit-reset", pop3(quit=reset), None)
row("good-quit-garbage", pop3(quit=raw(b"\x16\xff\0|garbage")), None)
row("good-capa-hostile", pop3(offers=CAPA + (HOSTILE, "SASL " + HOSTILE)),
    None, text=True)
row("good-capa-doubled", pop3(offers=CAPA * 3), None, login=BY_USER)
row("good-capa-long-line", pop3(offers=CAPA + ("X" * 5000,)), None)
row("good-sizes-differ", pop3(list=lines("1 1", "2 1", "3 1")), None,
    args=FETCH, shows=('"resized": 1',))

# ---- the greeting

row("greeting-closed", steps(tls, close), "greeting.closed")
starttls("greeting-closed-clear", steps(close), "greeting.closed",
    stage=("connect", "greeting"))
starttls("connect-reset-clear", steps(reset), "connect.reset")
silent("greeting-silence", steps(tls), "greeting.timeout")
silent("greeting-silence-clear", steps(), "greeting.timeout", tls="starttls")
silent("greeting-drip", steps(tls, drip(b"+OK" + b" a" * 200, 0.2)),
    "greeting.timeout")
row("greeting-endless", steps(tls, raw(b"+OK "), flood(b"a" * 65536, 1000)),
    "protocol.violation", stage="greeting", text=True)
row("greeting-half-closed", steps(tls, raw(b"+OK rea"), close),
    "greeting.closed")
row("greeting-refused", pop3(["-ERR [SYS/PERM] go away", close]),
    "greeting.refused", shows=("go away",))
row("greeting-temporary", pop3(["-ERR [SYS/TEMP] maintenance", close]),
    "greeting.unavailable", shows=("maintenance",))
row("greeting-blocked", pop3("-ERR your address is blocked"),
    "greeting.refused", text=True)
row("greeting-busy", pop3("-ERR too many connections"),
    "auth.connection-limit", stage="greeting", secret=False)
row("greeting-unknown-words", pop3("-ERR hm"), "greeting.unavailable",
    shows=("hm",))
row("greeting-hostile", pop3("-ERR " + HOSTILE), "greeting.unavailable",
    text=True, trace=True)
row("greeting-hostile-ok", pop3("+OK " + HOSTILE), None, text=True,
    trace=True)
row("greeting-nul", pop3(raw(b"+OK re\0ady\r\n")),
    (None, "protocol.violation"), text=True)
row("greeting-8bit", pop3(raw(b"-ERR caf\xe9 \xff\xfe\xc0\x80\r\n")),
    "greeting.unavailable", text=True)
row("greeting-twice", pop3("+OK ready\r\n+OK ready"), "protocol.violation",
    secret=False)
row("greeting-challenge", pop3("+ ready"), "protocol.violation",
    secret=False)
for proto, words in (("smtp", b"220 mail.example.test ESMTP ready\r\n"),
    ("imap", b"* OK IMAP4rev1 ready\r\n"),
    ("imap-bye", b"* BYE go\r\n"), ("ssh", b"SSH-2.0-OpenSSH_9.2\r\n"),
    ("http", b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    ("sieve", b'"IMPLEMENTATION" "x"\r\nOK\r\n')):
	starttls("greeting-" + proto, steps(raw(words)),
	    "greeting.wrong-protocol", stage="greeting", secret=False)
row("greeting-imap-in-tls", steps(tls, raw(b"* OK IMAP4\r\n")),
    "greeting.wrong-protocol")
row("greeting-garbage", steps(tls, raw(b"\xde\xad\xbe\xef\r\n" * 20)),
    "protocol.violation", stage="greeting", secret=False, text=True)

# ---- TLS and STLS

row("tls-port-speaks-plaintext", steps(raw(b"+OK ready\r\n"), silence),
    "tls.port-speaks-plaintext", serve="none")
silent("tls-port-speaks-tls", steps(hello, raw(b"\x15\x03\x01\0\2\2\x28")),
    ("tls.port-speaks-tls", "greeting.timeout"), tls="starttls",
    stage=("tls", "greeting"))
starttls("stls-missing", pop3(offers_clear=("TOP", "UIDL")),
    "tls.starttls-missing")
starttls("stls-stripped", pop3(offers_clear=("TOP", "XXXX", "USER")),
    "tls.starttls-missing")
starttls("stls-refused", pop3(stls="-ERR [SYS/TEMP] no certificate"),
    "tls.starttls-refused", shows=("no certificate",))
starttls("stls-refused-closed", pop3(stls=["-ERR no", close]),
    "tls.starttls-refused")
starttls("stls-closed", pop3(stls=close), "tls.closed")
silent("stls-silence", pop3(stls=silence), "tls.timeout", tls="starttls")
starttls("stls-then-closed", pop3(stls=["+OK go", close]),
    ("tls.closed", "tls.server-setup"))
starttls("stls-injection", pop3(stls=[raw(b"+OK go\r\n+OK injected\r\n"),
    tls]), "tls.injection", text=True)
starttls("stls-injection-later", pop3(stls=["+OK go", pause(0.2),
    clear(b"+OK injected\r\n"), tls]), "tls.injection")
starttls("stls-injection-capa", pop3(stls=[
    raw(b"+OK go\r\n+OK\r\nUSER\r\n.\r\n"), tls]), "tls.injection")
starttls("stls-no-capa", pop3(capa="-ERR what?"), None, login=BY_USER)
starttls("stls-no-capa-refused", pop3(capa="-ERR what?", stls="-ERR what?"),
    "tls.starttls-missing")
starttls("stls-apop-of-clear", pop3("+OK ready " + STAMP),
    "auth.no-mechanism", args=("--auth=APOP",))
starttls("stls-lies-about-capa", pop3(offers_clear=("STLS", "SASL PLAIN",
    "USER"), offers=("SASL GSSAPI",)), "auth.no-mechanism")
tls_situations.add(TABLE, pop3)

# ---- CAPA

row("capa-none", pop3(capa="-ERR what?"), None, login=BY_USER)
row("capa-empty", pop3(offers=()), "auth.no-mechanism")
row("capa-temporary", pop3(capa=["-ERR [SYS/TEMP] later", close]),
    "auth.unavailable", secret=False)
row("capa-closed", pop3(capa=close), "auth.closed", secret=False)
row("capa-reset", pop3(capa=reset), "auth.closed", secret=False)
silent("capa-silence", pop3(capa=silence), "auth.timeout", secret=False)
silent("capa-no-end", pop3(capa=[raw(b"+OK\r\nUSER\r\n"), silence]),
    "auth.timeout", secret=False)
silent("capa-silence-clear", pop3(capa=silence), "greeting.timeout",
    tls="starttls", secret=False)
starttls("capa-closed-clear", pop3(capa=close), "greeting.closed",
    secret=False)
row("capa-endless-lines", pop3(capa=[raw(b"+OK\r\n"),
    flood(b"X\r\n" * 20000, 500)]), "protocol.violation", secret=False)
row("capa-endless-line", pop3(capa=[raw(b"+OK\r\n"),
    flood(b"a" * 65536, 500), raw(b"\r\n.\r\n")]),
    (None, "auth.no-mechanism"), timeout=20)
row("capa-endless-status", pop3(capa=[raw(b"+OK "),
    flood(b"a" * 65536, 500)]), "protocol.violation", secret=False)
row("capa-dots", pop3(capa=[raw(b"+OK\r\nUSER\r\n" + b"..\r\n" * 300 +
    b".\r\n")]), None)
row("no-mechanism", pop3(offers=("SASL GSSAPI X-SECRET",)),
    "auth.no-mechanism", shows=("GSSAPI",), text=True)
row("no-mechanism-wanted", pop3(offers=("USER", "SASL LOGIN")),
    "auth.no-mechanism", args=("--auth=PLAIN",))
row("no-mechanism-apop", pop3(), "auth.no-mechanism", args=("--auth=APOP",))
plain("needs-tls", pop3(offers=("TOP", "STLS")), "auth.needs-tls")
row("cleartext", pop3(offers=("USER",)), "auth.cleartext", tls="none")
row("cleartext-apop", pop3("+OK " + STAMP), "auth.cleartext", tls="none",
    args=("--auth=APOP",))

# ---- every answer at the login

for name, words, cause in (
    ("auth", "[AUTH] no", "auth.rejected"),
    ("in-use", "[IN-USE] locked", "mailbox.in-use"),
    ("login-delay", "[LOGIN-DELAY] wait", "auth.rate-limited"),
    ("sys-temp", "[SYS/TEMP] later", "auth.unavailable"),
    ("sys-perm", "[SYS/PERM] broken", "auth.unavailable"),
    ("unknown", "the moon", "auth.refused"),
    ("unknown-code", "[XYZ] the moon", "auth.refused"),
    ("gmail-limit", "[AUTH] Account exceeded pop command or bandwidth limits",
     "auth.rate-limited"),
    ("gmail-second", "[AUTH] Application-specific password required: x",
     "auth.second-factor"),
    ("gmail-web", "[AUTH] Web login required: x", "auth.policy"),
    ("expired", "your password has expired", "auth.expired"),
    ("off", "pop access not enabled for account", "auth.disabled"),
    ("tls", "TLS required to log in.", "auth.needs-tls"),
    ("noauthz", "[AUTH] authenticating: authorization failure",
     "auth.unauthorized"),
    ("limit", "[IN-USE] Maximum number of connections from user+IP exceeded",
     "auth.connection-limit"),
    ("offence", "Protocol error. Connection is closed. 10",
     "protocol.rejected"),
    ("maildrop", "[SYS/TEMP] Unable to open maildrop: System I/O error",
     "auth.unavailable"),
    ("maildrop-gone", "[SYS/PERM] Unable to open maildrop: no such mailbox",
     "mailbox.unavailable")):
	row("login-" + name, pop3(login="-ERR " + words), cause, stage="auth",
	    secret=True)
	row("login-%s-slow" % name, no_pipelining(login=["-ERR " + words,
	    close]), cause, stage="auth", secret=True)
row("login-hostile", pop3(login="-ERR " + HOSTILE), "auth.refused",
    text=True, trace=True)
row("login-shows-secret", no_pipelining(login="-ERR PASS {password} is wrong"
    " for {user}"), "auth.refused", text=True, trace=True)
row("login-shows-secret-ok", pop3(login="+OK {password} taken"), None,
    text=True, trace=True)
row("login-user-refused", pop3(user="-ERR [AUTH] who?"), "auth.rejected")
row("login-user-refused-slow", no_pipelining(user="-ERR never heard of"),
    "auth.refused", secret=False)
row("login-challenge", no_pipelining(login="+ more"), "protocol.violation",
    stage="auth")
row("login-garbage", no_pipelining(login=raw(b"\0\x01\x02\r\n")),
    "protocol.violation", stage="auth")
row("login-endless", no_pipelining(login=[raw(b"+OK "),
    flood(b"a" * 65536, 500)]), "protocol.violation", stage="auth")
row("login-closed", pop3(login=close), "auth.closed")
row("login-closed-slow", no_pipelining(login=close), "auth.closed")
row("login-reset", no_pipelining(login=reset), "auth.closed")
silent("login-silence", pop3(login=silence), "auth.timeout")
silent("login-drip", no_pipelining(login=drip(b"+OK" + b" a" * 200, 0.2)),
    "auth.timeout")
row("login-ok-twice", no_pipelining(login="+OK in\r\n+OK in"),
    "protocol.violation", stage="mailbox")
row("auth-challenge-endless", pop3(challenge=[raw(b"+ "),
    flood(b"QUFB" * 16384, 500)]), "protocol.violation", stage="auth",
    args=("--auth=LOGIN",))
row("auth-challenges", pop3(login=["+ "] * 40), "protocol.violation",
    stage="auth", args=("--auth=PLAIN",))
row("auth-refused-at-once", no_pipelining(auth="-ERR [AUTH] no"),
    "auth.rejected", args=("--auth=PLAIN",), secret=False)

# ---- in, and out again at once

for name, words, cause in (
    ("temp", "[SYS/TEMP] Internal error occurred", "mailbox.unavailable"),
    ("perm", "[SYS/PERM] broken", "mailbox.unavailable"),
    ("unknown", "good bye", "mailbox.unavailable"),
    ("in-use", "[IN-USE] Mailbox is locked by another POP3 session.",
     "mailbox.in-use"),
    ("off", "[SYS/PERM] Your account is not enabled for POP access.",
     "auth.disabled"),
    ("forbidden", "[SYS/PERM] Permission denied", "mailbox.forbidden"),
    ("damaged", "[SYS/TEMP] Mailbox has an invalid format",
     "mailbox.damaged"),
    ("quota", "[SYS/TEMP] Quota exceeded (mailbox for user is full)",
     "quota.exceeded"),
    ("near", "[SYS/TEMP] Mailbox is at 98% of quota", "quota.near")):
	for how, make in (("", pop3), ("-slow", no_pipelining)):
		row("out-%s%s" % (name, how), make(login=[
		    raw(b"+OK Logged in.\r\n-ERR " + words.encode() + b"\r\n"),
		    close]), cause, stage="mailbox", secret=True)
	row("stat-" + name, no_pipelining(stat="-ERR " + words), cause,
	    stage="mailbox", secret=True)

# ---- the maildrop

row("stat-none", pop3(stat="+OK"), "protocol.violation", stage="mailbox")
row("stat-words", pop3(stat="+OK no messages"), "protocol.violation",
    stage="mailbox", text=True)
row("stat-negative", pop3(stat="+OK -3 900"), "protocol.violation",
    stage="mailbox")
row("stat-2^64", pop3(stat="+OK 18446744073709551616 0"),
    "protocol.violation", stage="mailbox")
row("stat-hostile", pop3(stat="+OK " + HOSTILE), "protocol.violation",
    stage="mailbox", text=True)
row("stat-closed", no_pipelining(stat=close), "mailbox.closed")
row("stat-reset", no_pipelining(stat=reset), "mailbox.closed")
silent("stat-silence", pop3(stat=silence), "mailbox.timeout")
row("stat-http", no_pipelining(stat=raw(b"HTTP/1.1 500 Oops\r\n\r\n")),
    "protocol.violation", stage="mailbox")
row("list-fewer", pop3(list=lines("1 5", "3 5")), "mailbox.degraded",
    args=FETCH, shows=("counts 3 messages by STAT and lists 2",))
row("list-more", pop3(list=lines("1 5", "2 5", "3 5", "4 5")),
    "mailbox.degraded", args=FETCH)
row("list-odd", pop3(list=lines("1 -5", "two 5", "", "99999999999999999999 1",
    "3 5")), "mailbox.degraded", args=FETCH, text=True)
row("list-refused", pop3(list="-ERR [SYS/TEMP] no"), "mailbox.unavailable",
    args=FETCH)
row("list-endless", pop3(list=[raw(b"+OK\r\n"), flood(b"1 1\r\n" * 13000,
    400), silence]), ("protocol.violation", "mailbox.timeout"), args=FETCH,
    timeout=8, stage="mailbox")
row("uidl-endless-line", pop3(uidl=[raw(b"+OK\r\n1 "),
    flood(b"a" * 65536, 200), raw(b"\r\n.\r\n")]), None, args=FETCH,
    timeout=20)
row("uidl-million", pop3(uidl=[raw(b"+OK\r\n"), flood(b"".join(
    b"%d u%d\r\n" % (n, n) for n in range(1000)), 500), raw(b".\r\n")]), None,
    args=FETCH, timeout=20)
silent("uidl-silence", pop3(uidl=silence), "mailbox.timeout", args=FETCH)
row("uidl-closed", pop3(uidl=[raw(b"+OK\r\n1 a\r\n"), close]),
    "mailbox.closed", args=FETCH)
silent("list-no-end", pop3(list=[raw(b"+OK\r\n1 5\r\n"), silence]),
    "mailbox.timeout", args=FETCH)

# ---- the download

row("retr-refused", pop3(retr="-ERR no such message"), "fetch.refused",
    args=FETCH, shows=("message 3",))
row("retr-temporary", pop3(retr="-ERR [SYS/TEMP] storage"), "fetch.refused",
    args=FETCH)
row("retr-2^31", pop3(stat="+OK 2147483648 1", list=lines("2147483648 1"),
    retr="-ERR no such message"), "fetch.refused", args=FETCH,
    sent=(rb"RETR 2147483648",))
row("retr-closed", pop3(retr=[raw(b"+OK\r\nFrom: a\r\n"), close]),
    "fetch.incomplete", args=FETCH, shows=("9 bytes came",))
row("retr-reset", pop3(retr=reset), "fetch.incomplete", args=FETCH)
silent("retr-silence", pop3(retr=silence), "fetch.timeout", args=FETCH)
silent("retr-no-end", pop3(retr=[raw(b"+OK\r\n" + MESSAGE), silence]),
    "fetch.timeout", args=FETCH)
silent("retr-drip", pop3(retr=drip(stuffed(MESSAGE) * 9, 0.05)),
    "fetch.timeout", args=FETCH)
row("retr-empty", pop3(retr=raw(b"+OK\r\n.\r\n")), "fetch.malformed",
    args=FETCH)
row("retr-no-header", pop3(message=b"\r\nbody\r\n"), "fetch.malformed",
    args=FETCH)
row("retr-nul", pop3(message=b"From: a\r\n\r\na\0b\r\n"), "fetch.malformed",
    args=FETCH, text=True)
row("retr-dots", pop3(message=b"From: a\r\n\r\n" + b".\r\n..\r\n...\r\n" *
    2000), None, args=FETCH, shows=('"resized": 0',))
row("retr-unstuffed-dot", pop3(retr=raw(
    b"+OK\r\nFrom: a\r\n\r\n.hidden\r\n.\r\n")), None, args=FETCH)
row("retr-ends-early", pop3(retr=raw(
    b"+OK\r\nFrom: a\r\n\r\n.\r\nrest of it\r\n.\r\n")), None, args=FETCH,
    shows=('"resized": 1',))
row("retr-ends-early-two", pop3(retr=raw(
    b"+OK\r\nFrom: a\r\n\r\n.\r\nrest of it\r\n.\r\n")),
    "protocol.violation", args=("--fetch=2",), stage="fetch")
row("retr-16-mib", pop3(retr=[raw(b"+OK\r\nFrom: a\r\n\r\n"),
    flood(b"0123456789abcdef" * 4 + b"\r\n", 1), flood((b"x" * 62 + b"\r\n") *
    1024, 256), raw(b".\r\n")]), None, args=FETCH, timeout=20)
row("retr-endless-line", pop3(retr=[raw(b"+OK\r\nFrom: a\r\n\r\n"),
    flood(b"x" * 65536, 256), raw(b"\r\n.\r\n")]), "fetch.malformed",
    args=FETCH, timeout=20)
row("retr-shows-secret", pop3(message=b"From: a\r\n\r\n" +
    PASSWORD.encode() + b"\r\n"), None, args=FETCH, text=True, trace=True)

# ---- states that the caller turns round, signals, several runs

silent("timeout-result", pop3(login=silence), "auth.timeout",
    args=("--timeout-result=unknown",), state="UNKNOWN")
row("expect-cause", pop3(login="-ERR [AUTH] no"), ANY,
    args=("--expect-cause=auth.rejected",), state="OK", stage=ANY)
row("slow", no_pipelining(login=[pause(0.3), "+OK in"]), "slow",
    args=("-w", "auth=100ms"), stage=ANY)
row("many", pop3(), "threshold", args=("-w", "messages=2"), stage=ANY)
row("terminated", pop3(login=silence), "auth.timeout", terminate=1.0,
    max_seconds=4, text=True)
row("scram-good", pop3(offers=("SASL SCRAM-SHA-256",)), None,
    args=("--auth=SCRAM-SHA-256",), module=True, secret=False)
row("scram-liar", pop3(offers=("SASL SCRAM-SHA-256",), scram="lie"),
    "auth.server-unproven", args=("--auth=SCRAM-SHA-256",), module=True,
    secret=False)
REJECT = pop3(login="-ERR [AUTH] no")
row("backoff", REJECT, "auth.rejected", runs=(
    dict(), dict(want="auth.backoff", connects=False),
    dict(password="another-Secret-9", want="auth.rejected")),
    args=("--backoff=15m",))
