# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input from the caller: values that no option may take.

Every row must end in one line that names the option, in exit code 3 and a
cause of usage.*, and nothing may be contacted.
"""
import os
import re

HUGE = "9" * 20
ALL_TOO_MANY = "all," * 20000 + "x"
NUMBERS = ("-1", HUGE, "nonsense", "1x", "0x10", " 1", "1e400")
WORDS = ("-1", HUGE, "nonsense")
TIMES = ("-1", "0", HUGE, "nonsense", "nan", "inf", "1 s", "1e400")
RANGES = ("nonsense", "nan", "nosuchmetric=1", "1:2:3", "10:5", "=", "-1",
    "time=", "@", "1;2", "inf:")
NAMES = ("a b", "a/b", "x" * 300, "a;b", "a'b", "a\nb", "$(x)", "a..b")
NO_FILE = ("/nonexistent/file", "/")
PORT_LISTS = ("-1", HUGE, "nonsense", "0", "65536", "143,", ",143", "143,,993",
    "993-990", "143-", "-143", "1-65536", "0-10", "143;993", "143 993",
    "imapx", "imap-", "all-993", "0x8f", "1e2", "143-993-995", ALL_TOO_MANY)
CONTROLS = ("a\nb", "a\rb", "a\x01b", "a\x1b[1mb", b"a\xffb")

# what each option refuses besides the empty value; those of --help that are
# not here make the suite fail
REFUSED = {
    "hostname": NAMES + ("[::1", "::g"),
    "port": NUMBERS + ("0", "65536", "imapx"),
    "address": WORDS + ("1.2.3", "mail.example.test", "1.2.3.4.5", "::g"),
    "source-address": WORDS + ("1.2.3", "localhost"),
    "connect-timeout": TIMES, "timeout": TIMES + ("10:SOMETIMES", ":OK"),
    "reference": ("a b:1", "host:0", "host:99999", "host"),
    "proxy": ("h:1", "socks5h://", "socks5h://h:0", "http://h/path",
              "http://user@h"),
    "proxy-protocol": WORDS + ("v0", "v3"),
    "tls": WORDS, "ca-file": NO_FILE, "ca-path": NO_FILE[:1],
    "sni": NAMES[:2] + NAMES[3:],
    "tls-min": WORDS + ("0.9", "1.4"), "tls-max": WORDS + ("0.9", "1.4"),
    "client-cert": NO_FILE, "client-key": NO_FILE,
    "certificate": ("nonsense", "1,2,3", "nan", ","),
    "username": CONTROLS, "logname": CONTROLS,
    "password-file": NO_FILE + ("/dev/null",),
    "password-env": ("NO_SUCH_VARIABLE_HERE", "A=B"),
    "password-fd": NUMBERS + ("1000",),
    "auth": (",", "PLAIN,", "a b", "PLAIN,,LOGIN"),
    "mailbox": CONTROLS, "fetch": NUMBERS + ("0", "1001"),
    "search": CONTROLS + ("{3}", "UNSEEN {3+}", "\u00fc", " ", "x" * 1025),
    "idle-push": CONTROLS + ("INBOX",),
    "from": CONTROLS + ("a b@x", "<a@x>", "a>b", "x" * 255),
    "rcpt": CONTROLS + ("a b@x", "<a@x>", "a>b", "x" * 255),
    "helo": NAMES + ("192.0.2.1", "::1", "[x]", "[::1]", "[IPv6:192.0.2.1]",
        "[192.0.2.1"),
    "idle": TIMES + ("10", "2d"),
    "warning": RANGES, "critical": RANGES,
    "timeout-result": WORDS, "expect-cause": WORDS + ("cert.*",),
    "severity": WORDS + ("auth.rejected", "auth.rejected=maybe",
        "no.such=OK", "=OK", "auth.rejected="),
    "snmp-version": WORDS + ("1", "2"), "snmp-user": CONTROLS,
    "snmp-port": NUMBERS + ("0", "65536"), "snmp-level": WORDS + ("auth",),
    "snmp-hash": WORDS, "snmp-cipher": WORDS + ("DES",),
    "snmp-community-file": CONTROLS[:-1], "snmp-community-env": CONTROLS,
    "snmp-community-fd": NUMBERS, "snmp-auth-file": CONTROLS[:-1],
    "snmp-auth-env": CONTROLS, "snmp-auth-fd": NUMBERS,
    "snmp-priv-file": CONTROLS[:-1], "snmp-priv-env": CONTROLS,
    "snmp-priv-fd": NUMBERS,
    "user": CONTROLS, "api-key-file": CONTROLS[:-1],
    "api-port": NUMBERS + ("0", "65536"),
    "quota": WORDS + ("USER",), "id": CONTROLS,
    "backend": WORDS + ("IMAP", "imap,filesystem"),
    "forecast": WORDS + ("101y", "7 d"), "tolerance": NUMBERS + ("101",),
    "maildir": WORDS + CONTROLS + ("Maildir",),
    "mount": WORDS + CONTROLS + ("var/mail", "./x"),
    "ports": PORT_LISTS,
    "expect": ("-1", "nonsense", "open", "open:", ":993", "open:0",
        "open:65536", "opened:993", "OPEN 993", "open:993,", ",open:993",
        "open:993,,open:995", "open:993;closed:110", "untried:993",
        "open:995-993", "open:993,closed:993", "filtered:25,refused:25",
        "closed:1-1024,open:25", "open:imapx", "open:993:995",
        "open=993"),
    "probe": WORDS + ("TLSv1", "tls,connect", "greetings"),
    "attempts": NUMBERS + ("0", "101", "1.5"),
    "hosts-file": NO_FILE + ("/dev/null",),
    "backoff": ("-1", "nonsense", HUGE + "d", "nan"),
    "state-dir": (), "parallel": NUMBERS, "rate": NUMBERS,
    "at": ("nonsense", "@" + HUGE * 2, "2024-13-01", "2024-02-30", "-1"),
    "output-format": WORDS, "describe": WORDS,
    "extra-opts": ("@/nonexistent/file", "nosection@/dev/null"),
}
SECRET = "Tr0ub4dor-and-3"
SECRETS = {"password-file", "password-env", "password-fd"}

OPTION = re.compile(r"^ {1,8}(?:-(\w)(?:[ =]\S+)?, *)?--([a-z][a-z0-9-]*)"
    r"(\[?=)?", re.M)


class Case:
	"""name, arguments after the good ones, words that the line must have"""

	def __init__(self, name, args, words=(), secret=True, hides=(),
	    json=False, env=None, bare=False):
		self.name, self.args, self.words = name, args, words
		self.secret = secret	# give the good password as well
		self.hides, self.json = hides, json
		self.env, self.bare = env, bare


def in_help(text):
	"""{name: (letter, takes a value: "", "=" or "[=")} of --help."""
	return {name: (letter, kind)
	    for letter, name, kind in OPTION.findall(text)}


def show(value):
	return value.decode("latin-1") if isinstance(value, bytes) else value


def join(name, value):
	option = ("--%s=" % name).encode()
	return option + (value if isinstance(value, bytes) else value.encode())


def of_option(name, letter, kind, refused):
	"""The cases of one option."""
	words, secret = ("--" + name,), name not in SECRETS
	if not kind:
		yield Case("%s=value" % name, [join(name, "x")], words)
		return
	yield Case(name + "=empty", [join(name, "")], words, secret, json=True)
	if kind == "=":
		yield Case(name + "-missing", ["--" + name], words, secret)
		if letter:
			yield Case("-%s-missing" % letter, ["-" + letter], (),
			    secret)
	for value in refused[name]:
		yield Case("%s=%.24r" % (name, show(value)),
		    [join(name, value)], words, secret)


def of_help(text, own=None):
	"""own -- what a program refuses otherwise than the others."""
	options = in_help(text)
	refused = {**REFUSED, **(own or {})}
	for name, (letter, kind) in options.items():
		if kind and name not in refused:
			yield Case("--%s-has-no-row-in-options.py" % name,
			    ["--no-such-option"], ("--" + name,))
		else:
			yield from of_option(name, letter, kind, refused)


def secret_files(folder):
	"""Files with secrets that must not be taken: (name, path)."""
	contents = {"empty": b"", "newline": b"\n", "nul": b"a\0b",
	    "lf-inside": b"a\nb\n", "cr-inside": b"a\rb",
	    "two-newlines": b"a\n\n", "too-long": b"x" * (64 * 1024 + 1),
	    "readable": b"Tr0ub4dor-and-3"}
	for name, data in contents.items():
		path = os.path.join(folder, "secret-" + name)
		with open(path, "wb") as out:
			out.write(data)
		os.chmod(path, 0o644 if name == "readable" else 0o600)
		yield name, path
	path = os.path.join(folder, "secret-fifo")
	os.mkfifo(path, 0o600)
	yield "fifo-that-stays-silent", path


def of_any_check():
	"""Lines that no program takes."""
	yield Case("unknown", ["--no-such-option"], ("--no-such-option",),
	    json=True)
	yield Case("unknown-letter", ["-Q"], ("-Q",))
	yield Case("abbreviation", ["--host=x"], ("--host",))
	yield Case("positional", ["bob@example.test"], ())
	yield Case("hostile-option", ["--\x1b[31m|<script>=x"], ())
	yield Case("hostile-value", ["--port=\x1b[31m|<script>\u202e"],
	    ("--port",))
	yield Case("long-value", ["--port=" + "9" * 60000], ("--port",))
	yield Case("password-on-the-line", ["--password=" + SECRET], (),
	    hides=(SECRET,), json=True)


def on_the_line(folder):
	"""Cases that are more than one option's value."""
	yield Case("no-host", ["-u", "bob"], ("-H",), bare=True)
	yield Case("no-user", ["-H", "127.0.0.1"], ("-u",), bare=True)
	yield Case("no-secret", [], ("password",), secret=False, json=True)
	yield Case("tls-min-above-max", ["--tls-min=1.3", "--tls-max=1.2"],
	    ("--tls-m",))
	yield Case("key-without-certificate", ["--client-key=/dev/null"],
	    ("--client-",))
	yield Case("two-secrets", ["--password-env=HOME"], ("--password-",))
	yield Case("env-empty", ["--password-env=EMPTY"], ("--password-env",),
	    secret=False, env={"EMPTY": ""})
	yield Case("env-lf", ["--password-env=EMPTY"], ("--password-env",),
	    secret=False, env={"EMPTY": "a\nb"})
	for name, path in secret_files(folder):
		yield Case("secret-" + name, ["--password-file=" + path,
		    "-t", "2"], ("--password-file",), secret=False,
		    hides=(SECRET,), json=True)


