#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""apparmor.py PROFILE TRACE... - does the profile for AppArmor allow this?

For kernels without AppArmor.  TRACE is what strace -ff -y wrote of a thread,
with -e trace=file,network; as root, since nobody else can read the memory of a
check.  Of the rules for files (apparmor.d(5)) one must match each file that was opened,
made, renamed or removed, and each local socket that was connected to; "owner"
is not looked at.  Families of sockets must have a rule, too.  What failed with
ENOENT counts: on another host it is there.
"""
import os
import re
import subprocess
import sys

RULE = re.compile(r"^\s*(?:owner\s+)?((?:/|@\{)\S+)\s+([rwmklaix]+),")
VARIABLE = re.compile(r"^@\{(\w+)\}\s*\+?=\s*(.*)$")
GLOB = (("**", ".*"), ("*", "[^/]*"), ("?", "[^/]"), ("{", "(?:"),
        ("}", ")"), (",", "|"))
CALL = re.compile(r"^(?:\d+ +)?(open|openat|mkdir|mkdirat|rename|renameat|"
                  r"renameat2|unlink|unlinkat|connect|socket)\((.*)\) += ")
# beside the folder, or the working directory, that it is relative to
PATH = re.compile(r'(?:\w+<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
FAMILIES = {"AF_INET": "inet", "AF_INET6": "inet6", "AF_NETLINK": "netlink"}


def expanded(text, variables):
    """Every value of the variables in it, as an alternation."""
    def value(match):
        words = [expanded(word, variables) for word in variables[match[1]]]
        if match[2]:
            # one slash is as good as two
            words = [word.rstrip("/") for word in words]
        return "{%s}%s" % (",".join(words), match[2])
    return re.sub(r"@\{(\w+)\}(/?)", value, text)


def pattern(text):
    out, i, depth = "", 0, 0
    while i < len(text):
        if text[i] == "[":
            end = text.index("]", i) + 1
            out, i = out + text[i:end], end
            continue
        for mark, regex in GLOB:
            if text.startswith(mark, i) and (mark != "," or depth > 0):
                out, i = out + regex, i + len(mark)
                depth += (mark == "{") - (mark == "}")
                break
        else:
            out, i = out + re.escape(text[i]), i + 1
    return re.compile(out)


def read(profile):
    """([(pattern, permissions)], {family of sockets})"""
    text = subprocess.run(["apparmor_parser", "-p", "-Q", profile],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=True, text=True).stdout
    variables, rules = {"profile_name": ["x"]}, []
    for line in text.splitlines():
        if match := VARIABLE.match(line):
            variables.setdefault(match[1], []).extend(match[2].split())
        elif match := RULE.match(line):
            rules.append((match[1], match[2]))
    families = set(re.findall(r"^\s*network (\w+)", text, re.M))
    return [(pattern(expanded(path, variables)), perms)
            for path, perms in rules], families


def wanted(call, rest):
    """[(path, permissions)] of a system call."""
    paths = [os.path.join(folder, name) for folder, name in PATH.findall(rest)]
    if call in ("open", "openat"):
        writes = re.search("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", rest)
        slash = "/" if "O_DIRECTORY" in rest else ""
        paths = [path.rstrip("/") + slash for path in paths]
        return [(path, "w" if writes else "r") for path in paths]
    if call in ("mkdir", "mkdirat"):
        return [(path + "/", "w") for path in paths]
    if call == "connect":
        return [(p, "w") for p in paths if "sun_path=" in rest]
    return [(path, "w") for path in paths]


def main():
    rules, families = read(sys.argv[1])
    looked, refused = 0, set()
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8", errors="replace") as trace:
            calls = [m for m in map(CALL.match, trace) if m]
        for call in calls:
            if call[1] == "socket":
                family = FAMILIES.get(call[2].split(",")[0])
                if family and family not in families:
                    refused.add("socket " + family)
                continue
            if call[1] != "connect" and '"' not in call[2]:
                refused.add("a path that strace could not read")
            for path, perm in wanted(call[1], call[2]):
                looked += 1
                if not any(perm in perms and regex.fullmatch(path)
                           for regex, perms in rules):
                    refused.add("%s %s" % (path, perm))
    if refused or looked < 20:
        sys.exit("of %d, not allowed: %s" % (looked,
                                             ", ".join(sorted(refused))))


main()
