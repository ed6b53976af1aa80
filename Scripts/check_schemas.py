#!/usr/bin/env python3
"""Validates JSON documents against the schemas in docs/schemas.

  check_schemas.py CASES     reads {"schemas": FOLDER, "cases": [{"name", "schema", "file", "valid"}]}
  check_schemas.py --probe   only says whether the jsonschema package is there

A case's file holds one document, or one a line where its name ends in .jsonl; `valid` says whether the schema must
take it. Prints each case that comes out otherwise, and exits with 1 then. A schema without a case that it must refuse
is a failure too: one that takes everything would pass unseen.
"""
import json
import pathlib
import re
import sys
from datetime import datetime

from jsonschema import Draft202012Validator, FormatChecker

PREFIX = "urn:flow:schema:1:"

formats = FormatChecker(formats=[])


@formats.checks("date-time")
def is_time(value):
    """RFC 3339 in UTC, as Flow writes it; the package's own check is there only with another package."""
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", value):
        return False
    try:
        datetime.fromisoformat(value[:-1])
    except ValueError:
        return False
    return True


def load_validators(folder):
    """The validators by name; schemas may refer to each other by their $id."""
    schemas = {}
    for path in sorted(pathlib.Path(folder).glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        name = path.name.removesuffix(".schema.json")
        if schema.get("$id") != PREFIX + name:
            sys.exit(f"{path.name}: its $id is {schema.get('$id')}, not {PREFIX}{name}")
        if not schema.get("title") or not schema.get("description"):
            sys.exit(f"{path.name}: it has no title or no description")
        schemas[name] = schema
    try:
        from referencing import Registry, Resource
    except ImportError:  # before jsonschema 4.18
        from jsonschema import RefResolver

        store = {schema["$id"]: schema for schema in schemas.values()}
        return {
            name: Draft202012Validator(
                schema, resolver=RefResolver(schema["$id"], schema, store=store), format_checker=formats
            )
            for name, schema in schemas.items()
        }
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    return {
        name: Draft202012Validator(schema, registry=registry, format_checker=formats)
        for name, schema in schemas.items()
    }


def documents(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    lines = text.split("\n") if path.endswith(".jsonl") else [text]
    return [json.loads(line) for line in lines if line.strip()]


def deepest(error):
    """The most telling of the errors behind a `oneOf`."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def main():
    if sys.argv[1:] == ["--probe"]:
        return 0
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    validators = load_validators(plan["schemas"])
    seen = set()
    failures = 0
    for case in plan["cases"]:
        seen.add((case["schema"], case["valid"]))
        found = documents(case["file"])
        errors = [error for document in found for error in validators[case["schema"]].iter_errors(document)]
        if not found:
            print(f"{case['name']}: there is no document in {case['file']}")
        elif case["valid"] and errors:
            error = deepest(errors[0])
            print(f"{case['name']}: {case['schema']} refuses {error.json_path}: {error.message[:300]}")
        elif not case["valid"] and not errors:
            print(f"{case['name']}: {case['schema']} should refuse it")
        else:
            continue
        failures += 1
    for name in validators:
        for valid in (True, False):
            if (name, valid) not in seen:
                print(f"{name}: no case that it must {'take' if valid else 'refuse'}")
                failures += 1
    print(f"{len(plan['cases'])} cases, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
