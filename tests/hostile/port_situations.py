# SPDX-License-Identifier: GPL-3.0-or-later
"""What may listen on mail ports, and what the port check must make of it."""
from port_server import (RESET, asked, closes, closes_at_hello, drips, floods,
    full, imap, late, lmtp, pop3, resets, resets_at_hello, says, sieve, silent,
    smtp, talks, wary, within)
from port_situation import USUAL, Table

row = Table()
TABLE = row

HTTP = asked(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
SSH = says(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
FTP = says(b"220 (vsFTPd 3.0.3) FTP ready\r\n")
NNTP = says(b"200 news.example.test ready\r\n")
JUNK = says(b"\x07\x00\xff\xfe\x80junk\r\n")
TLS = within(imap())
SERVERS = {"imap": imap(), "pop3": pop3(), "smtp": smtp(), "lmtp": lmtp(),
    "sieve": sieve(), "http": HTTP, "ssh": SSH, "ftp": FTP, "nntp": NNTP,
    "other": JUNK, "tls": TLS}
MAIL = ("imap", "pop3", "smtp", "lmtp", "sieve")
AT = {24: "lmtp", 25: "smtp", 110: "pop3", 143: "imap", 587: "smtp",
    4190: "sieve", 465: "smtp", 993: "imap", 995: "pop3"}
TLS_FIRST = (465, 993, 995)

WELL = {25: smtp(), 110: pop3(), 143: imap(), 465: within(smtp()),
    587: smtp(), 993: within(imap()), 995: within(pop3())}
WELL_TOLD = {25: "open smtp starttls", 110: "open pop3 starttls",
    143: "open imap starttls", 465: "open tls", 587: "open smtp starttls",
    993: "open tls", 995: "open tls"}
# with --probe=tls, and what speaks after STARTTLS
INSIDE = {25: "open smtp/smtp starttls", 110: "open pop3/pop3 starttls",
    143: "open imap/imap starttls", 465: "open tls/smtp",
    587: "open smtp/smtp starttls", 993: "open tls/imap",
    995: "open tls/pop3"}
GOODBYES = {25: ["EHLO", "QUIT"], 110: ["CAPA", "QUIT"],
    143: ["a CAPABILITY", "z LOGOUT"]}


def but(what, **changes):
	"""What is well, but for some ports: but(WELL, p143=silent)."""
	return {**what, **{int(port[1:]): change
	    for port, change in changes.items()}}


def starttls_of(name):
	"""What is said of STARTTLS when that server is asked."""
	return {"lmtp": " clear", "imap": " starttls", "pop3": " starttls",
	    "smtp": " starttls", "sieve": " starttls"}.get(name, "")


# ---- all is well

row("well", WELL, None, WELL_TOLD, heard=GOODBYES,
    values={"open": 7, "refused": 0}, shows=("open 25, 110, 143",))
row("well-in-tls", WELL, None, INSIDE, args=("--probe=tls",))
row("well-connect", WELL, None, {p: "open" for p in USUAL},
    args=("--probe=connect",), heard={143: []})
row("well-all", {**WELL, 4190: sieve()}, None,
    {**WELL_TOLD, 4190: "open sieve starttls"}, ports=(*USUAL, 4190),
    args=("--ports=all",), values={"open": 8})
row.alone("well-lmtp", 24, lmtp(), None, "open lmtp clear")
row.alone("well-unnamed", 2525, smtp(), None, "open smtp starttls")
row.alone("unnamed-silent", 2525, silent, None, "open silent", timeout=2)
row("well-attempts", WELL, None, WELL_TOLD, args=("--attempts=3",),
    members={p: {"attempts": 3, "lost": 0} for p in USUAL},
    values={"loss": 0}, heard=GOODBYES)
row("nobody", {}, "connect.refused", {}, values={"refused": 7},
    causes=["connect.refused"])
row("tls-only", {993: within(imap())}, None, {993: "open tls"},
    values={"open": 1, "refused": 6})
row("starttls-only", {143: imap()}, None, {143: "open imap starttls"})

# ---- the default: one port at which mail is fetched

row("default-995", {995: within(pop3())}, None, {995: "open tls"})
row("default-110", {110: pop3()}, None, {110: "open pop3 starttls"})
row("default-sending-alone", {25: smtp(), 587: smtp(), 465: within(smtp())},
    "connect.refused", {25: WELL_TOLD[25], 587: WELL_TOLD[587],
    465: "open tls"}, shows=(":993 refuses",))
row("default-in-clear", {143: imap(caps=b"IMAP4rev1"),
    110: pop3(capa=b"+OK\r\nUSER\r\n.\r\n")}, "connect.refused",
    {143: "open imap clear", 110: "open pop3 clear"},
    causes=["connect.refused", "tls.starttls-missing"])
row("default-in-clear-alone", {143: imap(caps=b"IMAP4rev1")},
    "tls.starttls-missing", {143: "open imap clear"}, ports=(143,))
row("default-in-clear-connect", {143: imap(caps=b"IMAP4rev1")}, None,
    {143: "open"}, args=("--probe=connect",))
row("default-none-listed", {25: smtp(), 587: smtp()}, None,
    {25: WELL_TOLD[25], 587: WELL_TOLD[587]}, ports=(25, 587))
row("default-none-listed-one-dead", {25: smtp()}, "connect.refused",
    {25: WELL_TOLD[25]}, ports=(25, 587))

# ---- swapped and mixed up

row("swapped-993-in-clear", but(WELL, p993=imap()), None,
    but(WELL_TOLD, p993="open imap"))
row("swapped-993-in-clear-wanted", but(WELL, p993=imap()),
    "tls.port-speaks-plaintext", but(WELL_TOLD, p993="open imap"),
    args=("--expect=open:993",))
row("swapped-143-in-tls", but(WELL, p143=TLS), "tls.port-speaks-tls",
    but(WELL_TOLD, p143="open tls"), args=("--expect=open:143",))
row("swapped-110-143", but(WELL, p110=imap(), p143=pop3()),
    "greeting.wrong-protocol", but(WELL_TOLD, p110="open imap starttls",
    p143="open pop3 starttls"), args=("--expect=open:110,open:143",),
    shows=("143 speaks POP3, not IMAP", "likewise port 110"))
row("swapped-995-imap-in-tls", but(WELL, p995=within(imap())),
    "greeting.wrong-protocol", but(INSIDE, p995="open tls/imap"),
    args=("--probe=tls", "--expect=open:995"),
    shows=("IMAP inside TLS, not POP3",))
row("swapped-995-imap-by-default", {995: within(imap())},
    "connect.refused", {995: "open tls/imap"}, args=("--probe=tls",),
    causes=["connect.refused", "greeting.wrong-protocol"])
row.alone("lmtp-on-25-unsaid", 25, lmtp(b"220 mail.example.test ready\r\n"),
    "greeting.wrong-protocol", "open lmtp clear")
for port in USUAL + (4190, 24):
	for name, server in SERVERS.items():
		if name == AT[port] and port not in TLS_FIRST or \
		    (name == "tls" and port in TLS_FIRST):
			continue
		cause = "greeting.wrong-protocol"
		if name in MAIL and port in TLS_FIRST:
			cause = "tls.port-speaks-plaintext"
		elif name == "tls":
			cause = "tls.port-speaks-tls"
		# on a TLS port the first word decides, and LMTP's is SMTP's
		said = "smtp" if port in TLS_FIRST and name == "lmtp" else name
		row.alone("%s-on-%d" % (name, port), port, server, cause,
		    "open " + said + ("" if port in TLS_FIRST else
		    starttls_of(name)), forms=("json",))

# ---- greetings that send away

for name, port, greeting, cause in (
    ("smtp-421", 25, b"421 4.3.2 shutting down\r\n", "greeting.unavailable"),
    ("smtp-421-lines", 25, b"421-4.3.2 not\r\n421 4.3.2 now\r\n",
	"greeting.unavailable"),
    ("smtp-554", 25, b"554 5.7.1 No SMTP service here\r\n",
	"greeting.refused"),
    ("imap-bye", 143, b"* BYE Connection queue full\r\n",
	"greeting.unavailable"),
    ("imap-bye-blocked", 143, b"* BYE Blocked IP address\r\n",
	"greeting.refused"),
    ("imap-bye-limit", 143, b"* BYE Too many connections from this host\r\n",
	"auth.connection-limit"),
    ("imap-bye-often", 143, b"* BYE Request is throttled\r\n",
	"auth.rate-limited"),
    ("pop3-err", 110, b"-ERR [SYS/TEMP] try again later\r\n",
	"greeting.unavailable"),
    ("pop3-err-denied", 110, b"-ERR access denied\r\n", "greeting.refused")):
	row.alone("away-" + name, port, says(greeting, end=True), cause,
	    "open " + AT[port], stage="greeting", state="warning"
	    if cause.startswith("auth.") else None)
row.alone("sieve-bye", 4190, says(b'BYE "not now"\r\n', end=True),
    "greeting.unavailable", "open sieve")

# ---- STARTTLS struck out, refused, in strange forms

row.alone("struck-out-smtp", 25, smtp(
    ehlo=b"250-mail.example.test\r\n250-XXXXXXXA\r\n250 SIZE\r\n"), None,
    "open smtp clear")
row("struck-out-imap", {143: imap(caps=b"IMAP4rev1 XXXXXXXA")},
    "tls.starttls-missing", {143: "open imap clear"}, ports=(143,))
row("struck-out-pop3", {110: pop3(capa=b"+OK\r\nXXXX\r\nSTLSX\r\n.\r\n")},
    "tls.starttls-missing", {110: "open pop3 clear"}, ports=(110,))
row.alone("starttls-refused", 143, imap(start=b"b NO no certificate\r\n"),
    "tls.starttls-refused", "open imap starttls", args=("--probe=tls",),
    shows=("no certificate",))
row.alone("starttls-refused-smtp", 587, smtp(start=b"454 4.7.0 not now\r\n"),
    "tls.starttls-refused", "open smtp starttls", args=("--probe=tls",))
row.alone("starttls-injection", 143,
    imap(start=b"b OK go\r\na OK injected\r\n"), "tls.injection",
    "open imap starttls", args=("--probe=tls",), shows=("injected",))
row.alone("starttls-in-tls", 143, imap(), None, "open imap/imap starttls",
    args=("--probe=tls",))
row.alone("capabilities-greeted", 143,
    talks(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"), None,
    "open imap starttls", heard={143: ["z LOGOUT"]})
row.alone("ehlo-unknown", 25, talks(b"220 ready\r\n", {b"EHLO":
    b"500 what\r\n", b"LHLO": b"500 what\r\n"}), None, "open smtp clear")
row.alone("capa-unknown", 110, pop3(capa=b"-ERR what\r\n"), None,
    "open pop3 clear")
row.alone("many-lines-of-greeting", 25, smtp(
    b"220-no spam\r\n" * 30 + b"220 ready\r\n"), None, "open smtp starttls")

# ---- silence and ends

row.silent("silent-wanted", but(WELL, p143=silent), "greeting.timeout",
    but(WELL_TOLD, p143="open silent"), args=("--expect=open:143",))
row.silent("silent-all", {p: silent for p in USUAL}, "greeting.timeout",
    {p: "open silent" for p in USUAL}, causes=["greeting.timeout",
    "tls.timeout"])
row.silent("silent-in-tls", {993: silent}, "tls.timeout",
    {993: "open silent"}, args=("--probe=tls", "--expect=open:993"))
row.silent("silent-after-tls", {993: within(silent)}, "greeting.timeout",
    {993: "open tls/silent"}, args=("--probe=tls", "--expect=open:993"))
row.silent("silent-after-ehlo", {25: talks(b"220 ready\r\n",
    {b"EHLO": b"250-mail\r\n"})}, "greeting.timeout", {25: "open smtp"},
    ports=(25,), shows=("greets, and does not say what it offers",))
row.silent("silent-after-capability", {143: talks(b"* OK ready\r\n",
    {b"a CAPABILITY": b""})}, "greeting.timeout", {143: "open imap"},
    ports=(143,))
row.silent("silent-after-starttls", {143: imap(start=b"b OK begin\r\n",
    after=silent)}, "tls.timeout", {143: "open imap starttls"},
    ports=(143,), args=("--probe=tls",))
row.alone("closed-after-starttls", 143, imap(start=b"b OK begin\r\n",
    after=closes), "tls.server-setup", "open imap starttls",
    args=("--probe=tls",))
row.alone("closed-instead-of-starttls", 143, imap(start=None), "tls.closed",
    "open imap starttls", args=("--probe=tls",))
row.alone("closed-at-once", 143, closes, "greeting.closed", "open closed")
row.alone("closed-at-once-993", 993, closes, "tls.server-setup",
    "open closed")
row.alone("closed-at-hello", 993, closes_at_hello, "tls.server-setup",
    "open closed")
row.alone("closed-at-hello-143", 143, closes_at_hello, "greeting.closed",
    "open closed")
row.alone("reset-at-once", 143, resets, "connect.reset", "reset",
    values={"reset": 1})
row.alone("reset-at-once-993", 993, resets, "connect.reset", "reset")
row.alone("reset-at-hello", 993, resets_at_hello, "connect.reset", "reset")
row.alone("closed-after-ehlo", 25, talks(b"220 ready\r\n"),
    "greeting.closed", "open smtp", shows=("when asked what it offers",))
row.alone("closed-in-the-greeting", 143, says(b"* OK rea", end=True),
    "greeting.closed", "open imap", shows=("ends it in the middle of the greeting",))
row.alone("reset-after-ehlo", 25, talks(b"220 ready\r\n", {b"EHLO": RESET}),
    "greeting.closed", "open smtp")
row.silent("queue-full", but(WELL, p993=full), "connect.port-blocked",
    but(WELL_TOLD, p993="filtered"), args=("--expect=open:993",
    "--connect-timeout=1"), shows=("while ports 25",),
    values={"filtered": 1, "open": 6})
row.silent("queue-full-alone", {993: full}, "connect.filtered",
    {993: "filtered"}, ports=(993,), args=("--connect-timeout=1",))
row.silent("queue-full-attempts", {993: full}, "connect.filtered",
    {993: "filtered"}, ports=(993,), args=("--connect-timeout=0.3",
    "--attempts=3"), members={993: {"attempts": 3, "lost": 3}},
    values={"loss": 100})
row.silent("queue-full-probes-off", {993: full}, "connect.filtered",
    {993: "filtered"}, ports=(993,), args=("--connect-timeout=1",
    "--probe=connect"))

# ---- servers that wait on purpose

EARLY = b"554 5.5.1 Error: you spoke first\r\n"
row.alone("slow-wary-smtp", 25, wary(1.5, smtp(), EARLY), None,
    "open smtp starttls", timeout=10, heard={25: ["EHLO", "QUIT"]})
row.alone("slow-wary-exim", 587, wary(1.5, smtp(),
    b"554 SMTP synchronization error\r\n"), None, "open smtp starttls")
row.alone("slow-smtp", 25, wary(1.5, smtp(), EARLY), None,
    "open smtp starttls", args=("--attempts=2",), members={25:
    {"attempts": 2}})
row.alone("too-slow-smtp", 25, wary(5, smtp(), EARLY), "greeting.timeout",
    "open silent", timeout=3)

# ---- hostile bytes

row.alone("endless-greeting", 143, floods(b"* OK ", b"x" * 65536), "protocol.violation",
    "open imap")
row.alone("endless-lines", 25, floods(b"", b"220-" + b"x" * 996 + b"\r\n"),
    "protocol.violation", "open smtp")
row.alone("endless-ehlo", 25, talks(b"220 ready\r\n", {b"EHLO":
    b"250-SIZE 1000\r\n" * 20000}), "protocol.violation", "open smtp")
row.alone("endless-capabilities", 143, talks(b"* OK ready\r\n",
    {b"a CAPABILITY": b"* CAPABILITY " + b"X=Y " * 500000}), "protocol.violation",
    "open imap")
row.alone("a-megabyte-of-greeting", 143, says(b"* OK " + b"y" * (1 << 20) +
    b"\r\n"), "protocol.violation", "open imap")
row.alone("megabyte-of-junk", 143, says(b"y" * (1 << 20) + b"\r\n"),
    "greeting.wrong-protocol", "open other")
row.alone("drip", 143, drips(b"* OK " + b"z" * 60, 0.2),
    "greeting.timeout", "open imap", timeout=2)
row.alone("drip-junk", 143, drips(b"z" * 60, 0.2), "greeting.wrong-protocol",
    "open other", timeout=2)
row.alone("nul", 143, says(b"\0" * 1000), "greeting.wrong-protocol",
    "open other")
row.alone("nul-inside", 143, imap(b"* OK a\0b\0c\r\n"), None,
    "open imap starttls", hides=("a\0b",))
row.alone("empty-lines", 143, says(b"\r\n" * 1000), "greeting.wrong-protocol",
    "open other")
row.alone("bare-lf", 143, imap(b"* OK ready\n"), None, "open imap starttls")
HOSTILE = ("\x1b[31m|\x07<b>\u202eevil\u2066\u200b' \"; rm -rf | `id` $(id)"
    .encode() + b"\xff\xfe\x9b31m")
row.alone("escapes-wrong", 143, says(b"220 " + HOSTILE + b"\r\n"),
    "greeting.wrong-protocol", "open smtp")
row.alone("escapes-away", 143, says(b"* BYE " + HOSTILE + b"\r\n"),
    "greeting.unavailable", "open imap", shows=("rm -rf",))
row.alone("escapes-other", 143, says(HOSTILE + b"\r\n"),
    "greeting.wrong-protocol", "open other")
row.alone("escapes-starttls", 143, imap(start=b"b NO " + HOSTILE + b"\r\n"),
    "tls.starttls-refused", "open imap starttls", args=("--probe=tls",))
row.alone("alert-in-clear", 143, says(b"\x15\x03\x01\x00\x02\x02\x28"),
    "tls.port-speaks-tls", "open tls")
row.alone("half-a-record", 993, says(b"\x16\x03\x03"), None, "open tls")
row.alone("half-a-record-in-tls", 993, says(b"\x16\x03\x03\x00"),
    "tls.timeout", "open", args=("--probe=tls",), timeout=2)

# ---- TLS of other kinds

row.alone("tls-old", 993, within(imap()), "tls.version", "open tls",
    args=("--probe=tls",), versions=("1.0", "1.0"))
row.alone("tls-expired", 993, within(imap()), None, "open tls/imap",
    args=("--probe=tls",), cert="expired")
row.alone("tls-away", 993, within(says(b"* BYE down\r\n", end=True)),
    "greeting.unavailable", "open tls/imap", args=("--probe=tls",))
row.alone("tls-closes-inside", 993, within(closes), "greeting.closed",
    "open tls/closed", args=("--probe=tls",))
row.alone("tls-http-inside", 993, within(HTTP), "greeting.timeout",
    "open tls/silent", args=("--probe=tls",), timeout=2)

for name, versions in ("tls-asks", None), ("tls-asks-1.2", ("1.2", "1.2")):
	row.alone(name, 993, within(imap()), "tls.client-certificate",
	    "open tls", args=("--probe=tls",), versions=versions,
	    ask="client certificate")
row.alone("tls-weak", 993, within(imap()), "tls.policy", "open tls",
    args=("--probe=tls",), versions=("1.2", "1.2"), cert="good.rsa",
    ask="weak dh")
for name, port, server, said in (
    ("imap", 143, imap(), "open imap starttls"),
    ("smtp", 587, smtp(), "open smtp starttls")):
	row.alone("starttls-old-" + name, port, server, "tls.version", said,
	    args=("--probe=tls",), versions=("1.0", "1.0"))
row.alone("starttls-farewell-at-once", 143, imap(
    start=b"b OK begin\r\n* BYE no certificate\r\n", after=closes),
    "tls.starttls-refused", "open imap starttls", args=("--probe=tls",),
    shows=("* BYE no certificate",))
row.alone("starttls-bye", 143, imap(start=b"* BYE no certificate\r\n"),
    "tls.starttls-refused", "open imap starttls", args=("--probe=tls",))
row.alone("starttls-farewell", 143, imap(
    after=says(b"* BYE no certificate\r\n", end=True)),
    "tls.starttls-refused", "open imap starttls", args=("--probe=tls",),
    shows=("* BYE no certificate",))
row.alone("tls-alert", 993, asked(b"\x15\x03\x03\0\2\2\x28"),
    "tls.handshake", "open tls", args=("--probe=tls",),
    shows=("handshake_failure",))
row.alone("tls-resets-inside", 993, within(resets), "greeting.closed",
    "open tls/closed", args=("--probe=tls",))

# ---- losses

row("lossy", {993: late(0.75, within(imap()), behind=143), 143: imap()},
    "connect.lossy", {993: "open tls", 143: WELL_TOLD[143]}, ports=(993, 143),
    args=("--attempts=6", "--connect-timeout=0.3"),
    members={993: {"attempts": 6}},
    shows=("6 attempts were lost",))
row("lossy-once", {993: late(0.3, within(imap()), behind=143), 143: imap()},
    None, {993: "open tls", 143: WELL_TOLD[143]}, ports=(993, 143),
    args=("--attempts=6", "--connect-timeout=0.9"),
    members={993: {"attempts": 6, "lost": 1}})

# ---- policy

row("policy-kept", {993: TLS, 587: smtp()}, None,
    {993: "open tls", 587: WELL_TOLD[587]},
    args=("--expect=open:993,open:587", "--expect=closed:110,refused:143"))
row("policy-open-wanted", {993: TLS}, "connect.refused", {993: "open tls"},
    args=("--expect=open:993,open:995",), causes=["connect.refused"])
row("policy-shut-wanted", {993: TLS, 110: pop3()}, "connect.unexpected-open",
    {993: "open tls", 110: WELL_TOLD[110]},
    args=("--expect=open:993,closed:110",))
row("policy-shut-wanted-of-silent", {110: silent}, "connect.unexpected-open",
    {110: "open silent"}, args=("--expect=closed:110",), timeout=2)
row("policy-filtered-wanted", {}, "connect.refused", {},
    args=("--expect=filtered:25",), shows=("filtered was expected",))
row.silent("policy-filtered", {25: full}, None, {25: "filtered"},
    args=("--expect=filtered:25,closed:25", "--connect-timeout=1"))
row.silent("policy-closed-by-filter", {25: full}, None, {25: "filtered"},
    args=("--expect=closed:25", "--connect-timeout=1"))
row("policy-reset", {143: resets}, None, {143: "reset"},
    args=("--expect=reset:143",))
row("policy-closed-by-reset", {143: resets}, None, {143: "reset"},
    args=("--expect=closed:143",))
for word in "rejected", "unreachable", "reset":
	row("policy-%s-wanted" % word, {}, "connect.refused", {},
	    args=("--expect=%s:25" % word,), shows=(word + " was expected",))
row("policy-beyond-the-list", {993: TLS, 2525: smtp()}, None,
    {993: "open tls", 2525: "open smtp starttls"}, ports=(993, 2525),
    args=("--ports=993", "--expect=open:2525"), values={"open": 2})
row("policy-range", {}, None, {}, ports=tuple(range(2000, 2020)),
    args=("--ports=2000", "--expect=closed:2000-2019"),
    values={"refused": 20})
row("policy-starttls-not-asked", {143: imap(caps=b"IMAP4rev1")}, None,
    {143: "open imap clear"}, args=("--expect=open:143",))
row("severity", {}, "connect.refused", {},
    args=("--severity=connect.*=WARNING",), state="warning")
row("expected-cause", {}, None, {}, args=("--expect-cause=connect.refused",))
row("threshold", WELL, "slow", WELL_TOLD, args=("-w", "connect=0"),
    stage="connect")
row("threshold-of-open", WELL, "threshold", WELL_TOLD, args=("-c",
    "open=0:6"), state="critical", stage=None)

# ---- several hosts

row("hosts-well", [WELL, WELL], None, [WELL_TOLD, WELL_TOLD],
    values={"open": 14})
row("hosts-one-dead", [WELL, {}], "connect.refused", [WELL_TOLD, {}],
    shows=("1 of 2 targets",), values={"open": 7, "refused": 7})
row("hosts-policy", [{993: TLS}, {993: TLS, 110: pop3()}, {993: TLS}],
    "connect.unexpected-open", [{993: "open tls"}, {993: "open tls",
    110: WELL_TOLD[110]}, {993: "open tls"}],
    args=("--expect=open:993,closed:110",), causes=[
    "connect.unexpected-open"], shows=("1 of 3 targets",))
row("hosts-worst", [{993: imap()}, {}, WELL], "connect.refused",
    [{993: "open imap"}, {}, WELL_TOLD], shows=("2 of 3 targets",))
