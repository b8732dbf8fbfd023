"""Loads a bundle as its codebook says, and holds its words to its bytes.

    bundle.py FOLDER PERSON_FIELD LEAST
"""
import collections
import hashlib
import json
import os
import re
import sys

import duckdb
import pandas

folder, person, least = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.chdir(folder)
for line in open("SHA256SUMS", encoding="utf-8"):
    digest, name = line.rstrip("\n").split("  ", 1)
    with open(name, "rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == digest, name

with open("datapackage.json", encoding="utf-8") as file:
    package = json.load(file)
resource = package["resources"][0]
fields = resource["schema"]["fields"]
assert os.path.getsize(resource["path"]) == resource["bytes"]
assert all(set(field["titles"]) == {"fr", "en"} for field in fields)
assert all(package[key]["fr"] and package[key]["en"] for key in ("titles", "conditions"))

PANDAS = {
    "string": "string", "boolean": "boolean", "integer": "Int64", "number": "Float64",
    "date": "datetime64", "datetime": "datetime64",
}
DUCKDB = {
    "string": ("VARCHAR",), "boolean": ("BOOLEAN",), "integer": ("BIGINT",),
    "number": ("DOUBLE", "DECIMAL"), "date": ("DATE",),
    "datetime": ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
}
for language in ("fr", "en"):
    with open(f"codebook.{language}.md", encoding="utf-8") as file:
        codebook = file.read()
    blocks = dict(re.findall(r"```(\w+)\n(.*?)\n```", codebook, re.S))
    names = {}
    exec(blocks["python"], names)
    table = names["table"]
    assert list(table.columns) == [field["name"] for field in fields]
    assert len(table) == resource["rows"]
    for field in fields:
        dtype = str(table[field["name"]].dtype)
        assert dtype.startswith(PANDAS[field["type"]]), (field["name"], dtype)
    connection = duckdb.connect()
    connection.execute(blocks["sql"])
    loaded = connection.execute("DESCRIBE donnees").fetchall()
    for field, column in zip(fields, loaded, strict=True):
        assert column[0] == field["name"]
        assert column[1].startswith(DUCKDB[field["type"]]), column
    assert connection.execute("SELECT count(*) FROM donnees").fetchone()[0] == len(table)
    for field in fields:
        nulls = connection.execute(
            f"""SELECT count(*) FROM donnees WHERE "{field['name']}" IS NULL""").fetchone()[0]
        assert nulls == table[field["name"]].isna().sum(), field["name"]
    with open(f"codebook.{language}.html", encoding="utf-8") as file:
        page = file.read()
    assert f'lang="{language}"' in page and "<script" not in page and "http" not in page

# Frequencies: right, of enough persons each, and the rest of enough persons too.
parts = re.split(r"^## ", codebook, flags=re.M)
frequencies = next((part for part in parts if part.startswith("Frequencies")), "")
told = 0
for column, body in re.findall(r"^(\S+)\n\n\| .*?\n\| --- \| ---: \|\n((?:\|.*\n)+)", frequencies, re.M):
    column = column.replace("\\", "")
    persons, rows = collections.defaultdict(set), collections.Counter()
    for value, who in zip(table[column], table[person], strict=True):
        key = "(empty)" if pandas.isna(value) else str(value)
        key = {"True": "true", "False": "false"}.get(key, key)
        persons[key].add(who)
        rows[key] += 1
    shown = {}
    for line in body.strip().split("\n"):
        value, count = [cell.strip().replace("\\", "") for cell in line.strip("|").split(" | ")]
        shown[value] = int(count)
    rest = set(rows) - set(shown)
    for value, count in shown.items():
        if value == "(others)":
            assert count == sum(rows[key] for key in rest)
            together = set().union(*(persons[key] for key in rest))
            assert len(together) >= least, (column, "others")
        else:
            assert rows[value] == count, (column, value)
            assert len(persons[value]) >= least, (column, value)
    assert sum(shown.values()) == len(table), column
    told += 1
print(f"{len(fields)} fields, {len(table)} rows, {told} tables of frequencies")
