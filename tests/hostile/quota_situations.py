# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: what an IMAP server says of quotas, and what check_quota makes of it."""
import tls_situations
from server import CAPS, close, drip, flood, imap, raw, reset, silence, steps
from situation import Table

row = TABLE = Table()
silent, starttls, plain = TABLE.silent, TABLE.starttls, TABLE.plain

OFFERED = CAPS + " QUOTA"
OK = "{tag} OK done"
ROOMY = ('* QUOTAROOT INBOX "User quota"',
    '* QUOTA "User quota" (STORAGE 10 512)', OK)


def quota(*answer, caps=OFFERED, **more):
	"""A server that answers GETQUOTAROOT so."""
	return imap(caps=caps, getquotaroot=list(answer or ROOMY), **more)


def told(line, root='""'):
	return quota("* QUOTAROOT INBOX " + root, "* QUOTA " + line, OK)


def server(greeting="* OK ready", **more):
	more.setdefault("getquotaroot", list(ROOMY))
	return imap(greeting, **more)


def number(used, limit):
	return '"used": %d' % used, '"limit": %d' % limit


# ---- all is well

row("good", quota(), None, text=True, trace=True,
    shows=number(10240, 524288), never=("SELECT", "EXAMINE", "STATUS"))
starttls("good-starttls", quota(), None, trace=True)
plain("good-plain", quota(), None, trace=True)
row("good-mailbox", quota(), None, args=("--mailbox=Bücher",),
    sent=(rb"GETQUOTAROOT .?B&APw-cher",))
row("good-caps-not-told", quota(caps=CAPS), None)
row("good-two-roots", quota("* QUOTAROOT INBOX a b",
    "* QUOTA a (STORAGE 1 10)", "* QUOTA b (MESSAGE 5 10)", OK), None,
    shows=('"root": "a"', '"root": "b"', '"percent": 50'))
row("good-nested", told('"a/b.c (x) \\"y\\" \\\\z" (STORAGE 1 10)',
    '"a/b.c (x) \\"y\\" \\\\z"'), None, shows=('a/b.c (x) \\"y\\" \\\\z',))
row("good-list-like", told('"(STORAGE 9 9)" (STORAGE 1 10)',
    '"(STORAGE 9 9)"'), None, shows=('"root": "(STORAGE 9 9)"',
    '"used": 1024'))
row("good-literal", quota(raw(b"* QUOTAROOT INBOX {5}\r\na (b)\r\n"),
    raw(b"* QUOTA {5}\r\na (b) (STORAGE 1 10)\r\n"), OK), None,
    shows=('"root": "a (b)"',))
row("good-utf7", told('"B&APw-cher" (STORAGE 1 10)', '"B&APw-cher"'), None,
    shows=("Bücher",))
row("good-no-root-name", told("(STORAGE 1 10)"), None)
row("good-lower-case", quota("* quotaroot inbox {1}\r\nx".replace(
    "{1}\r\nx", "x"), "* quota x (storage 1 10)", "{tag} ok"), None,
    shows=number(1024, 10240))
row("good-cyrus", quota("* QUOTAROOT INBOX user.bob",
    "* QUOTA user.bob (STORAGE 24 20000 X-ANNOTATION-STORAGE 0 10240 "
    "X-NUM-FOLDERS 3 50)", OK), None, shows=("X-NUM-FOLDERS",)
    + number(0, 10485760))
row("good-rfc9208", told('"" (STORAGE 1 10 MESSAGE 2 10 MAILBOX 3 10 '
    'ANNOTATION-STORAGE 4 10)'), None, shows=number(4096, 10240))
row("good-one-by-one", quota('* QUOTAROOT INBOX "x y" z', OK,
    getquota=['* QUOTA "x y" (STORAGE 1 10)', OK]), None,
    sent=(rb'GETQUOTA "x y"', rb'GETQUOTA "?z'))
row("good-said-twice", quota('* QUOTAROOT INBOX ""',
    '* QUOTA "" (STORAGE 1 10)', '* QUOTA "" (STORAGE 9 9)', OK), None,
    shows=('"used": 1024',))
row("good-drip", quota(drip(b'* QUOTA "" (STORAGE 1 10)\r\n', 0.02), OK),
    None)
row("good-before-login", quota(login=['* QUOTA "" (STORAGE 9 9)',
    "{tag} OK in"]), None)
row("good-thousand", quota("* QUOTAROOT INBOX " + " ".join(
    "r%d" % n for n in range(1000)), *["* QUOTA r%d (STORAGE %d 10000)"
    % (n, n) for n in range(1000)], OK), None, shows=('"root": "r999"',))

# ---- what is marked as deleted

RES = OFFERED + " QUOTA=RES-STORAGE QUOTA=RES-MESSAGE"


