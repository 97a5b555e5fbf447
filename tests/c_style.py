#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""c_style.py FILE... - the form of C sources

Prints FILE:LINE: and what is wrong: functions over 40 lines, files over 400,
calls that are never made, // comments, typedefs of structs, spaces where a tab
belongs, lines of code beyond column 80, and marks of unfinished work.
"""
import re
import sys

FUNCTION_LINES = 40
FILE_LINES = 400
COLUMNS = 80
# tables of data: as long and as wide as they have to be
TABLES = (r"common/report/cause_list\.h", r"common/report/metric_list\.h",
          r"tests/unit/.*", r"tests/fuzz/.*")
NEVER = ("strcpy strcat sprintf vsprintf atoi atol atoll atof strtok strtok_r "
         "gets alloca system popen tmpnam tempnam mktemp setlocale").split()
TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""",
                   re.S)
CALL = re.compile(r"\b(%s)\s*\(" % "|".join(NEVER))
# in two halves, so that this file has none
MARK = re.compile(r"\b(%s)\b" % "|".join(("TO" "DO", "FIX" "ME", "XX" "X")))


def blank(match):
    """A comment or string, gone but for its line ends and its kind."""
    text = match.group()
    if text.startswith("//"):
        return "//"
    if text.startswith("/*"):
        return "\n" * text.count("\n")
    return text[0] * 2


def length_of_functions(lines):
    start = 0
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line.startswith("}") and start:
            if number - start - 1 > FUNCTION_LINES:
                yield start, "a function of %d lines" % (number - start - 1)
            start = 0


def is_table(name):
    return any(re.search(t + "$", name) for t in TABLES)


def faults_of_line(line, code, wide):
    if "//" in code:
        yield "a // comment"
    called = CALL.search(code)
    if called:
        yield "%s() is never called" % called.group(1)
    if re.search(r"\btypedef\s+(struct|union)\b", code):
        yield "a struct behind a typedef"
    if MARK.search(line):
        yield "a mark of unfinished work"
    if re.match(r"\t* {5,}[^ *]", line) and code.strip():
        yield "spaces where a tab belongs"
    if not wide and len(code.expandtabs(8)) > COLUMNS:
        yield "beyond column %d" % COLUMNS


def faults(name, text):
    lines = text.split("\n")[:-1]
    code = TOKEN.sub(blank, text).split("\n")
    if len(lines) > FILE_LINES and not is_table(name):
        yield 1, "%d lines" % len(lines)
    yield from length_of_functions(code)
    # a contract in a header is one line, too
    wide = is_table(name) or name.endswith(".h")
    for number, pair in enumerate(zip(lines, code), 1):
        for fault in faults_of_line(*pair, wide):
            yield number, fault


def main(argv):
    found = 0
    for name in argv[1:]:
        with open(name, encoding="utf-8") as file:
            for number, fault in faults(name, file.read()):
                print("%s:%d: %s" % (name, number, fault))
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
