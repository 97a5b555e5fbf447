#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""json_schema.py SCHEMA <DOCUMENT - is the document as the schema says?

Exit 0 if it is, 1 with the offending paths on stderr if it is not, 2 if the
schema itself is beyond what is known here.  Knows the part of JSON Schema
(draft 2020-12) that contrib/check-result.schema.json uses, and refuses a
schema with any other keyword: one that is not understood would not be checked.
"""
import json
import re
import sys

ANNOTATIONS = {"$schema", "$comment", "title", "description"}
SINGLE = {"additionalProperties", "items", "if", "then", "else"}
NAMED = {"properties", "$defs"}
LISTED = {"anyOf"}
PLAIN = {"type", "required", "enum", "const", "pattern", "minimum", "maximum",
         "$ref"}
TYPES = {"object": dict, "array": list, "string": str, "null": type(None),
         "boolean": bool, "number": (int, float), "integer": int}


class SchemaError(Exception):
    """the schema cannot be used"""


def survey(schema, where):
    """every keyword must be known, also where no document ever leads"""
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        raise SchemaError(f"{where}: no schema")
    for key, value in schema.items():
        here = f"{where}/{key}"
        if key in SINGLE:
            survey(value, here)
        elif key in NAMED:
            for name, sub in value.items():
                survey(sub, f"{here}/{name}")
        elif key in LISTED:
            for i, sub in enumerate(value):
                survey(sub, f"{here}/{i}")
        elif key not in PLAIN and key not in ANNOTATIONS:
            raise SchemaError(f"{here}: keyword not known")
        elif key == "type":
            names = value if isinstance(value, list) else [value]
            if not set(names) <= set(TYPES):
                raise SchemaError(f"{here}: no such type")


def is_type(value, name):
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, TYPES[name])


def same(a, b):
    """JSON equality: true is not 1"""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return a == b


class Validator:
    def __init__(self, schema):
        survey(schema, "#")
        self.root = schema

    def resolve(self, ref):
        if not ref.startswith("#/"):
            raise SchemaError(f"{ref}: only references into the schema")
        at = self.root
        for part in ref[2:].split("/"):
            if part not in at:
                raise SchemaError(f"{ref}: leads nowhere")
            at = at[part]
        return at

    def errors(self, schema, value, path):
        if schema is True:
            return
        if schema is False:
            yield f"{path}: not allowed"
            return
        if "$ref" in schema:
            yield from self.errors(self.resolve(schema["$ref"]), value, path)
        yield from self.plain(schema, value, path)
        if isinstance(value, dict):
            yield from self.members(schema, value, path)
        if isinstance(value, list) and "items" in schema:
            for i, item in enumerate(value):
                yield from self.errors(schema["items"], item, f"{path}/{i}")
        yield from self.choices(schema, value, path)

    def plain(self, schema, value, path):
        if "type" in schema:
            names = schema["type"]
            names = names if isinstance(names, list) else [names]
            if not any(is_type(value, name) for name in names):
                yield f"{path}: not of type {' or '.join(names)}"
        if "enum" in schema and not any(same(value, e)
                                        for e in schema["enum"]):
            yield f"{path}: {json.dumps(value)} is none of those allowed"
        if "const" in schema and not same(value, schema["const"]):
            yield f"{path}: not {json.dumps(schema['const'])}"
        if "pattern" in schema and isinstance(value, str):
            if not re.search(schema["pattern"], value):
                yield f"{path}: {json.dumps(value)} does not match"
        if is_type(value, "number"):
            if value < schema.get("minimum", value):
                yield f"{path}: {value} is too small"
            if value > schema.get("maximum", value):
                yield f"{path}: {value} is too large"

    def members(self, schema, value, path):
        known = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                yield f"{path}/{name}: missing"
        for name, member in value.items():
            sub = known.get(name, schema.get("additionalProperties", True))
            yield from self.errors(sub, member, f"{path}/{name}")

    def choices(self, schema, value, path):
        if "anyOf" in schema:
            each = [list(self.errors(s, value, path))
                    for s in schema["anyOf"]]
            if all(each):
                yield from min(each, key=len)
        if "if" in schema:
            holds = not list(self.errors(schema["if"], value, path))
            branch = schema.get("then" if holds else "else", True)
            yield from self.errors(branch, value, path)


def once(pairs):
    """a name that stands twice is legal JSON and a mistake"""
    result = {}
    for name, value in pairs:
        if name in result:
            raise ValueError(f"member {name!r} twice")
        result[name] = value
    return result


def never(word):
    raise ValueError(f"{word} is not JSON")


def load(text):
    return json.loads(text, object_pairs_hook=once, parse_constant=never)


def main(argv):
    if len(argv) != 2:
        print("usage: json_schema.py SCHEMA <DOCUMENT", file=sys.stderr)
        return 2
    try:
        with open(argv[1], encoding="utf-8") as f:
            validator = Validator(load(f.read()))
    except (OSError, ValueError, SchemaError) as e:
        print(f"{argv[1]}: {e}", file=sys.stderr)
        return 2
    try:
        document = load(sys.stdin.buffer.read().decode("utf-8"))
        found = list(validator.errors(validator.root, document, "#"))
    except SchemaError as e:
        print(f"{argv[1]}: {e}", file=sys.stderr)
        return 2
    except (ValueError, RecursionError) as e:
        found = [f"#: {e}"]
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