def half_full(*answer, caps=RES, used=256, **more):
	return quota("* QUOTAROOT INBOX x", "* QUOTA x (STORAGE %d 512)" % used,
	    OK, caps=caps, status=list(answer), **more)


DELETED = "* STATUS INBOX (DELETED 3 DELETED-STORAGE 5120)"
row("deleted", half_full(DELETED, OK), None,
    sent=(rb'STATUS "INBOX" \(DELETED DELETED-STORAGE\)',),
    shows=('"deleted": {"messages": 3, "bytes": 5120}',))
row("deleted-bytes", half_full("* STATUS INBOX (DELETED-STORAGE 5120)", OK,
    caps=OFFERED + " QUOTA=RES-STORAGE"), None,
    sent=(rb'STATUS "INBOX" \(DELETED-STORAGE\)',),
    shows=('"deleted": {"bytes": 5120}',))
row("deleted-messages", half_full("* STATUS DELETED (DELETED 1)",
    OK, caps=OFFERED + " QUOTA=RES-MESSAGE"), None, sent=(rb'STATUS "INBOX" \(DELETED\)',),
    shows=('"deleted": {"messages": 1}',))
row("deleted-none", half_full("* STATUS INBOX (DELETED 0 DELETED-STORAGE 0)",
    OK), None, text=True)
row("deleted-not-offered", half_full(caps=OFFERED), None, never=("STATUS",))
row("deleted-room-enough", half_full(used=255), None, never=("STATUS",))
row("deleted-refused", half_full("{tag} BAD what"), None, text=True)
row("deleted-nonsense", half_full("* STATUS INBOX (DELETED -1 "
    "DELETED-STORAGE 99999999999999999999999)", OK), None, text=True)
row("deleted-huge", half_full("* STATUS INBOX (DELETED 18446744073709551615 "
    "DELETED-STORAGE 18446744073709551615)", OK), None, text=True)
silent("deleted-silence", half_full(silence), "quota.timeout")
row("deleted-closed", half_full(close), "quota.closed")

# ---- the largest folders

FOLDERS = ("--folders",)
row("folders-at-once", quota(caps=OFFERED + " LIST-STATUS STATUS=SIZE", list=[
    '* LIST () "/" INBOX', "* STATUS INBOX (MESSAGES 3 SIZE 900)",
    '* LIST (\\Noselect) "/" x', '* LIST () "/" "B&APw-cher"',
    '* STATUS "B&APw-cher" (MESSAGES 1 SIZE 99999)', OK]), None, args=FOLDERS,
    sent=(rb"RETURN \(STATUS \(MESSAGES SIZE\)\)",), never=("STATUS",),
    shows=('"name": "Bücher", "messages": 1, "bytes": 99999}, '
    '{"name": "INBOX"',), text=True)
row("folders-one-by-one", quota(caps=OFFERED + " STATUS=SIZE", list=[
    '* LIST () "/" INBOX', '* LIST () "/" Sent', OK],
    status=["* STATUS Sent (MESSAGES 7 SIZE 70)", OK]), None, args=FOLDERS,
    sent=(rb'STATUS "INBOX" \(MESSAGES SIZE\)', rb'STATUS "Sent"'),
    shows=('"bytes": 70',))
row("folders-without-sizes", quota(list=['* LIST () "/" INBOX', OK],
    status=["* STATUS INBOX (MESSAGES 7)", OK]), None, args=FOLDERS,
    shows=('"bytes": null',))
row("folders-refused", quota(list=["{tag} NO not now"]), None, args=FOLDERS,
    shows=('"folders": []',))
silent("folders-silence", quota(list=silence), "quota.timeout", args=FOLDERS)
row("folders-flood", quota(caps=OFFERED + " LIST-STATUS", list=[flood(
    b'* LIST () "/" x\r\n* STATUS x (MESSAGES 1)\r\n' * 200, 5000)]), None,
    args=FOLDERS, timeout=8, farewell=False)

# ---- no limit

row("none-no-root", quota("* QUOTAROOT INBOX", OK), None,
    shows=("quota.none",))
row("none-nothing", quota(OK), None, shows=("quota.none",))
row("none-empty-list", told('"" ()'), None, shows=("quota.none",))
row("none-no-list", told('"ROOT"', '"ROOT"'), None, shows=("quota.none",),
    never=("GETQUOTA",))
row("none-limit-zero", told('"" (STORAGE 10 0)'), None,
    shows=("quota.none", '"limit": null'))
for name, word in (("2", "NO_ATOMIC_RENAME"), ("3", "X-QUOTA=STORAGE"),
    ("3-10", "QUOTA=RES-ANNOTATION-STORAGE")):
	row("exceeded-limit-zero-cyrus-" + name, quota("* QUOTAROOT INBOX x",
	    "* QUOTA x (STORAGE 0 0)", OK, caps=OFFERED + " " + word),
	    "quota.exceeded", shows=number(0, 0))
