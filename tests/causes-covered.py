#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""causes-covered.py - is every cause that a check can conclude asserted?

What a check can conclude is what the DIAGNOSTICS of its manual page name.  A
row of tests/hostile counts when it wants that one cause alone and the check
has the options of the row; elsewhere the cause counts where it stands as a
word of a script, outside of comments.
"""
import ast
import glob
import os
import re
import sys

TESTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(TESTS)
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(TESTS, "hostile"))
from tables import TABLES

# where the causes of each check are asserted, besides the rows of tests/hostile
SUITES = {
    "check_imap_login": ("process.py", "t/dovecot", "t/network", "t/paths",
                         "t/frame", "frame/*.py"),
    # what stands before the protocol is the same code, asserted for IMAP
    "check_pop3_login": ("t/dovecot-pop3", "process.py", "t/network",
                         "t/paths", "t/frame", "frame/*.py"),
    "check_smtp_login": ("t/dovecot-smtp", "t/postfix", "t/exim",
                         "process.py", "t/network", "t/paths", "t/frame",
                         "frame/*.py"),
    # its names are looked up by the same code
    "check_mail_ports": ("hostile/port_*.py", "hostile/ports", "t/network", "t/mtu",
                         "t/frame", "frame/*.py"),
    # and so is the login
    "check_quota": ("t/quota-dovecot", "t/quota-files",
                    "t/quota-history", "t/quota-sources", "t/quota-doveadm", "t/doveadm-liars",
                    "t/snmpd", "t/snmp-liars", "hostile/quota_situations.py",
                    "hostile/situations.py", "process.py", "t/dovecot",
                    "t/network", "t/paths", "t/frame", "frame/*.py"),
    # what stands before TLS is the same code, asserted for IMAP
    "check_tls_cert": ("t/cert-files", "t/cert-trust", "t/tls-cert", "process.py",
                       "t/network", "t/paths", "t/frame", "frame/*.py"),
}
WORD = re.compile(r"(?<![\w.-])[a-z]+(?:\.[a-z0-9-]+)?(?![\w-]|\.\w)")


def page(program):
    """The causes of DIAGNOSTICS, in order, and all options."""
    with open(os.path.join(ROOT, "plugins", program + ".1"),
              encoding="utf-8") as lines:
        text = lines.read().replace("\\&", "").replace("\\-", "-")
    part = text.split(".Sh DIAGNOSTICS\n")[1].split("\n.Sh ")[0]
    return (re.findall(r"^\.It Sy (\S+) Pq", part, re.M),
            set(re.findall(r"^\.It (?:Fl \w , )?Fl -(\S+)", text, re.M)))


def of_rows(table, options):
    """What the rows want that can be run, cause: a row's name."""
    found = {}
    for row in table:
        for run in row.each_run():
            given = {a[2:].split("=")[0] for a in run.args
                     if a.startswith("--")}
            if len(run.causes) == 1 and given <= options:
                found.setdefault(run.causes[0], "hostile/" + row.name)
    return found


def shell_words(text):
    """Without comments, and without the names of cases, which are in quotes."""
    return re.sub(r"(?m)^[ \t]*#.*$|'[^'\n]*'", "", text)


def python_words(text):
    """The strings of a Python source, without those that document it."""
    tree = ast.parse(text)
    said = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and ast.get_docstring(node, False) is not None}
    return "\n".join(node.value for node in ast.walk(tree)
                     if isinstance(node, ast.Constant) and
                     isinstance(node.value, str) and id(node) not in said)


def is_python(path, text):
    return path.endswith(".py") or "python" in text.split("\n", 1)[0]


def of_scripts(program, found):
    for pattern in SUITES[program]:
        for path in sorted(glob.glob(os.path.join(TESTS, pattern))):
            with open(path, encoding="utf-8") as lines:
                text = lines.read()
            words = (python_words if is_python(path, text)
                     else shell_words)(text)
            for word in WORD.findall(words):
                found.setdefault(word, os.path.relpath(path, TESTS))
    return found


def look_at(program):
    """Print a line for each cause; how many are asserted and how many not."""
    if program not in SUITES:
        print("not ok %s: %s names no suite for it" % (program, sys.argv[0]))
        return 0, 1
    causes, options = page(program)
    found = of_rows(TABLES.get(program, ()), options)
    found = of_scripts(program, found)
    missing = [cause for cause in causes if cause not in found]
    for cause in causes:
        if cause in found:
            print("ok %s: %s, %s" % (program, cause, found[cause]))
        else:
            print("not ok %s: no suite asserts %s" % (program, cause))
    return len(causes) - len(missing), len(missing)


def main():
    pages = sorted(glob.glob(os.path.join(ROOT, "plugins", "check_*.1")))
    passed = failed = 0
    for path in pages:
        good, bad = look_at(os.path.basename(path)[:-2])
        passed, failed = passed + good, failed + bad
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
