"""Sums clean rows with DuckDB and compares them with Octroi's groups of the same rows, read from
dirty files: rows and total by category, to the last digit."""
import csv
import sys
from decimal import Decimal

import duckdb

clean, groups = sys.argv[1], sys.argv[2]
found = duckdb.sql(
    f"""
    SELECT categorie, count(*), coalesce(sum(montant), 0)
    FROM read_csv('{clean}', header = true,
                  types = {{'categorie': 'VARCHAR', 'montant': 'DECIMAL(18,2)'}})
    GROUP BY ALL
    """
).fetchall()
expected = {key: (rows, total) for key, rows, total in found}
with open(groups, encoding="utf-8", newline="") as file:
    actual = {r["categorie"]: (int(r["n"]), Decimal(r["total"] or 0)) for r in csv.DictReader(file)}
if actual != expected:
    print(f"{actual}\ninstead of\n{expected}")
sys.exit(0 if actual == expected else 1)
