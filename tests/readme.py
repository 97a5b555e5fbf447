#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""readme.py [--write | --block NAME]: the parts of README.md that stand elsewhere, too.

Between `<!-- NAME -->` and `<!-- end -->`: `causes` is the table of the causes
that the manual pages name, as causes.tsv tells them; `toy` is the source of the
toy check.  Without --write nothing is changed, and the exit code is 1 when a
part is not up to date.

--block prints the commands that stand between `<!-- run NAME -->` and `<!-- end -->`.
"""
import os
import re
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PAGES = ("check_imap_login", "check_mail_ports", "check_pop3_login",
    "check_smtp_login", "check_quota", "check_tls_cert")
TOY = "tests/toy/check_imap_mechanism.c"


def read(path):
	with open(os.path.join(TOP, path), encoding="utf-8") as file:
		return file.read()


def rows():
	for line in read("common/report/causes.tsv").splitlines():
		if not line.startswith("#"):
			yield line.split("\t")


def causes():
	pages = "".join(read("plugins/%s.1" % page) for page in PAGES)
	pages = pages.replace("\\-", "-")
	out = ["| cause | state | who acts | what was seen | what to do |",
	    "|---|---|---|---|---|"]
	for slug, state, party, _, observed, following in rows():
		if re.search(r"(?<![\w.-])%s(?![\w-])" % re.escape(slug), pages):
			out.append("| `%s` | %s | %s | %s | %s |" % (slug, state,
			    party, observed, following))
	return "\n".join(out) + "\n"


def toy():
	return "```c\n" + read(TOY) + "```\n"


def fresh(text):
	for name, made in (("causes", causes()), ("toy", toy())):
		pattern = r"(<!-- %s -->\n).*?(<!-- end -->)" % name
		text, n = re.subn(pattern, lambda m: m[1] + made + m[2], text,
		    flags=re.DOTALL)
		if n != 1:
			sys.exit("README.md has no part <!-- %s -->" % name)
	return text


def block(name):
	match = re.search(r"<!-- run %s -->\n```sh\n(.*?)```\n<!-- end -->" %
	    re.escape(name), read("README.md"), re.DOTALL)
	if match is None:
		sys.exit("README.md has no commands <!-- run %s -->" % name)
	return match[1]


def main():
	if sys.argv[1:2] == ["--block"]:
		sys.stdout.write(block(sys.argv[2]))
		return
	old = read("README.md")
	new = fresh(old)
	if "--write" in sys.argv[1:]:
		with open(os.path.join(TOP, "README.md"), "w",
		    encoding="utf-8") as file:
			file.write(new)
	elif new != old:
		sys.exit("README.md is not up to date: run tests/readme.py --write")


main()