def of_ports(help_text, folder):
	"""Bad input for the port check: its options, and what does not go together."""
	own = {"port": PORT_LISTS, "address": REFUSED["address"]}
	for case in (*of_help(help_text, own), *of_any_check(),
	    *of_policies(), *of_hosts(folder)):
		case.bare = case.bare or case.name.startswith("hosts-file")
		yield case


def of_policies():
	yield Case("no-host", ["--ports=993"], ("-H",), bare=True, json=True)
	yield Case("contradiction-in-two-options", ["--expect=open:993",
	    "--expect=closed:990-995"], ("--expect", "993", "open", "closed"),
	    json=True)
	yield Case("contradiction-by-name", ["--expect=open:imaps",
	    "--expect=refused:993"], ("--expect", "993"))
	yield Case("metric-of-others", ["--warning=messages=3"],
	    ("--warning", "messages"))
	yield Case("address-for-two-hosts", ["-H", "127.0.0.2",
	    "--address=127.0.0.3"], ("--address",))
	yield Case("address-of-the-other-family", ["-6"], ("IPv4", "-6"))
	yield Case("too-many-ports", ["--ports=1-65535", *(a for n in range(20)
	    for a in ("-H", "127.9.0.%d" % n))], ("21 hosts", "65535 ports"),
	    json=True)


