# SPDX-License-Identifier: GPL-3.0-or-later
"""The table for check_quota over IMAP: what stands before the login is as for
check_imap_login, and then come answers to GETQUOTAROOT.
"""
import situations
from server import (CAPS, close, drip, flood, forget, imap, raw, refuse_rest,
    reset, silence)
from situation import ANY, PASSWORD, USER, Table

row = TABLE = Table()
silent, starttls = TABLE.silent, TABLE.starttls

# ---- as far as the login

BEFORE = {"capability", "starttls", "login", "challenge", "literal", "logout"}


def is_before(situation):
	"""Does a row of the login check say nothing of a mailbox?"""
	on = getattr(situation.script, "on", {})
	return (set(on) <= BEFORE and not situation.sent and
	    situation.stage != "mailbox" and
	    not situation.name.startswith(("together-", "mailbox", "fetch",
	    "search", "good-alert", "unseen", "idle", "push", "newest",
	    "remember", "id-", "slow", "credentials-", "password-")) and
	    not any(a.startswith(("--fetch", "-m", "--idle", "--search",
	    "--remember", "-w", "-c")) for a in situation.args))


TABLE.extend(filter(is_before, situations.TABLE))

# ---- what real servers say when all is well

QUOTA = CAPS + " QUOTA"


def answer(*lines, caps=QUOTA, **on):
	"""A server that says these lines, and OK, to GETQUOTAROOT."""
	return imap(caps=caps, getquotaroot=[*lines, "{tag} OK done"], **on)


def of(items, root='""'):
	return answer("* QUOTAROOT INBOX " + root,
	    "* QUOTA %s (%s)" % (root, items))


row("quota-good", imap(caps=QUOTA), None, sent=(rb"GETQUOTAROOT \"INBOX\"",),
    never=("EXAMINE", "SELECT", "STATUS", "LIST", "GETQUOTA"), text=True,
    trace=True, login=("PLAIN", USER, PASSWORD),
    shows=('"percent": 50', "User quota"))
starttls("quota-good-starttls", imap(caps=QUOTA), None, text=True)
row("quota-not-in-capabilities", imap(), None, shows=('"percent": 50',))
row("quota-utf7", imap(caps=QUOTA), None, args=("-m", "Entw\u00fcrfe"),
    sent=(rb"GETQUOTAROOT \"Entw&APw-rfe\"",))
row("quota-gmail", of("STORAGE 240 15728640"), None,
    shows=('"used": 245760, "limit": 16106127360',))
row("quota-cyrus", of("STORAGE 9 10 MESSAGE 0 10 X-ANNOTATION-STORAGE 0 3 "
    "X-NUM-FOLDERS 1 10", "user.bob"), "quota.near", shows=(
    '"resource": "X-NUM-FOLDERS"', '"root": "user.bob"'))
row("quota-dovecot-no-limit", of("", '"User quota"'), None,
    shows=("has no limit",), text=True)
row("quota-dovecot-no-root", answer(), None, shows=("has no limit",))
row("quota-cyrus-no-root", answer("* QUOTAROOT INBOX"), None)
row("quota-james", answer("* QUOTAROOT INBOX #private&bob",
    "* QUOTA #private&bob (MESSAGE 3 -1)",
    "* QUOTA #private&bob (STORAGE 5 0)"), None, shows=('"limit": null',))
row("quota-greenmail", answer("* QUOTAROOT INBOX",
    "* QUOTA someroot (STORAGE 10 1000)"), None, shows=("someroot",))
row("quota-zero-of-cyrus", answer("* QUOTA x (STORAGE 0 0)",
    caps=QUOTA + " X-QUOTA=STORAGE"), "quota.exceeded")
row("quota-several", answer("* QUOTAROOT INBOX a b", "* QUOTA a (STORAGE 1 9)",
    "* QUOTA b (STORAGE 8 9)"), "quota.near", args=("-w", "80"),
    shows=('of \\"b\\"',), text=True)
row("quota-literal-root", answer(
    raw(b"* QUOTAROOT INBOX {4}\r\n(\"a)\r\n"),
    raw(b"* QUOTA {4}\r\n(\"a) (STORAGE 1 9)\r\n")), None)
row("quota-nested-names", answer('* QUOTAROOT INBOX "(a (b) STORAGE 9 1)"',
    '* QUOTA "(a (b) STORAGE 9 1)" (STORAGE 1 9)'), None)
row("quota-named-only", answer("* QUOTAROOT INBOX a",
    getquota=["* QUOTA a (STORAGE 8 9)", "{tag} OK done"]), "quota.near",
    sent=(rb'GETQUOTA "a"',))
row("quota-named-refused", answer("* QUOTAROOT INBOX a b",
    "* QUOTA a (STORAGE 8 9)", getquota="{tag} NO yours not"), "quota.near")
row("quota-all-refused", answer("* QUOTAROOT INBOX a b",
    getquota="{tag} NO yours not"), "quota.unsupported",
    shows=("yours not",))
row("quota-preauth", imap("* PREAUTH welcome", caps=QUOTA), None,
    secret=False, never=("LOGIN", "AUTHENTICATE"))

