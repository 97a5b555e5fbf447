#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""zabbix.py TEMPLATE [KEY=VALUE | KEY~REGEX | KEY=]... <JSON
zabbix.py TEMPLATE

What the items of the template make of a check's JSON: KEY is an item that
depends on it, such as mail.check.state; KEY= alone wants the item to discard
it.  JavaScript is run by duk, the interpreter that Zabbix has built in;
JSONPath is read here, as far as the template goes.

In any case it looks at the template: what Zabbix refuses to import, such as
identifiers that occur twice, and keys in triggers that no item has.
"""
import json
import re
import subprocess
import sys
import uuid

import yaml

PLAIN = re.compile(r"\$((?:\.[a-z_]+)+)")
FILTER = re.compile(r"\$\.([a-z_]+)\[\?\((.*)\)\]\.([a-z_]+)\.(min|max)\(\)")
EQUAL = re.compile(r"@\.([a-z_]+)=='([^']*)'")
UUID = re.compile(r"[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}")
DISCARDED = object()


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)["zabbix_export"]


def jsonpath(path, document):
    """The value; KeyError or ValueError where Zabbix tells an error."""
    match = PLAIN.fullmatch(path)
    if match:
        for name in match[1][1:].split("."):
            document = document[name]
        return document
    match = FILTER.fullmatch(path)
    if not match:
        sys.exit("%s: a path that is not known here" % path)
    tests = [EQUAL.fullmatch(part.strip()) for part in match[2].split("||")]
    values = [row[match[3]] for row in document[match[1]]
              if any(row[test[1]] == test[2] for test in tests)]
    return {"min": min, "max": max}[match[4]](values)


def javascript(code, text):
    script = "print((function (value) {%s})(%s));\n" % (code,
                                                         json.dumps(text))
    return subprocess.run(["duk", "--run-stdin"], input=script.encode(), check=True,
                          stdout=subprocess.PIPE).stdout.decode().strip()


def made(item, text):
    for step in item["preprocessing"]:
        argument = step["parameters"][0]
        if step["type"] == "JAVASCRIPT":
            return javascript(argument, text)
        try:
            return jsonpath(argument, json.loads(text))
        except (KeyError, ValueError):
            if step.get("error_handler") == "DISCARD_VALUE":
                return DISCARDED
            raise
    return None


def rules(export):
    for template in export["templates"]:
        for rule in template["discovery_rules"]:
            yield template["template"], rule


def dependents(export):
    for _, rule in rules(export):
        for item in rule["item_prototypes"]:
            if item["type"] == "DEPENDENT":
                yield item["key"].split("[")[0], item


def identifiers(node):
    if isinstance(node, dict):
        if "uuid" in node:
            yield node["uuid"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from identifiers(child)


def faults(export):
    if export["version"] != "6.0":
        yield "not of Zabbix 6.0"
    seen = list(identifiers(export))
    for one in seen:
        if not UUID.fullmatch(one) or uuid.UUID(one).version != 4:
            yield "%s is no UUID of version 4" % one
    if len(set(seen)) != len(seen):
        yield "an identifier occurs twice"
    groups = {group["name"] for group in export["groups"]}
    for template in export["templates"]:
        if not {g["name"] for g in template["groups"]} <= groups:
            yield "a group that is not defined"
    for owner, rule in rules(export):
        keys = {item["key"] for item in rule["item_prototypes"]}
        for item in rule["item_prototypes"]:
            if item.get("master_item", item)["key"] not in keys:
                yield "%s depends on what is not there" % item["key"]
        for trigger in rule["trigger_prototypes"]:
            for name, key in re.findall(r"\(/([^/]+)/([^,)]+\])",
                                        trigger["expression"]):
                if key not in keys or name != owner:
                    yield "%s: no such item" % key


def agrees(want, got):
    relation, value = re.fullmatch(r"[a-z_.]+([=~])(.*)", want).groups()
    if got is DISCARDED:
        return (relation, value) == ("=", "")
    if relation == "~":
        return re.search(value, str(got)) is not None
    return str(got) == value


def main():
    export = load(sys.argv[1])
    wrong = list(faults(export))
    if sys.argv[2:]:
        text, items = sys.stdin.read(), dict(dependents(export))
        for want in sys.argv[2:]:
            got = made(items[re.split("[=~]", want)[0]], text)
            if not agrees(want, got):
                wrong.append("%s, not %s" % (
                    want, "discarded" if got is DISCARDED else got))
    if wrong:
        sys.exit("\n".join(wrong))


main()