row("none-limit-negative", told('"" (STORAGE 10 -1)'), None,
    shows=("quota.none",))

# ---- full, or nearly

row("near", told('"" (STORAGE 81 100)'), "quota.near", text=True)
row("near-critical", told('"" (STORAGE 96 100)'), "quota.near",
    state="critical")
row("near-one-of-two", told('"" (STORAGE 1 100 MESSAGE 90 100)'),
    "quota.near", shows=("90% of 100 messages",))
row("exceeded", told('"" (STORAGE 100 100)'), "quota.exceeded", text=True)
row("exceeded-beyond", told('"" (STORAGE 900 100)'), "quota.exceeded",
    args=("-w", "9999", "-c", "9999"))
row("exceeded-huge", told('"" (STORAGE 18446744073709551615 '
    '18446744073709551615)'), "quota.exceeded",
    shows=number(2**63 - 1, 2**63 - 1))
row("exceeded-beyond-64-bits", told('"" (MESSAGE 99999999999999999999999 '
    '99999999999999999999)'), "quota.exceeded")
row("exceeded-by-words", quota("* NO [OVERQUOTA] mailbox is full", *ROOMY),
    "quota.exceeded", shows=("mailbox is full",))
row("exceeded-refused", quota("{tag} NO [OVERQUOTA] full"), "quota.exceeded")
row("degraded-by-words", quota("* NO the index is damaged", *ROOMY),
    "mailbox.degraded", stage="quota", shows=("the index is damaged",))
row("used-negative", told('"" (STORAGE -5 100)'), None,
    shows=number(0, 102400))

# ---- no answer, or one that makes no sense

row("unsupported", quota("{tag} BAD unknown command", caps=CAPS),
    "quota.unsupported", text=True)
row("unsupported-no", quota("{tag} NO not here", caps=CAPS),
    "quota.unsupported")
row("unsupported-silent", quota(OK, caps=CAPS), "quota.unsupported")
row("unsupported-offered", quota("{tag} NO no quotas today"),
    "quota.unsupported")
row("rejected", quota("{tag} BAD syntax"), "protocol.rejected")
row("forbidden", quota("{tag} NO [NOPERM] not yours"), "mailbox.forbidden",
    stage="quota")
row("missing", quota("{tag} NO [NONEXISTENT] no such mailbox"),
    "mailbox.missing", stage="quota")
row("unavailable", quota("{tag} NO [UNAVAILABLE] later"),
    "mailbox.unavailable", stage="quota")
silent("timeout", quota(silence), "quota.timeout")
silent("timeout-between", quota('* QUOTAROOT INBOX ""', silence),
    "quota.timeout")
row("closed", quota(close), "quota.closed")
row("closed-between", quota('* QUOTA "" (STORAGE 1 1)', close),
    "quota.closed")
row("reset", quota(reset), "quota.closed")
row("bye", quota("* BYE going down", close), "quota.closed")
for name, line in (("no-root", ""), ("no-list", '"" x'), ("no-end", '"" (STORAGE 1 10'),
    ("no-limit", '"" (STORAGE 1)'), ("words", '"" (STORAGE one ten)'),
    ("sign", '"" (STORAGE - 10)'), ("fraction", '"" (STORAGE 1.5 10)'),
    ("open-quote", '"abc (STORAGE 1 10)'),
    ("nested", '"" ((STORAGE 1 10))')):
	row("nonsense-" + name, told(line), "protocol.violation")
row("nonsense-nul", quota(raw(b'* QUOTA "" (STORAGE\0 1 10)\r\n'), OK),
    None)
row("hostile-words", quota("{tag} NO \x1b[31m|<b> {user} {password}"),
    "quota.unsupported", text=True)
row("hostile-root", told('"\x1b[31m|<script>" (STORAGE 99 100)',
    '"\x1b[31m|<script>"'), "quota.near", state="critical", text=True)
row("hostile-resource", told('"" (\x1b[31m|<x> 99 100)'), "quota.near",
    state="critical", text=True)
row("flood", quota(flood(b'* QUOTA "" (STORAGE 1 10)\r\n' * 400, 10000)),
    ("protocol.violation", "quota.timeout"), timeout=5)
row("flood-roots", quota(flood(b"* QUOTAROOT INBOX " + b"x " * 20000
    + b"\r\n", 20), OK), None, timeout=8)
row("flood-line", quota(flood(b"* QUOTA (" + b"x" * 65536, 1000)),
    "protocol.violation", timeout=5)
row("endless-resources", quota("* QUOTAROOT INBOX x", raw(b"* QUOTA x (" +
    b" ".join(b"X-%d 1 2" % n for n in range(5000)) + b")\r\n"), OK), None)

tls_situations.add(TABLE, server)