# ---- thresholds and what is used up

row("quota-exceeded", of("STORAGE 9 9"), "quota.exceeded", text=True)
row("quota-exceeded-whatever", of("STORAGE 10 9"), "quota.exceeded",
    args=("-w", "500", "-c", "900"))
row("quota-near-critical", of("STORAGE 96 100"), "quota.near",
    state="CRITICAL", text=True)
row("quota-near-messages", of("STORAGE 1 100 MESSAGE 5 10"), "quota.near",
    args=("-w", "messages=4"))
row("quota-near-free", of("STORAGE 1 100"), "quota.near", state="CRITICAL",
    args=("-c", "free=1M"))
row("quota-severity", of("STORAGE 9 9"), "quota.exceeded", state="WARNING",
    args=("--severity=quota.exceeded=warning",))

# ---- no answer, and answers that are none

row("quota-unsupported", imap(getquotaroot="{tag} BAD unknown command"),
    "quota.unsupported", shows=("unknown command",), text=True)
row("quota-unsupported-no", imap(getquotaroot="{tag} NO no quotas here"),
    "quota.unsupported", shows=("no quotas here",))
row("quota-bad", imap(caps=QUOTA, getquotaroot="{tag} BAD unknown"),
    "protocol.rejected", stage="quota")
for code, cause in (("NOPERM", "mailbox.forbidden"),
    ("NONEXISTENT", "mailbox.missing"), ("UNAVAILABLE", "mailbox.unavailable"),
    ("SERVERBUG", "mailbox.unavailable"), ("OVERQUOTA", "quota.exceeded"),
    ("INUSE", "mailbox.in-use"), ("CORRUPTION", "mailbox.damaged"),
    ("X-UNHEARD-OF", "quota.unsupported")):
	row("quota-" + code.lower(), imap(caps=QUOTA,
	    getquotaroot="{tag} NO [%s] quite peculiar" % code), cause,
	    stage="quota", shows=("quite peculiar",))
row("quota-gmail-bandwidth", imap(caps=QUOTA, getquotaroot="{tag} NO "
    "[OVERQUOTA] Account exceeded command or bandwidth limits. abc123"),
    ("auth.rate-limited", "quota.unsupported"), stage="quota")
row("quota-warned-over", answer("* NO [OVERQUOTA] no room is left",
    "* QUOTA x (STORAGE 1 9)"), "quota.exceeded", shows=("no room is left",))
row("quota-warned-near", answer("* NO [ALERT] Mailbox is at 95% of quota",
    "* QUOTA x (STORAGE 1 9)"), "quota.near")
row("quota-warned-otherwise", answer("* NO index is damaged",
    "* QUOTA x (STORAGE 1 9)"), "mailbox.degraded", stage="quota")
row("quota-dovecot-internal-error", answer("* QUOTAROOT INBOX x",
    "* QUOTA x ()", "* BAD Internal quota calculation error"),
    "quota.unsupported", shows=("Internal quota calculation error",))
silent("quota-silence", imap(caps=QUOTA, getquotaroot=silence),
    "quota.timeout", text=True)
silent("quota-drip", imap(caps=QUOTA, getquotaroot=drip(b"* QUOTA x (" +
    b"STORAGE 1 2 " * 99, 0.05)), "quota.timeout")
row("quota-closed", imap(caps=QUOTA, getquotaroot=close), "quota.closed",
    text=True)
row("quota-reset", imap(caps=QUOTA, getquotaroot=reset), "quota.closed")
row("quota-bye", imap(caps=QUOTA, getquotaroot=["* BYE Internal error",
    close]), "quota.closed", shows=("Internal error",))
row("quota-closed-half", imap(caps=QUOTA, getquotaroot=[
    raw(b"* QUOTA x (STORAGE 1"), close]), "quota.closed")

# ---- sent with the login, to servers that do not bear it

TOGETHER = "* OK [CAPABILITY %s] ready" % QUOTA
row("quota-together-dropped", imap(TOGETHER, caps=QUOTA, login=[forget,
    "{tag} OK in"]), None, timeout=6)
row("quota-together-refused", imap(TOGETHER, caps=QUOTA, login=[
    refuse_rest("BAD log in first", 1), "{tag} OK in"]), None, timeout=6)

# ---- hostile answers

row("quota-before-tls", imap("* OK hello\r\n* QUOTAROOT INBOX liar\r\n"
    "* QUOTA liar (STORAGE 9 9)"), (None, "tls.injection"), tls="starttls",
    hides=("liar",), secret=ANY)
row("quota-before-login", imap(caps=QUOTA, login=[
    "* QUOTA liar (STORAGE 9 9)", "{tag} OK in"]), None, hides=("liar",))
row("quota-negative", of("STORAGE -7 9 MESSAGE -1 -1"), None,
    shows=('"used": 0',))
row("quota-2^64", of("STORAGE 18446744073709551616 18446744073709551617"),
    "quota.exceeded", shows=("9223372036854775807",), text=True)
row("quota-overflow-of-units", of("STORAGE 1 9007199254740993"), None,
    shows=("9223372036854775807",))
