"""Holds pipelines against the printed JSON Schema: all shipped ones pass, structural errors fail.

accept SCHEMA FILE…  |  reject SCHEMA FOLDER (cases with a file named `structural` in them)
"""
import datetime
import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML


def load(path):
    document = YAML(typ="safe", pure=True).load(path)
    return json.loads(json.dumps(document, default=lambda x: x.isoformat() if isinstance(
        x, (datetime.date, datetime.datetime)) else str(x)))


mode, schema_path, *rest = sys.argv[1:]
schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
failures = []
if mode == "accept":
    for name in rest:
        errors = list(validator.iter_errors(load(pathlib.Path(name))))
        failures += [f"{name}: {e.json_path}: {e.message}" for e in errors]
else:
    cases = sorted(p.parent for p in pathlib.Path(rest[0]).glob("*/structural"))
    if not cases:
        failures.append("no case is marked as structural")
    for case in cases:
        if validator.is_valid(load(case / "pipeline.yml")):
            failures.append(f"{case.name}: the schema accepts a structural error")
print("\n".join(failures))
sys.exit(1 if failures else 0)
