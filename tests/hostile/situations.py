# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: what a server does, and what check_imap_login must make of it."""
import tls_situations
from server import (CAPS, MESSAGE, UIDVALIDITY, await_append, by_run, clear,
    close, deaf, done, drip, flood, forget, hello, imap, pause, raw, refuse_rest,
    reset, rest_backwards, silence, steps, tell_append, tls)
from situation import ANY, PASSWORD, SHORT, USER, Table

row = TABLE = Table()
silent, starttls, plain = TABLE.silent, TABLE.starttls, TABLE.plain

# ---- all is well, in the ways that real servers have of being well

row("good", imap(), None, text=True, trace=True,
    never=("SELECT",), login=("PLAIN", USER, PASSWORD))
starttls("good-starttls", imap(), None, text=True, trace=True,
    login=("PLAIN", USER, PASSWORD))
plain("good-plain", imap(), None, trace=True)
row("good-secret-by-env", imap(), None, give="env",
    login=("PLAIN", USER, PASSWORD))
row("good-secret-by-fd", imap(), None, give="fd",
    login=("PLAIN", USER, PASSWORD))
row("good-fetch", imap(), None, args=("--fetch",), sent=(rb"BODY\.PEEK",))
row("good-no-verify", imap(), None, cert="self-signed", args=("--no-verify",))
row("good-login-command", imap(caps="IMAP4rev1"), None,
    login=("LOGIN", USER, PASSWORD), trace=True)
row("good-login-mechanism", imap(caps="IMAP4rev1 LOGINDISABLED AUTH=LOGIN"),
    None, login=("LOGIN mechanism", USER, PASSWORD), trace=True)
row("good-plain-without-ir", imap(caps="IMAP4rev1 LOGINDISABLED AUTH=PLAIN"),
    None, login=("PLAIN", USER, PASSWORD), trace=True)
row("good-rev2-only", imap(caps="IMAP4rev2 AUTH=PLAIN SASL-IR",
    examine=["* FLAGS (\\Seen)", "* 3 EXISTS", '* LIST () "/" INBOX',
    "* OK [UIDVALIDITY 1] valid", "* OK [UIDNEXT 31] next",
    "{tag} OK [READ-ONLY] done"]), None)
row("good-caps-in-greeting", imap("* OK [CAPABILITY %s] ready" % CAPS,
    login="{tag} OK [CAPABILITY %s] in" % CAPS), None, never=("CAPABILITY",))
row("good-segments", imap(drip(b"* OK ready\r\n", 0.02)), None)
row("good-split-crlf", imap([raw(b"* OK ready\r"), pause(0.1), raw(b"\n")]),
    None)
row("good-bare-lf", imap(raw(b"* OK ready\n"),
    examine=[raw(b"* 3 EXISTS\n* OK [UIDVALIDITY 1] valid\n"),
    "{tag} OK [READ-ONLY] done"]), None)
row("good-lower-case", imap("* ok ready", capability=[
    "* capability imap4rev1 auth=plain sasl-ir", "{tag} ok done"],
    login="{tag} ok in"), None)
row("good-no-text", imap("* OK", login="{tag} OK"), None)
row("good-10000-caps", imap(caps=CAPS + " " + " ".join(
    "X%05d" % n for n in range(10000))), None)
row("good-alert", imap(login=["* OK [ALERT] going down at noon",
    "{tag} OK in"]), None, shows=("going down at noon",), text=True)
row("good-untagged-after-logout", imap(logout=[
    "* BYE", "* NO [CORRUPTION] too late", "{tag} BAD what"]), None)
row("good-logout-silent", imap(logout=silence), None, max_seconds=3)
row("good-logout-reset", imap(logout=reset), None)
row("good-logout-closed", imap(logout=close), None)
row("good-logout-garbage", imap(logout=raw(b"\x16\xff\0|garbage")), None)
row("good-preauth-in-tls", imap("* PREAUTH welcome"), None, secret=False,
    never=("LOGIN", "AUTHENTICATE"))
row("good-examine-read-write", imap(examine=["* 3 EXISTS",
    "* OK [UIDVALIDITY 1] valid", "{tag} OK [READ-WRITE] done"]), None)
row("good-literal-in-untagged", imap(login=[
    '* OK [ALERT] hello', "{tag} OK in"],
    examine=[raw(b"* LIST () \"/\" {5}\r\nINBOX\r\n"), "* 3 EXISTS",
    "* OK [UIDVALIDITY 1] valid", "{tag} OK [READ-ONLY] done"]), None)

# ---- the greeting

row("greeting-closed", steps(tls, close), "greeting.closed")
starttls("greeting-closed-clear", steps(close), "greeting.closed",
    stage=("connect", "greeting"))
starttls("connect-reset-clear", steps(reset), "connect.reset")
row("connect-reset", steps(reset), "connect.reset",
    stage=("connect", "tls"))
silent("greeting-silence", steps(tls), "greeting.timeout")
silent("greeting-silence-clear", steps(), "greeting.timeout", tls="starttls")
silent("greeting-drip", steps(tls, drip(b"* OK" + b" a" * 200, 0.2)),
    "greeting.timeout")
silent("greeting-drip-clear", steps(drip(b"* OK" + b" a" * 200, 0.2)),
    "greeting.timeout", tls="starttls")
row("greeting-endless", steps(tls, raw(b"* OK "), flood(b"a" * 65536, 1000)),
    "protocol.violation", stage="greeting", text=True)
row("greeting-half-closed", steps(tls, raw(b"* OK rea"), close),
    "greeting.closed")
row("greeting-bye", imap("* BYE overloaded, come back later"),
    ("greeting.unavailable", "greeting.refused"), shows=("overloaded",))
row("greeting-bye-unavailable", imap("* BYE [UNAVAILABLE] try again later"),
    "greeting.unavailable", shows=("try again later",))
row("greeting-bye-blocked", imap("* BYE your address is blocked"),
    "greeting.refused", shows=("your address is blocked",))
row("greeting-bye-closed", imap(["* BYE server shutting down", close]),
    "greeting.unavailable")
row("greeting-referral", imap(
    "* BYE [REFERRAL imap://evil.example.test:{port}/] go there"),
    "auth.referral", stage=("auth", "greeting"), secret=False,
    shows=("evil.example.test",))
row("greeting-no", imap("* NO not today"),
    ("greeting.refused", "protocol.violation", "greeting.unavailable"),
    stage="greeting")
row("greeting-flood", steps(tls, flood(b"* OK still here\r\n" * 4096, 250),
    silence), ("protocol.violation", "greeting.timeout", "auth.timeout"),
    stage=("greeting", "auth"), timeout=5)
row("greeting-injection", imap(
    "* OK \x1b[31mred\x1b[0m | pipe <script>alert(1)</script> \u202eevil"),
    None, text=True)
row("greeting-bye-hostile", imap(["* BYE \x1b]0;title\x07 a|b <script>"
    "x</script> \u202e\u200b \x9b31m $(reboot) `reboot` ' \" \\", close]),
    ("greeting.refused", "greeting.unavailable"), text=True, trace=True)
row("greeting-nul", imap(raw(b"* OK re\0ady\r\n")),
    (None, "protocol.violation"), text=True)
row("greeting-8bit", imap(raw(b"* BYE caf\xe9 \xff\xfe\xc0\x80\r\n")),
    ("greeting.refused", "greeting.unavailable"), text=True)