row("quota-no-number", of("STORAGE one 2"), "protocol.violation",
    stage="quota")
row("quota-one-number", of("STORAGE 1"), "protocol.violation", stage="quota")
row("quota-no-end", answer("* QUOTA x (STORAGE 1 2"), "protocol.violation",
    stage="quota")
row("quota-hostile-names", answer(raw(b"* QUOTAROOT INBOX \"a|\x1b[31m<b>\"\r\n"
    b"* QUOTA \"a|\x1b[31m<b>\xe2\x80\xae\xff\" (X\x1b|<y> 9 9 \xff\x07 1 2)"
    b"\r\n")), "quota.exceeded", text=True, trace=True)
row("quota-echo", answer("* QUOTA {password} ({password} 9 9)"),
    "quota.exceeded", text=True, trace=True)
row("quota-thousand-roots", answer("* QUOTAROOT INBOX" + "".join(
    " r%d" % n for n in range(1000)), raw(b"".join(
    b"* QUOTA r%d (STORAGE %d 2000 MESSAGE 1 2000)\r\n" % (n, n)
    for n in range(1000)))), None, text=True, args=("-v",))
row("quota-thousand-unknown-roots", answer("* QUOTAROOT INBOX" + "".join(
    " r%d" % n for n in range(1000)),
    getquota=["* QUOTA x (STORAGE 1 9)", "{tag} OK done"]), None)
row("quota-flood-of-roots", imap(caps=QUOTA, getquotaroot=[
    flood(b"".join(b"* QUOTA %04d%d (A 1 2 B 3 4)\r\n" % (n, n)
    for n in range(9999)), 8), "{tag} OK done"]), (None,
    "protocol.violation"), timeout=20)
row("quota-flood-of-resources", imap(caps=QUOTA, getquotaroot=[
    flood(b"* QUOTA x (" + b"A 1 2 " * 20000 + b")\r\n", 50),
    "{tag} OK done"]), None, timeout=20)
row("quota-endless-line", imap(caps=QUOTA, getquotaroot=[
    raw(b"* QUOTA x ("), flood(b"A 1 2 " * 10000, 1000)]),
    "protocol.violation", stage="quota")
row("quota-endless-literal", imap(caps=QUOTA, getquotaroot=[
    raw(b"* QUOTA {4294967296}\r\n"), flood(b"a" * 65536, 1000)]),
    "protocol.violation", stage="quota")
row("quota-million-untagged", imap(caps=QUOTA, getquotaroot=[
    flood(b"* QUOTAROOT INBOX a b c\r\n" * 1000, 1000), "{tag} OK"]),
    (None, "protocol.violation"), timeout=20)

# ---- the largest folders

SIZES = QUOTA + " STATUS=SIZE"
FOLDERS = dict(args=("--folders", "-v"), text=True)
row("folders", imap(caps=SIZES, status=[raw(
    b"* STATUS INBOX (MESSAGES 3 SIZE 99)\r\n"), "{tag} OK done"]), None,
    sent=(rb'LIST "" "\*"\n', rb'STATUS "Sent Items" \(MESSAGES SIZE\)'),
    shows=('"bytes": 99',), **FOLDERS)
row("folders-in-one-go", imap(caps=SIZES + " LIST-STATUS", list=[
    raw(b"* STATUS a (SIZE 7)\r\n* STATUS b (MESSAGES 1 SIZE 8)\r\n"),
    "{tag} OK done"]), None, sent=(rb"RETURN \(STATUS",), never=("STATUS",),
    shows=('"name": "b", "messages": 1, "bytes": 8',), **FOLDERS)
row("folders-without-sizes", imap(caps=QUOTA), None, never=("LIST",),
    **FOLDERS)
row("folders-list-refused", imap(caps=SIZES, list="{tag} NO no"), None,
    shows=('"folders": []',), **FOLDERS)
row("folders-status-refused", imap(caps=SIZES, status="{tag} NO no"), None,
    shows=('"folders": []',), **FOLDERS)
row("folders-closed", imap(caps=SIZES, list=close), "quota.closed",
    shows=('"percent": 50',), **FOLDERS)
silent("folders-silence", imap(caps=SIZES, list=silence), "quota.timeout",
    shows=('"percent": 50',), **FOLDERS)
row("folders-hostile", imap(caps=SIZES + " LIST-STATUS", list=[
    raw(b"* STATUS \"a|\x1b[1m<b>\xe2\x80\xae\" (SIZE "
    b"99999999999999999999)\r\n* STATUS \"\x1b|<c>\" (SIZE "
    b"18446744073709551615)\r\n"), "{tag} OK done"]), None, trace=True,
    **FOLDERS)
row("folders-flood", imap(caps=SIZES, list=[flood(
    b'* LIST () "/" box\r\n' * 1000, 200), "{tag} OK done"]), None,
    args=("--folders",), timeout=20, farewell=False)
row("folders-flood-in-one-go", imap(caps=SIZES + " LIST-STATUS", list=[
    flood(b"* STATUS " + b"x" * 900 + b" (SIZE 1)\r\n", 20000),
    "{tag} OK done"]), None, args=("--folders",), timeout=20,
    farewell=False)
