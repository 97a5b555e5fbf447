# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input for the check of certificates: its own options, and what of them
does not go together."""
import os
import socket

import options
from options import HUGE, PORT_LISTS, RANGES, TIMES, WORDS, Case

KEY = "sha256//" + "A" * 43 + "="
# what it refuses otherwise than other checks
OWN = {
    "protocol": WORDS + ("IMAPS", "imap,smtp", "imap ", "xmpp-client", "\x1b[1m"),
    "ports": PORT_LISTS,
    "file": (),
    "policy": WORDS + ("PUBLIC", "public,private", "none"),
    "pin": WORDS + (KEY[:-1], KEY + "=", KEY + ";", ";" + KEY, KEY + ";;" + KEY,
	"sha256/" + "A" * 43 + "=", "sha1//" + "A" * 27 + "=", "sha256//",
	"sha256//" + "!" * 43 + "=", "cert-sha256:", "cert-sha256:" + "a" * 63,
	"cert-sha256:" + "g" * 64, "cert-sha256:" + "a" * 66,
	"\x1b[31m|<b>", ";".join([KEY] * 33)),
    "grace": ("-1", "nonsense", "nan", "1 h", "1h30", HUGE + "d", "25%"),
    "tls": WORDS + ("none",),
    # a day that is over is one, too
    "warning": tuple(r for r in RANGES if r != "-1") + ("days=", "25%%", "%", "101%", "21d:7d", "21d,7d",
	"3 d", "21dd", "days=25%:10%", "messages=3", "lifetime=21d",
	"\x1b[1m%"),
    "trust-profile": ("/none", "/", "/dev/null"),
    "compare-file": ("/none", "/", "/dev/null"),
}
OWN["critical"] = OWN["warning"]
OWN["certificate"] = options.REFUSED["certificate"] + ("21,7,3", "a,b", "-1")


def files(folder):
	"""(name, path of a --compare-file that cannot be taken)"""
	fifo = os.path.join(folder, "compare-fifo")
	os.mkfifo(fifo, 0o600)
	path = os.path.join(folder, "compare-socket")
	with socket.socket(socket.AF_UNIX) as listener:
		listener.bind(path)
	loop = os.path.join(folder, "compare-loop")
	os.symlink(loop, loop)
	yield from (("missing", folder + "/none"), ("folder", folder),
	    ("fifo", fifo), ("socket", path), ("loop", loop),
	    ("device", "/dev/zero"), ("below-a-file", "/dev/null/x"),
	    ("long", "/" + "x" * 300), ("hostile", "/\x1b[31m|<script>"))


def together(folder):
	"""What makes no sense beside something else."""
	file = "--file=" + folder
	for other in ("--port=993", "--ports=993", "--protocol=imap",
	    "--compare-file=/etc/passwd", "--tls=implicit",
	    "--address=127.0.0.1", "--all-addresses"):
		yield Case("file-and-" + other[2:], [file, other],
		    ("--file", other.split("=")[0]), bare=True, json=True)
	yield Case("no-host", ["--ports=993"], ("-H",), bare=True, json=True)
	yield Case("port-and-ports", ["--ports=143"], ("--port", "--ports"),
	    json=True)
	yield Case("starttls-in-what", ["--tls=starttls"],
	    ("--tls", "--protocol"), json=True)
	yield Case("starttls-in-one-of-them", ["-H", "127.0.0.1",
	    "--ports=25,143,7777", "--tls=starttls"], ("--tls", "7777"),
	    bare=True)
	yield Case("password-of-what", ["--password-env=HOME"],
	    ("password", "--file"), json=True)
	yield Case("address-for-two-hosts", ["-H", "b.example.test"],
	    ("--address",), json=True)
	yield Case("address-of-the-other-family", ["-6"], ("IPv4", "-6"))
	yield Case("key-without-certificate", ["--client-key=/dev/null"],
	    ("--client-",))
	yield Case("tls-min-above-max", ["--tls-min=1.3", "--tls-max=1.2"],
	    ("--tls-m",))
	yield Case("65-files", ["--file=x"] * 65, ("--file", "64"), bare=True)
	yield Case("too-many-targets", ["--ports=1-65535",
	    *(a for n in range(20) for a in ("-H", "127.9.0.%d" % n))],
	    ("hosts",), bare=True)


def cases(help_text, folder):
	for case in options.of_help(help_text, OWN):
		# there is no port beside a list of them, nor a host beside a file
		case.bare = case.name.startswith(("ports", "file", "password"))
		if case.name.startswith("ports"):
			case.args = ["-H", "127.0.0.1"] + case.args
		elif case.name.startswith("password"):
			case.args = ["--file=/dev/null"] + case.args
		yield case
	yield from options.of_any_check()
	for case in options.of_hosts(folder):
		case.bare = True
		yield case
	yield from together(folder)
	for name, path in files(folder):
		yield Case("compare-file-" + name, ["--compare-file=" + path],
		    ("--compare-file",), json=True)