for proto, words in (("smtp", b"220 mail.example.test ESMTP ready\r\n"),
    ("pop3", b"+OK POP3 ready\r\n"), ("ftp", b"220 FTP server ready\r\n"),
    ("ssh", b"SSH-2.0-OpenSSH_9.2\r\n"),
    ("http", b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    ("sieve", b'"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK\r\n'),
    ("mysql", b"J\0\0\0\n8.0.36\0\x01\0\0\0abcdefgh\0")):
	want = ("greeting.wrong-protocol", "protocol.violation") \
	    if proto in ("sieve", "mysql") else "greeting.wrong-protocol"
	starttls("greeting-" + proto, steps(raw(words)), want,
	    stage="greeting", secret=False)
row("greeting-smtp-in-tls", steps(tls, raw(b"220 mail ESMTP\r\n")),
    "greeting.wrong-protocol")
row("greeting-garbage", steps(tls, raw(b"\xde\xad\xbe\xef\r\n" * 20)),
    ("protocol.violation", "greeting.wrong-protocol"), stage="greeting",
    secret=False, text=True)
row("greeting-tagged", imap("a1 OK ready"),
    ("protocol.violation", "greeting.wrong-protocol"), secret=False)

# ---- capabilities

row("capability-bad", imap(capability="{tag} BAD unknown command"),
    "protocol.rejected", secret=False)
row("capability-no", imap(capability="{tag} NO not for you"),
    ("protocol.rejected", "protocol.violation"), secret=False)
row("capability-none", imap(capability="{tag} OK done"),
    (None, "protocol.violation", "auth.no-mechanism"))
row("capability-closed", imap(capability=close), "auth.closed", secret=False)
row("capability-reset", imap(capability=reset), "auth.closed", secret=False)
silent("capability-silence", imap(capability=silence), "auth.timeout",
    secret=False)
silent("capability-silence-clear", imap(capability=silence),
    "greeting.timeout", tls="starttls", secret=False)
starttls("capability-closed-clear", imap(capability=close),
    "greeting.closed", secret=False)
row("capability-bye", imap(capability=["* BYE back in a minute", close]),
    ("auth.unavailable", "greeting.unavailable", "auth.closed"), secret=False,
    shows=("back in a minute",))
row("capability-hostile", imap(caps=CAPS + " X\x1b[2J|<script> X\u202e\u200d"),
    None, text=True)
row("capability-injection", imap(caps=CAPS + " X-$(reboot) X-'\"\\"), None,
    text=True)
row("capability-line-endless", imap(capability=[raw(b"* CAPABILITY"),
    flood(b" IMAP4rev1" * 6000, 1000)]), "protocol.violation", secret=False)
row("capability-no-imap4", imap(caps="IMAP2 AUTH=PLAIN"),
    (None, "protocol.violation", "protocol.rejected"))
row("no-mechanism", imap(caps="IMAP4rev1 LOGINDISABLED AUTH=GSSAPI "
    "AUTH=X-SECRET"), "auth.no-mechanism", shows=("GSSAPI",), text=True)
row("no-mechanism-hostile", imap(caps="IMAP4rev1 LOGINDISABLED "
    "AUTH=<b>|\x1b[1mX AUTH=" + "A" * 4000), "auth.no-mechanism", text=True)
row("no-mechanism-wanted", imap(caps="IMAP4rev1 AUTH=LOGIN"),
    "auth.no-mechanism", args=("--auth=PLAIN",))

# ---- literals, floods and answers nobody asked for

for size, bits in ((1 << 32, "32"), (1 << 64, "64"), ((1 << 31) - 1, "31")):
	row("literal-2^" + bits, imap(capability=[raw(
	    b'* LIST () "/" {%d}\r\n' % size), flood(b"A" * 65536, 2000)]),
	    "protocol.violation", secret=False)
row("literal-negative", imap(capability=[raw(b"* LIST () NIL {-1}\r\nx\r\n"),
    "* CAPABILITY " + CAPS, "{tag} OK"]), (None, "protocol.violation"))
silent("literal-never-comes", imap(examine=raw(
    b'* LIST () "/" {100}\r\nabc')), "mailbox.timeout")
row("literal-hostile", imap(examine=[raw(
    b'* LIST () "/" {24}\r\na|b\r\n\x1b[31m\0<script>xyz\r\n'), "* 3 EXISTS",
    "{tag} OK [READ-ONLY] done"]), (None, "protocol.violation"), text=True)
row("nested-parentheses", imap(examine=[raw(b"* X " + b"(" * 200000 +
    b"\r\n"), "* 3 EXISTS", "{tag} OK [READ-ONLY] done"]),
    (None, "protocol.violation"))
row("million-untagged", imap(capability=[
    flood(b"* OK still here\r\n" * 1000, 1000), "* CAPABILITY " + CAPS,
    "{tag} OK done"]), (None, "protocol.violation"), timeout=20)
row("million-untagged-examine", imap(examine=[
    flood(b"* 3 EXISTS\r\n" * 1000, 1000), "{tag} OK [READ-ONLY] done"]),
    (None, "protocol.violation"), timeout=20)
row("endless-line-after-login", imap(examine=[raw(b"* OK "),
    flood(b"a" * 65536, 1000)]), "protocol.violation", stage="mailbox")
row("endless-answer-to-login", imap(login=[raw(b"a1 OK ["),
    flood(b"a" * 65536, 1000)]), "protocol.violation", stage="auth")
row("endless-challenge", imap(login=[raw(b"+ "), flood(b"QUFB" * 16384,
    1000)]), "protocol.violation", stage="auth")
row("endless-quoted", imap(examine=[raw(b'* LIST () "/" "'),
    flood(b"a" * 65536, 1000)]), "protocol.violation", stage="mailbox")
row("million-alerts", imap(login=[
    flood(b"* OK [ALERT] look out\r\n" * 1000, 1000), "{tag} OK done"]),
    (None, "protocol.violation"), timeout=20)
row("wrong-tag", imap(capability=["* CAPABILITY " + CAPS, "X999 OK done"]),
    "protocol.violation", secret=False)
row("wrong-tag-login", imap(login="X999 OK in"), "protocol.violation")
row("doubled-answer", imap(capability=["* CAPABILITY " + CAPS,
    "{tag} OK\r\n{tag} OK"]), "protocol.violation")
row("early-answer", imap(capability=["* CAPABILITY " + CAPS,
    "{tag} OK done\r\n{next} OK already logged in"]), "protocol.violation")
row("early-answer-in-greeting", imap(
    "* OK ready\r\nA1 OK\r\nA2 OK\r\nA3 OK\r\nA0001 OK\r\nA0002 OK"),
    "protocol.violation", secret=False)
row("continuation-unasked", imap(capability=["+ go on",
    "* CAPABILITY " + CAPS, "{tag} OK"]), (None, "protocol.violation"))
row("empty-lines", imap(raw(b"\r\n\r\n* OK ready\r\n")),
    (None, "protocol.violation"))
row("not-imap-after-login", imap(examine=raw(b"HTTP/1.1 500 Oops\r\n\r\n")),
    "protocol.violation")
row("drip-answers", imap(login=[drip(b"* OK wait\r\n" * 50, 0.05)]),
    "auth.timeout", timeout=SHORT)

# ---- STATUS and EXAMINE go out with the login, and not every server bears it

TOGETHER = "* OK [CAPABILITY %s] ready" % CAPS
ONCE = dict(login=("PLAIN", USER, PASSWORD), timeout=6)
for name, answer in (("plain", "* OK ready"), ("caps", TOGETHER)):
	row("together-dropped-" + name, imap(answer,
	    login=[forget, "{tag} OK in"]), None,
	    sent=(rb"(?s)STATUS.*EXAMINE",), **ONCE)
row("together-bad", imap(TOGETHER, login=[refuse_rest("BAD log in first"),
    "{tag} OK in"]), None, **ONCE)
row("together-no", imap(TOGETHER, login=[refuse_rest("NO log in first"),
    "{tag} OK in"]), None, **ONCE)
row("together-bad-behind", imap(TOGETHER, login=["{tag} OK in",
    refuse_rest("BAD one at a time")]), None, **ONCE)
row("together-backwards", imap(TOGETHER, login=[rest_backwards,
    "{tag} OK in"]), None, **ONCE)
row("together-backwards-behind", imap(TOGETHER, login=["{tag} OK in",
    rest_backwards]), None, **ONCE)
row("together-refused", imap(TOGETHER, login=[
    refuse_rest("BAD log in first"), "{tag} NO [AUTHENTICATIONFAILED] no"]),
    "auth.rejected", **ONCE)
row("together-refused-dropped", imap(TOGETHER, login=[forget,
    "{tag} NO [AUTHENTICATIONFAILED] no"]), "auth.rejected", **ONCE)
# what is said again is answered when the client may have gone, LOGOUT unread
row("together-slow", imap(TOGETHER, login=["{tag} OK in", pause(2)]), None,
    state="ok", sent=(rb"STATUS",), **ONCE)
row("together-never", imap(TOGETHER, login=[forget, "{tag} OK in", silence]),
    "mailbox.timeout", timeout=SHORT)

# ---- STARTTLS

starttls("starttls-missing", imap(caps_clear="IMAP4rev1 AUTH=PLAIN"),
    "tls.starttls-missing")
starttls("starttls-missing-in-greeting", imap(
    "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready",
    caps_clear="IMAP4rev1 AUTH=PLAIN"), "tls.starttls-missing")
starttls("starttls-no", imap(starttls="{tag} NO TLS is not available"),
    "tls.starttls-refused", shows=("TLS is not available",), text=True)
starttls("starttls-bad", imap(starttls="{tag} BAD what is this"),
    ("tls.starttls-refused", "protocol.rejected"), secret=False)
starttls("starttls-ok-bye", imap(starttls=["{tag} OK begin", hello,
    "* BYE certificate cannot be loaded", close]), "tls.starttls-refused")
starttls("starttls-ok-bye-at-once", imap(starttls=[
    "{tag} OK begin\r\n* BYE certificate cannot be loaded", close]),
    "tls.starttls-refused")
starttls("starttls-injection", imap(starttls=[
    "{tag} OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN", tls]),
    "tls.injection", text=True)
starttls("starttls-injection-tagged", imap(starttls=[
    "{tag} OK begin\r\n{next} OK [CAPABILITY IMAP4rev1] logged in", tls]),
    "tls.injection")
starttls("starttls-injection-later", imap(starttls=["{tag} OK begin",
    pause(0.1), clear(b"* OK [ALERT] injected\r\n"), tls]), "tls.injection")
starttls("starttls-injection-hostile", imap(starttls=[
    "{tag} OK begin\r\n* OK \x1b[31m|<script>", tls]), "tls.injection",
    text=True)
starttls("starttls-preauth", imap("* PREAUTH welcome"), "tls.preauth",
    never=("LOGIN", "AUTHENTICATE", "EXAMINE"))
starttls("starttls-preauth-caps", imap(
    "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome"), "tls.preauth")
starttls("starttls-closed", imap(starttls=close),
    ("tls.closed", "tls.starttls-refused"))
starttls("starttls-reset", imap(starttls=reset),
    ("tls.closed", "tls.starttls-refused"))
silent("starttls-silence", imap(starttls=silence), "tls.timeout",
    tls="starttls")
starttls("starttls-hello-closed", imap(starttls=["{tag} OK begin", hello,
    close]), "tls.server-setup")
silent("starttls-hello-silence", imap(starttls=["{tag} OK begin", hello,
    silence]), "tls.timeout", tls="starttls")
starttls("starttls-caps-lie", imap(caps_clear=
    "IMAP4rev1 STARTTLS AUTH=PLAIN", caps="IMAP4rev1 LOGINDISABLED"),
    "auth.no-mechanism")
starttls("starttls-caps-asked-again", imap(
    "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=CRAM-MD5] ready"), None,
    login=("PLAIN", USER, PASSWORD))
starttls("starttls-referral", imap(starttls=
    "{tag} NO [REFERRAL imap://evil.example.test/] elsewhere"),
    ("tls.starttls-refused", "auth.referral"), secret=False,
    stage=("tls", "auth"))

# ---- TLS

row("tls-plaintext-port", steps(raw(b"* OK IMAP4rev1 ready\r\n")),
    "tls.port-speaks-plaintext", text=True)
row("tls-plaintext-port-hostile", steps(hello, raw(
    b"* BAD \x1b[31m|<script>\xff\0\r\n")), "tls.port-speaks-plaintext",
    text=True)
row("tls-smtp-port", steps(raw(b"220 mail ESMTP\r\n")),
    ("tls.port-speaks-plaintext", "greeting.wrong-protocol"),
    stage=("tls", "greeting"))
plain("tls-port-asked-plain", imap(), "tls.port-speaks-tls",
    serve="implicit", stage=("tls", "greeting"), timeout=6)
starttls("tls-port-asked-starttls", imap(), "tls.port-speaks-tls",
    serve="implicit", stage=("tls", "greeting"), timeout=6)
starttls("tls-port-alert-at-once", steps(raw(b"\x15\x03\x01\0\2\2\x46"),
    close), "tls.port-speaks-tls", stage=("tls", "greeting"))
row("tls-truncated", imap(login=[clear(b""), reset]), "auth.closed")
row("tls-clear-bytes-later", imap(examine=[clear(b"* 3 EXISTS\r\n"),
    silence]), "protocol.violation", stage="mailbox")

# ---- certificates and the handshake itself

tls_situations.add(TABLE, imap)
row("cert-severity", imap(), "cert.expired", cert="expired", secret=False,
    args=("--severity=cert.*=warning",), state="WARNING")

# ---- the login: response codes of RFC 5530 and RFC 9051

for code, cause in (("AUTHENTICATIONFAILED", "auth.rejected"),
    ("AUTHORIZATIONFAILED", "auth.unauthorized"),
    ("UNAVAILABLE", "auth.unavailable"), ("EXPIRED", "auth.expired"),
    ("PRIVACYREQUIRED", "auth.needs-tls"),
    ("CONTACTADMIN", "auth.refused"), ("LIMIT", "auth.connection-limit"),
    ("SERVERBUG", ("auth.unavailable", "auth.refused")),
    ("INUSE", ("auth.unavailable", "auth.refused")),
    ("NOPERM", ("auth.unauthorized", "auth.refused")),
    ("CLIENTBUG", ("auth.refused", "protocol.rejected")),
    ("CANNOT", "auth.refused"), ("ALERT", "auth.refused"),
    ("X-UNHEARD-OF", "auth.refused")):
	row("login-" + code.lower(), imap(
	    login="{tag} NO [%s] quite peculiar" % code), cause, secret=True,
	    shows=("quite peculiar",), trace=code == "EXPIRED")
	row("login-untagged-" + code.lower(), imap(login=["* NO by the way",
	    "{tag} NO [%s (x y)] quite peculiar" % code]), cause, secret=True)
for name, words, cause in (
    ("unknown-words", "the moon is in the wrong house", "auth.refused"),
    ("no-words", "", "auth.refused"),
    ("gmail-application-password", "[ALERT] Application-specific password "
    "required: https://support.google.com/accounts/answer/185833 (Failure)",
    "auth.second-factor"),
    ("gmail-web-login", "[WEBALERT https://accounts.google.com/signin] "
    "Web login required.", ("auth.policy", "auth.second-factor")),
    ("gmail-invalid", "[AUTHENTICATIONFAILED] Invalid credentials (Failure)",
    "auth.rejected"),
    ("gmail-bandwidth", "[OVERQUOTA] Account exceeded command or bandwidth "
    "limits. abc123mb1234567", "auth.rate-limited"),
    ("gmail-connections", "[ALERT] Too many simultaneous connections. "
    "(Failure)", "auth.connection-limit"),
    ("outlook-basic", "Basic authentication is disabled.", "auth.policy"),
    ("gmail-disabled", "[ALERT] Your account is not enabled for IMAP use. "
    "Please visit your Gmail settings page and enable your account for IMAP "
    "access. (Failure)", "auth.disabled"),
    ("exchange-failed", "LOGIN failed.", "auth.rejected"),
    ("exchange-authenticate", "AUTHENTICATE failed.", "auth.rejected"),
    ("dovecot-connections", "[LIMIT] Maximum number of connections from "
    "user+IP exceeded (mail_max_userip_connections=10)",
    "auth.connection-limit"),
    ("dovecot-connections-bare", "Maximum number of connections from "
    "user+IP exceeded (mail_max_userip_connections=10)",
    "auth.connection-limit"),
    ("dovecot-temporary", "[UNAVAILABLE] Temporary authentication failure.",
    "auth.unavailable"),
    ("dovecot-failed", "[AUTHENTICATIONFAILED] Authentication failed.",
    "auth.rejected"),
    ("courier-failed", "Login failed.", "auth.rejected"),
    ("quota-code", "[OVERQUOTA] Mailbox is full", ANY)):
	row("login-prose-" + name, imap(login="{tag} NO " + words), cause,
	    secret=True, stage=ANY if cause is ANY else None)
row("login-exchange-not-connected", imap(
    login="{tag} BAD User is authenticated but not connected."),
    ("auth.disabled", "auth.unavailable", "mailbox.unavailable"),
    secret=True)
row("examine-exchange-not-connected", imap(
    examine="{tag} BAD User is authenticated but not connected."),
    ("auth.disabled", "auth.unavailable", "mailbox.unavailable"),
    secret=True, stage=ANY)
row("login-bad", imap(login="{tag} BAD unknown command"),
    "protocol.rejected", stage="auth")
row("login-challenge-bad", imap(caps="IMAP4rev1 AUTH=PLAIN LOGINDISABLED",
    challenge=["{tag} BAD not like this", silence]), "protocol.rejected",
    secret=False)
row("login-challenges-endless", imap(login=[flood(b"+ Zm9v\r\n" * 1000,
    1000), silence]), ("protocol.violation", "auth.timeout"), timeout=5)
row("login-closed", imap(login=close), "auth.closed")
row("login-reset", imap(login=reset), "auth.closed")
silent("login-silence", imap(login=silence), "auth.timeout", text=True)
row("login-bye", imap(login=["* BYE internal error occurred", close]),
    ("auth.closed", "auth.unavailable", "auth.refused"), secret=True,
    shows=("internal error occurred",))
row("login-referral-no", imap(login="{tag} NO [REFERRAL "
    "imap://bob@evil.example.test:{port}/] user is elsewhere"),
    "auth.referral", shows=("evil.example.test",), text=True)
row("login-referral-ok", imap(login="{tag} OK [REFERRAL "
    "imap://bob@evil.example.test:{port}/] better there"),
    (None, "auth.referral"))
row("login-hostile", imap(login="{tag} NO \x1b[31mred|pipe <script>alert("
    "1)</script> $(reboot) `x` '; reboot; ' \u202e\u2066\u200b\x7f\x85"),
    "auth.refused", text=True, trace=True, hides=("\x1b", "\u202e"))
row("login-long-words", imap(login="{tag} NO " + "words " * 20000),
    ("auth.refused", "protocol.violation"), text=True)
row("login-alert-hostile", imap(login=["* NO [ALERT] a|b\x1b[5m<script>",
    "{tag} NO [AUTHENTICATIONFAILED] no"]), "auth.rejected", text=True)
row("login-echo", imap(login="{tag} NO no such pair {user}:{password}"),
    ANY, text=True, trace=True, secret=True, stage="auth")
row("login-echo-zero-width", imap(login=lambda s: s.run(
    "{tag} NO sorry " + "\u200b".join(s.server.password))), ANY, text=True,
    trace=True, secret=True, stage="auth")
row("login-echo-base64", imap(caps="IMAP4rev1 AUTH=PLAIN SASL-IR "
    "LOGINDISABLED", login=lambda s: s.run("{tag} BAD bad command: " +
    s.record.commands[-1].text.decode())), ANY, text=True, trace=True,
    secret=True, stage="auth")
row("login-echo-everywhere", imap(login=["* OK [ALERT] {password}",
    "{tag} OK {password}"], examine="{tag} NO {password}"), ANY, text=True,
    trace=True, secret=True, stage="mailbox")

# ---- without TLS

row("cleartext", imap(), "auth.cleartext", tls="none", trace=True,
    never=("LOGIN", "AUTHENTICATE"), text=True)
row("cleartext-preauth", imap("* PREAUTH welcome"),
    (None, "auth.cleartext"), tls="none", secret=False)
plain("plain-logindisabled", imap(caps="IMAP4rev1 LOGINDISABLED STARTTLS"),
    "auth.needs-tls")
plain("plain-privacyrequired", imap(login="{tag} NO [PRIVACYREQUIRED] no"),
    "auth.needs-tls", secret=True)

# ---- credentials and mailbox names that need care on the wire

STRANGE = (("quotes", 'a"b\\c', 'p"w\\d"'), ("spaces", "a b", " p  w "),
    ("utf8", "b\u00f6b@example.test", "gr\u00fc\u00dfe-\u20ac-\U0001f511"),
    ("percent", "a%d%s%n", "%s%n%x-password"), ("braces", "a{3}", "pw{5}"),
    ("parentheses", "(a)*", "(p%w*)"))
for name, user, password in STRANGE:
	for how, caps in (("plain", "IMAP4rev1 SASL-IR AUTH=PLAIN"),
	    ("login", "IMAP4rev1"), ("login-plus", "IMAP4rev1 LITERAL+")):
		row("credentials-%s-%s" % (name, how), imap(caps=caps), None,
		    user=user, password=password, login=(
		    "PLAIN" if how == "plain" else "LOGIN", user, password),
		    trace=how == "login")
row("password-trailing-crlf", imap(), None, give="file-crlf",
    login=("PLAIN", USER, PASSWORD))
row("password-bom", imap(), None, give="file-bom",
    login=("PLAIN", USER, PASSWORD))
BIG = "long" * 1500
for how, caps in (("plain", CAPS), ("login", "IMAP4rev1"),
    ("literal-plus", "IMAP4rev1 LITERAL+"),
    ("literal-minus", "IMAP4rev1 LITERAL-")):
	row("password-6000-" + how, imap(caps=caps), None, password=BIG,
	    login=("PLAIN" if how == "plain" else "LOGIN", USER, BIG))
row("password-64k", imap(), None, password="x1y2" * 16000,
    login=("PLAIN", USER, "x1y2" * 16000))
row("literal-refused-no", imap(caps="IMAP4rev1", literal="{tag} NO too big"),
    ("auth.refused", "protocol.rejected", "auth.rejected"), secret=False,
    user="b\u00f6b", password="p\u00e4ss-w\u00f6rd")
row("literal-refused-bad", imap(caps="IMAP4rev1",
    literal="{tag} BAD too big"), ("auth.refused", "protocol.rejected"),
    secret=False, user="b\u00f6b", password="p\u00e4ss-w\u00f6rd")
silent("literal-unanswered", imap(caps="IMAP4rev1", literal=silence),
    "auth.timeout", secret=False, user="b\u00f6b",
    password="p\u00e4ss-w\u00f6rd")
for name, given, wire in (("plain", "Archive/2024", rb"Archive/2024"),
    ("utf7", "Entw\u00fcrfe", rb"Entw&APw-rfe"), ("and", "A&B", rb"A&-B"),
    ("space", "Sent Items", rb'"Sent Items"'),
    ("quote", 'a"b', rb'"a\\"b"'), ("star", "a*%", rb'"a\*%"'),
    ("japanese", "\u53f0\u5317", rb"&U,BTFw-")):
	row("mailbox-name-" + name, imap(), None, args=("-m", given),
	    sent=(rb"EXAMINE .*" + wire,))

# ---- the mailbox

for code, cause in (("NOPERM", "mailbox.forbidden"),
    ("NONEXISTENT", "mailbox.missing"), ("TRYCREATE", "mailbox.missing"),
    ("CORRUPTION", "mailbox.damaged"), ("SERVERBUG", "mailbox.unavailable"),
    ("UNAVAILABLE", "mailbox.unavailable"),
    ("INUSE", ("mailbox.in-use", "mailbox.unavailable")),
    ("EXPUNGEISSUED", "mailbox.unavailable"),
    ("LIMIT", ("mailbox.unavailable", "auth.connection-limit")),
    ("CONTACTADMIN", ("mailbox.unavailable", "mailbox.forbidden")),
    ("X-UNHEARD-OF", "mailbox.unavailable")):
	row("examine-" + code.lower(), imap(
	    examine="{tag} NO [%s] quite peculiar" % code), cause,
	    stage="mailbox", shows=("quite peculiar",))
row("examine-locked", imap(examine="{tag} NO Mailbox is locked by POP "
    "server"), "mailbox.in-use", shows=("locked by POP",), text=True)
row("examine-referral", imap(examine="{tag} NO [REFERRAL "
    "imap://bob@evil.example.test:{port}/INBOX] remote mailbox"),
    "auth.referral", stage="mailbox", shows=("evil.example.test",))
row("examine-no", imap(examine="{tag} NO storage is on fire [2024-01-01]"),
    "mailbox.unavailable", shows=("storage is on fire",), text=True)
row("examine-missing-prose", imap(
    examine="{tag} NO Mailbox doesn't exist: Nowhere"),
    ("mailbox.missing", "mailbox.unavailable"), args=("-m", "Nowhere"))
row("examine-bad", imap(examine="{tag} BAD unknown command"),
    "protocol.rejected", stage="mailbox")
row("examine-hostile", imap(examine="{tag} NO a|b\x1b[1m<script>\u202e$(x)"),
    "mailbox.unavailable", text=True, trace=True)
row("examine-closed", imap(examine=close), "mailbox.closed")
row("examine-reset", imap(examine=reset), "mailbox.closed")
row("examine-bye", imap(examine=["* BYE Internal error", close]),
    ("mailbox.closed", "mailbox.unavailable"), shows=("Internal error",))
silent("examine-silence", imap(examine=silence), "mailbox.timeout")
row("examine-untagged-no", imap(examine=["* 3 EXISTS",
    "* NO inode table is full", "* OK [UIDVALIDITY 1] valid",
    "{tag} OK [READ-ONLY] done"]), "mailbox.degraded",
    shows=("inode table is full",), text=True)
row("examine-untagged-bad", imap(examine=["* 3 EXISTS", "* BAD index",
    "{tag} OK [READ-ONLY] done"]), ("mailbox.degraded", "protocol.rejected"))
for name, words, cause in (
    ("exceeded-code", "[OVERQUOTA] no room is left", "quota.exceeded"),
    ("exceeded-prose", "Mailbox is over 100% of quota", "quota.exceeded"),
    ("near", "[ALERT] Mailbox is at 95% of quota", "quota.near")):
	row("examine-quota-" + name, imap(examine=["* NO " + words,
	    "* 3 EXISTS", "* OK [UIDVALIDITY 1] valid",
	    "{tag} OK [READ-ONLY] done"]), cause, stage="mailbox",
	    shows=(words[-10:],), text=True)
row("examine-quota-after", imap(examine=["* 3 EXISTS",
    "* OK [UIDVALIDITY 1] valid", "* NO [OVERQUOTA] no room is left",
    "{tag} OK [READ-ONLY] done"]), "quota.exceeded", stage="mailbox")
row("examine-quota-refused", imap(examine="{tag} NO [OVERQUOTA] no room is "
    "left"), "quota.exceeded", stage="mailbox", shows=("no room is left",))
row("examine-counts-huge", imap(examine=[
    "* 99999999999999999999999 EXISTS", "{tag} OK [READ-ONLY] done"],
    status="{tag} OK done"), (None, "protocol.violation"))
row("examine-counts-negative", imap(examine=["* -3 EXISTS",
    "{tag} OK [READ-ONLY] done"], status="{tag} OK done"),
    (None, "protocol.violation"))
row("examine-nothing", imap(examine="{tag} OK [READ-ONLY] done",
    status="{tag} OK done"), (None, "protocol.violation"))
row("status-no", imap(status="{tag} NO not now"), (None, "mailbox.degraded",
    "mailbox.unavailable"))
row("status-bad", imap(status="{tag} BAD not now"), (None,
    "protocol.rejected", "mailbox.degraded"), stage="mailbox")
row("status-hostile", imap(status=[raw(b'* STATUS "a|b\x1b<script>" '
    b"(MESSAGES x UNSEEN -1)\r\n"), "{tag} OK done"]), ANY, secret=True,
    stage=ANY, text=True)

# ---- who the server says it is

row("id-sent", imap(), None, trace=True, sent=(rb'ID \("name" '
    rb'"monitoring-plugins-mail" "version" "[^"]+"\)\nEXAMINE',))
def stranger(s):
	"""Who has not said ID gets no mailbox; as the servers of 163.com."""
	said = any(c.name == "ID" for c in s.record.commands)
	name = s.record.commands[-1].name
	if said and name == "STATUS":
		s.run(["* STATUS INBOX (MESSAGES 3 UNSEEN 1)", "{tag} OK done"])
	elif said:
		s.run(["* 3 EXISTS", "{tag} OK done"])
	else:
		s.run("{tag} NO %s Unsafe Login. Please contact us" % name)


row("id-demanded", imap(status=stranger, examine=stranger), None)
row("id-demanded-in-steps", imap(caps="IMAP4rev1 AUTH=PLAIN ID",
    status=stranger, examine=stranger), None, args=("--auth=PLAIN",))
row("id-demanded-several", imap(status=stranger, examine=stranger), None,
    args=("-m", "INBOX", "-m", "INBOX"))
row("id-demanded-not-offered", imap(caps="IMAP4rev1 AUTH=PLAIN",
    status=stranger, examine=stranger), "auth.policy", stage="mailbox",
    secret=True)
row("id-not-offered", imap(caps="IMAP4rev1 AUTH=PLAIN SASL-IR"), None,
    never=("ID",))
row("id-fields", imap(id=['* ID ("name" "Cyrus" "version" NIL "os" "x")',
    "{tag} OK done"]), None,
    shows=('"server_id": {"name": "Cyrus", "os": "x"}',))
row("id-nil", imap(id=["* ID NIL", "{tag} OK done"]), None,
    shows=('"server_id": null',))
row("id-literal", imap(id=[raw(b'* ID ("name" {5}\r\nC"r)s)\r\n'),
    "{tag} OK done"]), None, shows=('"server_id": {"name": "C\\"r)s"}',))
row("id-hostile", imap(id=[raw(b'* ID ("a|b\x1b[31m" "\x00<script>\xe2\x80'
    b'\xae\xff" "user" "{user} {password}" "" "" "(" ")" NIL NIL NIL "x" '
    b'"name" "1" "NAME" "2")\r\n'), "{tag} OK done"]), None, text=True,
    trace=True, hides=('"2"',))
row("id-password", imap(id=['* ID ("name" "{password}" "{password}" "x")',
    "{tag} OK done"]), None, text=True, trace=True)
row("id-many-fields", imap(id=["* ID (" + " ".join(
    '"f%d" "%s"' % (n, "v" * 1024) for n in range(60)) + ")",
    "{tag} OK done"]), None, shows=('"f9"',), hides=('"f10"',))
row("id-long-names", imap(id=['* ID ("%s" "1" "%s" "2")' % ("\u20ac" * 40,
    "ab" * 5000), "{tag} OK done"]), None, text=True)
row("id-unfinished", imap(id=['* ID ("name', '* ID ("name" "x', "* ID (",
    "* ID", '* ID "name" "x"', '* ID ("name" {99}', "", "{tag} OK done"]),
    (None, "mailbox.timeout", "protocol.violation"), timeout=SHORT)
row("id-1-mib", imap(id=[raw(b'* ID ("name" "' + b"ab" * 524288 + b'")\r\n'),
    "{tag} OK done"]), "protocol.violation", stage="mailbox")
row("id-4g-literal", imap(id=[raw(b'* ID ("name" {4294967295}\r\n'),
    flood(b"A" * 65536, 100)]), "protocol.violation", stage="mailbox")
for name, answer in (("no", "{tag} NO who are you"),
    ("bad", "{tag} BAD what is that"), ("nothing", "{tag} OK")):
	row("id-" + name, imap(id=answer), None, text=True)
silent("id-silence", imap(id=silence), "mailbox.timeout",
    shows=("did not answer ID",))
row("id-closed", imap(id=close), "mailbox.closed", shows=("at ID",))
row("id-mailbox-literal", imap(caps="IMAP4rev1 AUTH=PLAIN ID IMAP4rev2",
    id=["* ID NIL", "{tag} OK done"]), None, args=("-m", "x" * 1100))

# ---- a server that keeps a waiting client, or not


def idle(name, answer, want, *args, caps=CAPS + " IDLE", **more):
	script = imap(caps=caps) if answer is None else imap(caps=caps,
	    idle=answer)
	row("idle-" + name, script, want, args=(args or ("--idle=1",)), **more)


idle("good", None, None, text=True, trace=True, max_seconds=4,
    shows=('"idle_seconds": 1',))
idle("events", ["+ ", "* 4 EXISTS", pause(0.3), "* OK Still here",
    "* 2 EXPUNGE", done, "* 5 EXISTS", "{tag} OK done"], None)
idle("not-asked-for", None, None, "--timeout=9", never=("IDLE",),
    shows=('"idle_seconds": null',))
idle("not-offered", None, "protocol.rejected", caps=CAPS, stage="mailbox",
    never=("IDLE",), shows=("does not offer IDLE",), text=True)
row("idle-offered-later", imap("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] go",
    capability=["* CAPABILITY " + CAPS + " IDLE", "{tag} OK done"]), None,
    tls="none", args=("--allow-cleartext", "--idle=1"))
idle("rev2", None, None, caps="IMAP4rev2 AUTH=PLAIN SASL-IR")
idle("no", "{tag} NO not today", "protocol.rejected", stage="mailbox",
    shows=("refuses IDLE", "not today"), text=True)
idle("bad", "{tag} BAD unknown command", "protocol.rejected",
    stage="mailbox", shows=("unknown command",))
idle("no-unavailable", "{tag} NO [UNAVAILABLE] later", "mailbox.unavailable")
idle("ok-at-once", "{tag} OK done", "protocol.violation", stage="mailbox")
idle("silent", silence, "mailbox.timeout", timeout=SHORT,
    shows=("did not answer IDLE",))
idle("done-silent", ["+ ", done, silence], "mailbox.timeout", timeout=SHORT,
    shows=("did not end IDLE",))
idle("done-no", ["+ ", done, "{tag} NO [INUSE] what"], ("protocol.rejected",
    "mailbox.in-use", "mailbox.unavailable"), stage="mailbox")
idle("done-bad", ["+ ", done, "{tag} BAD what"], "protocol.rejected",
    stage="mailbox")
idle("closed", ["+ ", pause(0.3), close], "mailbox.closed",
    shows=("in the middle of IDLE", '"idle_seconds": 0.'), text=True)
idle("reset", ["+ ", pause(0.3), reset], "mailbox.closed")
idle("bye", ["+ ", pause(0.3), "* BYE Autologout", close], "mailbox.closed",
    shows=("Autologout", '"idle_seconds": 0.'), text=True)
idle("ended", ["+ ", pause(0.3), "{tag} OK enough"], "mailbox.closed",
    shows=("ended IDLE by itself", "enough"))
idle("ended-in-one-breath", [raw(b"+ \r\n"), "{tag} OK enough"],
    "mailbox.closed")
idle("warned", ["+ ", "* NO index is damaged", done, "{tag} OK done"],
    "mailbox.degraded", shows=("index is damaged",))
idle("endless", ["+ ", flood(b"* 4 EXISTS\r\n* OK Still here\r\n" * 500,
    200), close], "protocol.violation", stage="mailbox")
row("idle-too-long", imap(caps=CAPS + " IDLE", login=[pause(0.5),
    "{tag} OK in"]), "internal.unfinished", args=("--idle=1.9",),
    stage="mailbox", timeout=SHORT, secret=True, shows=("were asked for",))
idle("terminated", ["+ ", silence], "mailbox.timeout", "--idle=8",
    terminate=1.0, max_seconds=4)
row("idle-after-refusal", imap(examine="{tag} NO [NONEXISTENT] no"),
    "mailbox.missing", args=("--idle=1",), never=("IDLE",))

# ---- a message while a client waits: two connections

PUSH_CAPS = CAPS + " IDLE LITERAL+"
PUT = ["AUTHENTICATE", "APPEND"]
REMOVE = PUT + ["SELECT", "STORE", "EXPUNGE"]
TELL = ["+ ", await_append, "* 4 EXISTS", done, "{tag} OK done"]
MUTE = ["+ ", done, "{tag} OK done"]
APPENDUID = "{tag} OK [APPENDUID %d 31] done" % UIDVALIDITY


def push(name, want, second, idle=TELL, caps=PUSH_CAPS, args=(), script=None,
    **more):
	"""A second connection is answered by `script`, or as `on` says."""
	on = {key: more.pop(key) for key in ("append", "select", "store",
	    "expunge", "literal") if key in more}
	row("push-" + name, by_run(imap(caps=caps, idle=idle),
	    script or imap(caps=caps, **on)), want, second=second,
	    args=("--idle=1", "--idle-push=INBOX", *args), **more)


push("told", None, REMOVE, text=True, trace=True, max_seconds=4,
    shows=('"push_seconds": 0',))
push("other-folder", None, REMOVE, args=("--idle-push=Probe",),
    sent=(rb'EXAMINE "Probe"',))
push("asked-for-message", None, REMOVE, caps=CAPS + " IDLE")
push("before-answer", None, REMOVE, append=[tell_append, pause(0.3),
    APPENDUID])
push("never-told", "mailbox.degraded", REMOVE, idle=MUTE, text=True,
    shows=("did not tell a waiting client within 1 second of the message",
    '"push_seconds": null'))
push("does-not-grow", "mailbox.degraded", REMOVE, idle=["+ ", await_append,
    "* 3 EXISTS", "* 0 RECENT", "* OK Still here", done, "{tag} OK done"])
push("too-early", "mailbox.degraded", REMOVE, idle=["+ ", "* 4 EXISTS", done,
    "{tag} OK done"], script=imap(greeting=[pause(0.3), "* OK ready"],
    caps=PUSH_CAPS))
push("told-at-the-end", "mailbox.degraded", REMOVE, idle=["+ ", done,
    "* 4 EXISTS", "{tag} OK done"])
push("no", "mailbox.unavailable", PUT, append="{tag} NO never", text=True,
    idle=MUTE, max_seconds=3, shows=("in a second session", "never",
    '"push_seconds": null'))
push("overquota", "quota.exceeded", PUT, append="{tag} NO [OVERQUOTA] full",
    idle=MUTE, stage="mailbox")
push("trycreate", "mailbox.missing", PUT, append="{tag} NO [TRYCREATE] no",
    idle=MUTE)
push("noperm", "mailbox.forbidden", PUT, append="{tag} NO [NOPERM] no",
    idle=MUTE)
push("bad", "protocol.rejected", PUT, append="{tag} BAD what", idle=MUTE,
    stage="mailbox")
push("literal-refused", "mailbox.unavailable", ["AUTHENTICATE"], idle=MUTE,
    caps=CAPS + " IDLE", literal="{tag} NO too large", max_seconds=3)
push("silent", "mailbox.timeout", PUT, append=silence, idle=MUTE,
    timeout=SHORT, shows=("did not answer APPEND",))
push("closed", "mailbox.closed", PUT, append=close, idle=MUTE, max_seconds=3,
    shows=("at APPEND",))
push("endless", ("protocol.violation",), PUT, idle=MUTE, stage="mailbox",
    append=[flood(b"* 4 EXISTS\r\n* OK Still here\r\n" * 500, 200), close])
push("login-limit", "auth.connection-limit", ["AUTHENTICATE"], idle=MUTE,
    script=imap(login="{tag} NO [LIMIT] too many connections"), text=True,
    max_seconds=3, shows=("in a second session", "too many connections"))
push("login-rejected", "auth.rejected", ["AUTHENTICATE"], idle=MUTE,
    script=imap(login="{tag} NO [AUTHENTICATIONFAILED] wrong"),
    shows=("in a second session",))
row("push-rejection-not-remembered", by_run(imap(caps=PUSH_CAPS, idle=MUTE),
    imap(login="{tag} NO [AUTHENTICATIONFAILED] wrong"),
    imap()), ANY, secret=True, args=("--backoff=1h",), runs=[
    dict(want="auth.rejected", args=("--idle=1", "--idle-push=INBOX"),
    second=["AUTHENTICATE"]), dict(want=None)], text=False)
push("login-silent", "auth.timeout", ["AUTHENTICATE"], idle=MUTE,
    script=imap(login=silence), timeout=SHORT, shows=("in a second session",))
push("connection-refused", "connect.refused", None, idle=[deaf] + MUTE,
    max_seconds=3, secret=True, shows=("in a second session",))
push("greeting-bye", "greeting.unavailable", [], idle=MUTE,
    script=steps(tls, "* BYE overloaded", close), max_seconds=3, secret=True)
push("greeting-closed", "greeting.closed", [], idle=MUTE,
    script=steps(tls, close), max_seconds=3, secret=True)
push("waiting-closed", "mailbox.closed", ["AUTHENTICATE"], idle=["+ ",
    pause(0.2), close], script=imap(caps=PUSH_CAPS, login=[pause(0.5),
    "{tag} OK in"]))
push("waiting-closed-later", "mailbox.closed", REMOVE, idle=["+ ",
    await_append, pause(0.3), close], shows=("in the middle of IDLE",))
push("no-uidplus", None, ["AUTHENTICATE", "CAPABILITY", "APPEND"],
    caps="IMAP4rev1 SASL-IR AUTH=PLAIN IDLE")
push("no-appenduid", None, PUT, append=[tell_append, "{tag} OK done"])
push("appenduid-of-many", None, PUT, append=[tell_append,
    "{tag} OK [APPENDUID %d 1:31] done" % UIDVALIDITY])
push("appenduid-elsewhere", None, PUT + ["SELECT"], append=[tell_append,
    "{tag} OK [APPENDUID 1 31] done"])
push("select-refused", "mailbox.degraded", PUT + ["SELECT"],
    select="{tag} NO [INUSE] locked", shows=("does not remove it",))
push("store-refused", "mailbox.degraded", PUT + ["SELECT", "STORE"],
    store="{tag} NO read-only")
push("not-removed", "mailbox.degraded", REMOVE, expunge="{tag} OK nothing")
push("expunge-closed", "mailbox.closed", REMOVE, expunge=close,
    shows=("before our message was removed",))
push("expunge-silent", "mailbox.timeout", REMOVE, expunge=silence,
    timeout=SHORT, shows=("did not remove our message",))
push("terminated", "mailbox.timeout", PUT, idle=["+ ", silence],
    args=("--idle=8",), terminate=1.5, max_seconds=4)
row("push-idle-refused", imap(caps=CAPS), "protocol.rejected",
    args=("--idle=1", "--idle-push=INBOX"), stage="mailbox",
    never=("APPEND",))

# ---- what changed since the last run


def box(messages, uidvalidity=1):
	return imap(status=["* STATUS INBOX (MESSAGES %d UNSEEN 0)" % messages,
	    "{tag} OK done"], examine=["* %d EXISTS" % messages,
	    "* OK [UIDVALIDITY %s] valid" % uidvalidity,
	    "{tag} OK [READ-ONLY] done"])


def remember(name, scripts, *wants, **more):
	row("remember-" + name, by_run(*scripts), ANY, args=("--remember",),
	    secret=True, **{"runs": [{"want": want} for want in wants],
	    **more})


remember("same", [box(5)], None, None)
remember("more", [box(5), box(6)], None, None)
remember("fewer", [box(15), box(3), box(3)], None, "mailbox.degraded", None,
    text=False)
remember("empty", [box(15), box(0)], None, "mailbox.degraded")
remember("reset", [box(5, 1), box(5, 2), box(5, 2)], None, "mailbox.reset",
    None)
remember("reset-and-fewer", [box(5, 1), box(3, 2)], None, "mailbox.reset")
remember("uidvalidity-gone", [box(5, 1), box(5, "none"), box(5, 2)], None,
    None, None)
remember("huge", [box(4294967295, 4294967295)], None, None)
remember("other-mailbox", [box(15), box(3), box(3)], None, None,
    "mailbox.degraded", runs=[dict(want=None), dict(want=None,
    args=("--remember", "-m", "Other")), dict(want="mailbox.degraded")])
remember("failed-run", [box(15), imap(examine="{tag} NO [NONEXISTENT] no"),
    box(3)], None, "mailbox.missing", "mailbox.degraded")
remember("doubtful-run", [box(15), imap(examine=["* NO index is damaged",
    "* 0 EXISTS", "{tag} OK done"]), box(15)], None, "mailbox.degraded",
    None)
remember("idle-refused", [box(5, 1), box(5, 2)], None, runs=[
    dict(want=None), dict(want="protocol.rejected", args=("--idle=1",)),
    dict(want="mailbox.reset")])
row("remember-not-written", box(3), "internal.error", stage="mailbox",
    secret=True,
    args=("--remember", "--state-dir=/dev/null/state"), text=True,
    shows=("cannot be remembered",))

# ---- the download

FETCH = dict(args=("--fetch",))
BODY = b"* 3 FETCH (UID 30 RFC822.SIZE %d BODY[] {%d}\r\n"
row("fetch-no", imap(fetch="{tag} NO message is damaged"), "fetch.refused",
    **FETCH)
row("fetch-closed", imap(fetch=[raw(BODY % (5000, 5000) + MESSAGE), close]),
    "fetch.incomplete", **FETCH)
row("fetch-reset", imap(fetch=[raw(BODY % (5000, 5000) + MESSAGE),
    pause(0.1), reset]), "fetch.incomplete", **FETCH)
silent("fetch-stalled", imap(fetch=[raw(BODY % (5000, 5000) + MESSAGE),
    silence]), "fetch.timeout", **FETCH)
silent("fetch-silence", imap(fetch=silence), "fetch.timeout", **FETCH)
silent("fetch-drip", imap(fetch=[raw(BODY % (5000, 5000)),
    drip(b"a" * 5000, 0.05)]), "fetch.timeout", **FETCH)
row("fetch-4g-literal", imap(fetch=[raw(BODY % (4294967295, 4294967295)),
    flood(b"A" * 65536, 500), close]), ("fetch.incomplete",
    "protocol.violation"), secret=True, stage="fetch", **FETCH)

row("fetch-nothing", imap(fetch="{tag} OK done"), "fetch.refused", **FETCH)
row("fetch-nil", imap(fetch=[raw(b"* 3 FETCH (UID 30 BODY[] NIL)\r\n"),
    "{tag} OK done"]), "fetch.refused", **FETCH)
row("fetch-size-differs", imap(fetch=[raw(BODY % (5000, len(MESSAGE)) +
    MESSAGE + b")\r\n"), "{tag} OK done"]), None,
    shows=('"resized": 1',), **FETCH)
for name, message in (("nul", b"X: y\r\n\r\na\0b\r\n"), ("empty", b""),
    ("long-line", b"X: y\r\n\r\n" + b"x" * 999 + b"\r\n"),
    ("no-header", b"\r\nhello\r\n"), ("mbox", b"From a b\r\n\r\n"),
    ("unclosed", b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\n\r\nhello\r\n")):
	row("fetch-malformed-" + name, imap(fetch=[raw(BODY % (len(message),
	    len(message)) + message + b")\r\n"), "{tag} OK done"]),
	    "fetch.malformed", text=True, **FETCH)
row("fetch-hostile", imap(fetch=[raw(BODY % (9, 9) + b"\x1b[1m|<x>)\r\n"),
    "{tag} OK done"]), "fetch.malformed", text=True, trace=True, **FETCH)
row("fetch-two", imap(), ("fetch.refused", None), args=("--fetch=2",))
row("fetch-empty-mailbox", imap(examine=["* 0 EXISTS", "{tag} OK done"],
    status=["* STATUS INBOX (MESSAGES 0 UNSEEN 0)", "{tag} OK done"]), None,
    never=("FETCH",), shows=("empty",), **FETCH)
row("mailbox-stale", imap(), "mailbox.stale", stage="mailbox",
    args=("-w", "newest_age=1d"), sent=(r"FETCH 3 \(INTERNALDATE\)".encode(),))
row("mailbox-fresh", imap(), None, args=("-w", "newest_age=1d",
    "--at=2023-11-14T23:00Z", "--no-verify"))
row("mailbox-of-the-future", imap(), None, args=("-w", "newest_age=1d",
    "--at=2023-11-14T20:00Z", "--no-verify"), shows=('"newest": "2023-11-14T22:13:20Z"',))

# ---- the oldest message that nobody has seen

UNSEEN_AGE = dict(args=("-w", "unseen_age=1d"), stage="mailbox")
OLDEST = '"oldest_unseen": "2023-11-14T22:13:20Z"'
row("unseen-old", imap(), "threshold", sent=(b"SEARCH UNSEEN\n",
    rb"FETCH 3 \(INTERNALDATE\)"), shows=(OLDEST, "unseen for"), text=True,
    **UNSEEN_AGE)
row("unseen-old-esearch", imap(caps=CAPS + " ESEARCH", search=[
    '* ESEARCH (TAG "{tag}") MIN 3', "{tag} OK done"]), "threshold",
    sent=(rb"SEARCH RETURN \(MIN\) UNSEEN",), shows=(OLDEST,), **UNSEEN_AGE)
row("unseen-critical", imap(), "threshold", state="CRITICAL", stage="mailbox",
    args=("-w", "unseen_age=1h", "-c", "unseen_age=1d"))
row("unseen-young", imap(), None, shows=(OLDEST,), args=("-w",
    "unseen_age=1d", "--at=2023-11-14T23:00Z", "--no-verify"))
row("unseen-of-the-future", imap(), None, shows=(OLDEST,
    '"label": "unseen_age", "value": 0,'), args=("-w", "unseen_age=1d",
    "--at=2023-11-14T20:00Z", "--no-verify"))
row("unseen-none", imap(search=["* SEARCH", "{tag} OK done"]), None,
    never=("FETCH",), shows=('"oldest_unseen": null',), hides=("unseen_age",),
    args=("-w", "unseen_age=1d"))
row("unseen-not-asked-for", imap(), None, never=("SEARCH", "FETCH"),
    shows=('"oldest_unseen": null',))
row("unseen-places-beyond", imap(search=["* SEARCH 4 18446744073709551616 -1",
    "{tag} OK done"]), None, never=("FETCH",), args=("-w", "unseen_age=1d"))
row("unseen-no-date", imap(fetch="{tag} OK done"), None, text=True,
    shows=('"oldest_unseen": null',), args=("-w", "unseen_age=1d"))
row("unseen-date-hostile", imap(fetch=[raw(b"* 3 FETCH (INTERNALDATE "
    b"\"99-Foo-99999 99:99:99 \x1b[1m<x>|\")\r\n"), "{tag} OK done"]), None,
    args=("-w", "unseen_age=1d"), text=True, trace=True)
row("unseen-bad", imap(search="{tag} BAD what"), "protocol.rejected",
    secret=True, **UNSEEN_AGE)
row("unseen-closed", imap(search=close), "mailbox.closed", **UNSEEN_AGE)
silent("unseen-silence", imap(search=silence), "mailbox.timeout",
    **UNSEEN_AGE)
silent("unseen-flood", imap(search=[flood(b"* SEARCH " + b"1 " * 30000 +
    b"\r\n", 2000), silence]), ("mailbox.timeout", "protocol.violation"),
    secret=True, **UNSEEN_AGE)
row("unseen-endless-line", imap(search=[raw(b"* SEARCH"),
    flood(b" 1" * 32768, 500), close]), "protocol.violation", secret=True,
    **UNSEEN_AGE)
row("unseen-endless-mailbox", imap(examine=["* 4294967295 EXISTS",
    "{tag} OK done"], search="{tag} OK done"), None,
    sent=(b"SEARCH 990001:1000000 UNSEEN",), args=("-w", "unseen_age=1d"))
row("unseen-of-several", imap(), "threshold", stage="mailbox",
    args=("-m", "INBOX", "-m", "a", "-w", "unseen_age=1d"))

# ---- the name that was meant, several mailboxes, a search

MISSING = imap(examine="{tag} NO [NONEXISTENT] no such mailbox")
for name, wrong, right in (("case", "sent items", "Sent Items"),
    ("prefix", "INBOX.Sent Items", "Sent Items"),
    ("separator", "Archive.2024", "Archive/2024"),
    ("slip", "Archve/2024", "Archive/2024")):
	row("mailbox-missing-" + name, MISSING, "mailbox.missing",
	    args=("-m", wrong), shows=("nearest that exists is " + right,),
	    text=True)
row("mailbox-missing-list-hostile", imap(
    examine="{tag} NO [NONEXISTENT] no such mailbox",
    list=[raw(b'* LIST () "|" "a|b\x1b<c>"\r\n'), "{tag} OK done"]),
    "mailbox.missing", args=("-m", "a|b<c>"), text=True, trace=True)
silent("mailbox-missing-list-silence", imap(
    examine="{tag} NO [NONEXISTENT] no such mailbox", list=silence),
    "mailbox.missing", args=("-m", "x"))
row("mailbox-missing-list-flood", imap(
    examine="{tag} NO [NONEXISTENT] no such mailbox",
    list=[flood(b'* LIST () "/" box\r\n' * 100, 200), silence]),
    "mailbox.missing", args=("-m", "x"))
row("mailboxes", imap(), None, args=("-m", "INBOX", "-m", "a"),
    sent=(b"EXAMINE .*a", b"EXAMINE .*INBOX"), shows=('"messages": 6',))
row("mailboxes-one-refused", imap(examine="{tag} NO [NOPERM] no"),
    "mailbox.forbidden", args=("-m", "INBOX", "-m", "a"),
    shows=("to open a",))
row("search", imap(), None, args=("--search=UNSEEN",),
    sent=(b"SEARCH UNSEEN",), shows=('"found": 1',))
row("search-threshold", imap(search=["* SEARCH 1 2 3", "{tag} OK done"]),
    "threshold", stage="mailbox", args=("--search=ALL", "-w", "found=2"),
    shows=("has found at 3", '"warn": "2"'), text=True)
row("search-too-few", imap(search=["* SEARCH", "{tag} OK done"]),
    "threshold", state="CRITICAL", stage="mailbox",
    args=("--search=FLAGGED", "-c", "found=1:"))
row("search-enough", imap(), None, args=("--search=ALL", "-w", "found=2"),
    shows=('"label": "found", "value": 1',))
row("search-slices", imap(examine=["* 25000 EXISTS", "{tag} OK done"],
    search=["* SEARCH 1 2", "{tag} OK done"]), None,
    args=("--search=UNSEEN",), shows=('"found": 6',),
    sent=(b"(?s)UNSEEN 1:10000.*UNSEEN 10001:20000.*UNSEEN 20001:25000",))
row("search-bad", imap(search="{tag} BAD what"), "protocol.rejected",
    stage="mailbox", args=("--search=NONSENSE",))

# ---- SCRAM, where the module is there

row("scram-good", imap(caps="IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256"), None,
    args=("--auth=SCRAM-SHA-256",), module=True, secret=False)
row("scram-liar", imap(caps="IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256",
    scram="lie"), "auth.server-unproven", args=("--auth=SCRAM-SHA-256",),
    module=True, secret=False)

# ---- states that the caller turns round, signals, several runs

silent("timeout-result", imap(login=silence), "auth.timeout",
    args=("--timeout-result=unknown",), state="UNKNOWN")
row("expect-cause", imap(login="{tag} NO [AUTHENTICATIONFAILED] no"), ANY,
    args=("--expect-cause=auth.rejected",), state="OK", stage=ANY)
row("expect-cause-missed", imap(), ANY,
    args=("--expect-cause=auth.rejected",), state="CRITICAL", stage=ANY)
row("terminated", imap(login=silence), "auth.timeout", terminate=1.0,
    max_seconds=4, text=True)
REJECT = imap(login="{tag} NO [AUTHENTICATIONFAILED] no")
row("backoff", REJECT, "auth.rejected", runs=(
    dict(),
    dict(want="auth.backoff", connects=False),
    dict(password="another-Secret-9", want="auth.rejected"),
    dict(want="auth.backoff", password="another-Secret-9", connects=False),
    dict(args=("--backoff=0",), want="auth.rejected")),
    args=("--backoff=15m",))
row("backoff-not-for-refused", imap(login="{tag} NO the moon"),
    "auth.refused", runs=(dict(), dict()),
    args=("--backoff=15m",))
row("backoff-forgotten", REJECT, "auth.rejected", runs=(
    dict(), dict(args=("--backoff=1s",), sleep=1.5)), args=("--backoff=15m",))
UNWRITABLE = ("--backoff=15m", "--state-dir=/dev/null/state")
row("backoff-not-remembered", REJECT, "auth.rejected", args=UNWRITABLE,
    shows=("cannot be remembered",), text=True, runs=(dict(), dict()))
row("backoff-not-remembered-alone", REJECT, "internal.error", secret=True,
    args=(*UNWRITABLE, "--severity=auth.rejected=OK"), stage="auth",
    shows=("cannot be remembered",))
