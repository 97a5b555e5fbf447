# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold of a report and of a conversation.

Every function returns a list of complaints, empty when all is well.
"""
import base64
import email
import email.policy
import json
import os
import re
import sys

from situation import ANY

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from json_schema import Validator, load

EXIT = {"ok": 0, "warning": 1, "critical": 2, "unknown": 3}
FIRST = re.compile(r"[A-Z0-9_]+ (OK|WARNING|CRITICAL|UNKNOWN): [^|\n]*?[^|\n ]"
    r"( \[([a-z0-9.-]+)\])?( \| (?P<perf>[^|\n]+))?")
PERF = re.compile(r"(?:'[^'=]+'|[A-Za-z0-9_.-]+)=-?[0-9]+(\.[0-9]+)?(s|%|B|c)?"
    r"(;[0-9.:@~-]*){0,2}(;[0-9.-]*){0,2}")
FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
HARMFUL = {"SELECT", "STORE", "EXPUNGE", "APPEND", "DELETE", "CREATE",
    "RENAME", "COPY", "MOVE", "SUBSCRIBE", "SETQUOTA", "SETACL", "DELE"}
# how the connection that puts a message may say it
SECOND = (("APPEND", rb'"INBOX" \(\\Seen\) |"Probe" \(\\Seen\) '),
    ("SELECT", rb'"INBOX"$|"Probe"$'),
    ("STORE", rb"31 \+FLAGS\.SILENT \(\\Deleted\)$"), ("EXPUNGE", rb"31$"))
FAREWELLS = (["LOGOUT"], ["QUIT"], ["UNBIND"])


def read_causes(path):
	"""{cause: (state, party)} of causes.tsv."""
	table = {}
	with open(path, encoding="utf-8") as lines:
		for line in lines:
			if not line.startswith("#") and "\t" in line:
				cause, state, party = line.split("\t")[:3]
				table[cause] = (state, party)
	return table


class Schema:
	"""Holds a document to the schema; that it is not there is said once."""

	def __init__(self, root):
		self.validator = None
		path = os.path.join(root, "contrib", "check-result.schema.json")
		if os.path.exists(path):
			with open(path, encoding="utf-8") as lines:
				self.validator = Validator(load(lines.read()))
		self.present = self.validator is not None

	def check(self, text):
		if not self.present:
			return []
		try:
			found = list(self.validator.errors(self.validator.root,
			    load(text.decode("utf-8")), "#"))
		except (ValueError, RecursionError) as error:
			found = [str(error)]
		return ["schema: " + "; ".join(found)[:300]] if found else []


def forms(user, password):
	"""The ways in which a secret may slip out."""
	user, secret = user.encode(), password.encode()
	blobs = [base64.b64encode(secret), secret,
	    base64.b64encode(b"\0" + user + b"\0" + secret),
	    base64.b64encode(user + b"\0" + user + b"\0" + secret)]
	return [blob.rstrip(b"=") for blob in blobs]


def no_secret(where, data, user, password):
	return ["the secret is in " + where
	    for form in forms(user, password) if form in data][:1]


def clean(where, data, angles):
	"""One charset, no control bytes, nothing that steers a terminal."""
	try:
		text = data.decode("utf-8")
	except UnicodeDecodeError:
		return [where + " is not UTF-8"]
	bad = FORBIDDEN.search(text)
	if bad:
		return ["%s has %r in %r" % (where, bad[0],
		    text[max(0, bad.start() - 30):bad.end() + 10])]
	if angles and re.search("[<>]", text):
		return ["%s has an angle bracket" % where]
	return []


def text_form(data, cause):
	"""The first line, its perfdata, and no second `|`."""
	text = data.decode("utf-8", "replace")
	if not text.endswith("\n") or text.endswith("\n\n"):
		return ["text does not end in one newline"]
	first = text.split("\n")[0]
	match = FIRST.fullmatch(first)
	if not match:
		return ["first line is malformed: %r" % first[:200]]
	out = []
	if text.count("|") > (1 if match["perf"] else 0):
		out.append("more than one | in %r" % text[:300])
	if (match[3] is None) != (match[1] == "OK"):
		out.append("state and cause disagree: %r" % first[:200])
	if cause is not ANY and match[3] != cause:
		out.append("text says %s, JSON %s" % (match[3], cause))
	for item in re.findall(r"(?:'[^']*'|[^ '])+", match["perf"] or ""):
		if not PERF.fullmatch(item):
			out.append("perfdata %r" % item)
	if len(data) > 16384:
		out.append("%d bytes of text" % len(data))
	return out


def stage_of(cause):
	"""The stage that a cause is named after; ANY where it has none."""
	prefix = (cause or "").split(".")[0]
	if prefix == "cert":
		return "tls"
	if prefix in ("usage", "internal"):
		return None
	if prefix in ("connect", "greeting", "tls", "auth", "mailbox", "fetch"):
		return prefix
	return ANY


def one_of(value, wanted):
	return wanted is ANY or value in (
	    wanted if isinstance(wanted, tuple) else (wanted,))


def verdict(doc, code, want, causes):
	"""cause, state, party, stage and exit code of a JSON document.

	want -- has causes, state, party, stage as in situations.Situation
	"""
	cause, out = doc.get("cause"), []
	if ANY not in want.causes and cause not in want.causes:
		return ["cause is %s, not %s: %s" % (cause, " or ".join(
		    map(str, want.causes)), doc.get("summary"))]
	state, party = causes.get(cause, ("OK", None))
	state = (want.state or state).lower()
	if doc["state"] != state:
		out.append("state is %s, not %s" % (doc["state"], state))
	if doc["party"] != party:
		out.append("party is %s, not %s" % (doc["party"], party))
	stage = want.stage if want.stage is not None else stage_of(cause)
	if cause is not None and not one_of(doc["stage"], stage):
		out.append("stage is %s, not %s" % (doc["stage"], stage))
	if (cause is None) != (doc["state"] == "ok"):
		out.append("cause %s with state %s" % (cause, doc["state"]))
	if code != EXIT.get(doc["state"]):
		out.append("exit code %d with %s" % (code, doc["state"]))
	return out


def report(data, want):
	"""Words that must and must not be in it; quotes are as in the text."""
	try:
		text = json.dumps(json.loads(data), ensure_ascii=False)
	except ValueError:
		text = data.decode("utf-8", "replace")
	return ["does not show %r" % word for word in want.shows
	    if word not in text] + ["shows %r" % word for word in want.hides
	    if word in text]


def credential(record, want):
	"""Did the server get the credential it should have got, and when?"""
	out = []
	if len(record.logins) > 1:
		out.append("%d logins in one run" % len(record.logins))
	if not want.secret:
		if record.logins and record.logins[0][0] != "SCRAM":
			out.append("a login was tried")
		out += no_secret("what the server got", record.said() + record.raw,
		    want.user, want.password)
	if want.login:
		how, user, password = want.login
		right = [(how, user.encode(), password.encode())]
		got = [login[:3] for login in record.logins]
		if got != right:
			out.append("the server got %.200r, not %.200r" %
			    (got, right))
	if want.tls != "none" and any(not l[3] for l in record.logins):
		out.append("a login came without TLS")
	if no_secret("", bytes(record.clear), want.user, want.password) and \
	    want.tls != "none":
		out.append("the secret came in clear")
	return out


def agreed_on_utf8(names, command):
	"""RFC 6531: MAIL with SMTPUTF8 comes before a recipient that needs it."""
	return command.name in ("MAIL", "RCPT") and "MAIL" in names


def conversation(record, want):
	"""What was said to the server."""
	names = record.names()
	out = ["client: " + fault for fault in record.faults]
	out += ["%s was sent" % name for name in names if name in HARMFUL]
	out += ["%s was sent" % name for name in want.never if name in names]
	for command in record.commands:
		if re.search(rb"[^\x20-\x7e\0]", command.text) and \
		    not agreed_on_utf8(names, command):
			out.append("%s has bytes outside ASCII in clear view" %
			    command.name)
		if re.search(rb"BODY\[|RFC822(\.TEXT)?[ )]", command.text):
			out.append("a fetch that sets \\Seen")
	lines = b"\n".join(c.name.encode() + b" " + c.text
	    for c in record.commands)
	out += ["%r was not sent" % pattern for pattern in want.sent
	    if not re.search(pattern, lines)]
	if want.causes == (None,) and want.state is None and want.farewell and \
	    names[-1:] not in FAREWELLS:
		out.append("no farewell at the end of %s" % names)
	return out + credential(record, want)


def second(record, want):
	"""What was said on the connection that puts a message."""
	names = [name for name in record.names() if name != "LOGOUT"]
	if names[:1] == ["CAPABILITY"]:
		del names[0]
	out = ["second client: " + fault for fault in record.faults]
	if names != want.second:
		out.append("the second connection brought %s, not %s" % (names,
		    want.second))
	for name, pattern in SECOND:
		out += ["%s %r" % (name, c.text) for c in record.commands
		    if c.name == name and not re.match(pattern, c.text)]
	for message in record.messages:
		mail = email.message_from_bytes(message,
		    policy=email.policy.default)
		if mail.defects or re.search(rb"[^\r]\n|\r[^\n]", message):
			out.append("malformed message: %r" % message)
		out += ["message without %s" % name for name in ("From", "To",
		    "Date", "Message-ID", "Subject") if not mail[name]]
	return out + credential(record, want)


def again(records, want):
	"""What was said on the connection that sees what TLS was refused: no more
	than what stands before TLS."""
	out = []
	for record in records:
		if record.secure:
			out.append("said in TLS that was refused: %r" %
			    bytes(record.secure[:80]))
		out += ["once more: " + fault for fault in record.faults]
		if record.logins:
			out.append("a login where TLS was refused")
		out += no_secret("what is said once more", record.said() +
		    record.raw, want.user, want.password)
	return out


def transcript(data, want, record):
	"""stderr under -vvv: the login is there, the secret is not."""
	out = clean("the transcript", data.replace(b"\t", b" "), False)
	for word in (b"LOGIN", b"AUTHENTICATE", b"PASS", b"AUTH", b"APOP"):
		if word.decode() in record.names() and word not in data:
			out.append("no %s in the transcript" % word.decode())
	if not data:
		out.append("no transcript")
	return out + no_secret("the transcript", data, want.user, want.password)


def refusal(done, case, form, schema):
	"""One line of usage.* that names the option, soon, and exit code 3."""
	out = clean("stdout", done.out, True)
	text = done.out.decode(errors="replace")
	if done.code != 3:
		out.append("exit code %d" % done.code)
	if done.err:
		out.append("stderr: %r" % done.err[:600])
	if done.seconds > 4:
		out.append("took %.1f s" % done.seconds)
	out += ["shows %s" % word for word in case.hides if word in text]
	if form == "json":
		return out + json_refusal(done, schema)
	if text.count("\n") != 1 or "[usage." not in text:
		out.append("not one line of usage.*: %.200r" % text)
	else:
		out += text_form(done.out, ANY)
	return out + ["does not name %s: %.200r" % (word, text)
	    for word in case.words if word not in text]


def json_refusal(done, schema):
	try:
		doc = json.loads(done.out)
	except ValueError:
		return ["no JSON: %.200r" % done.out]
	if not str(doc["cause"]).startswith("usage."):
		return ["cause is %s" % doc["cause"]]
	return schema.check(done.out)