def hosts_files(folder):
	"""Files of hosts that must not be taken: (name, contents, words)."""
	yield "empty", b"", ("holds no host",)
	yield "comments-alone", b"# a\n\n  # b\r\n", ("holds no host",)
	yield "binary", bytes(range(256)) * 64, ("line 1 of",)
	yield "nul", b"127.0.0.1\n127.0.0.2\0\n", ("line 2 of",)
	yield "two-in-a-line", b"127.0.0.1 127.0.0.2\n", ("line 1 of",)
	yield "with-port", b"127.0.0.1:993\n", ("line 1 of", "127.0.0.1:993")
	yield "escapes", b"ok.test\n\x1b[31m|<b>\xe2\x80\xae\n", ("line 2 of",)
	yield "endless-line", b"a" * 100000, ("line 1 of", "longer")
	yield "utf16", "127.0.0.1\n".encode("utf-16"), ("line 1 of",)
	yield "a-million", b"".join(b"h%d.test\n" % n for n in range(1000000)), \
	    ("line 65537 of", "65536")


def of_hosts(folder):
	for name, data, words in hosts_files(folder):
		path = os.path.join(folder, "hosts-" + name)
		with open(path, "wb") as out:
			out.write(data)
		yield Case("hosts-file-" + name, ["--hosts-file=" + path],
		    ("--hosts-file", *words))
	path = os.path.join(folder, "hosts-fifo")
	os.mkfifo(path, 0o600)
	yield Case("hosts-file-fifo", ["--hosts-file=" + path, "-t", "1"],
	    ("--hosts-file", "does not end before the time-out"), json=True)
	yield Case("hosts-file-missing", ["--hosts-file=" + folder + "/none"],
	    ("--hosts-file", "/none"), json=True)
	yield Case("hosts-file-folder", ["--hosts-file=" + folder],
	    ("--hosts-file", "irectory"))
	yield Case("hosts-file-standard-input", ["--hosts-file=-"],
	    ("--hosts-file", "standard input"))


def of_mail(help_text):
	"""What makes no sense together over SMTP."""
	if "rcpt" not in in_help(help_text):
		return
	yield Case("rcpt-alone", ["--rcpt=a@x"], ("--rcpt", "--from"), json=True)
	yield Case("rcpt-empty", ["--from=a@x", "--rcpt=<>"], ("--rcpt",))
	yield Case("lmtp-on-25", ["--lmtp", "-p", "25"], ("--lmtp", "25"))
	yield Case("secret-without-user", ["-H", "127.0.0.1", "--lmtp",
	    "--password-env=HOME"], ("-u",), secret=False, bare=True)


def cases(help_text, folder):
	yield from of_help(help_text)
	yield from of_any_check()
	yield from on_the_line(folder)
	if "--search" in help_text:
		yield Case("found-without-search", ["-w", "found=3"],
		    ("--warning", "--search"), json=True)
	yield from of_mail(help_text)
