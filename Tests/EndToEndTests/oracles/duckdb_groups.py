"""Groups Octroi's own row export with DuckDB and compares every figure with Octroi's groups.

Counts, sums, minima, maxima, distinct counts and medians must be equal to the last digit; DuckDB's
avg is a double, so means are compared after rounding to six digits.
"""
import csv
import sys
from decimal import Decimal

import duckdb

rows, groups = sys.argv[1], sys.argv[2]
con = duckdb.connect()
expected = con.execute(
    """
    SELECT quartier, categorie, count(*), count(montant), sum(montant), avg(montant), min(montant),
           max(montant), sum(date_diff('day', ouverture, cloture)), count(DISTINCT ouverture),
           quantile_disc(montant, 0.5), list_sort(list(montant) FILTER (montant IS NOT NULL))
    FROM read_csv(?, header = true, delim = ',', types = {
      'id': 'VARCHAR', 'ouverture': 'DATE', 'cloture': 'DATE', 'categorie': 'VARCHAR',
      'quartier': 'VARCHAR', 'montant': 'DECIMAL(18,4)'})
    GROUP BY ALL
    """,
    [rows],
).fetchall()
expected = {(r[0], r[1]): r[2:] for r in expected}
failures = []


def number(text):
    return None if text == "" else Decimal(text)


with open(groups, encoding="utf-8", newline="") as file:
    seen = 0
    for row in csv.DictReader(file):
        seen += 1
        key = (row["quartier"] or None, row["categorie"] or None)
        n, paid, total, mean, low, high, delay, days, _, amounts = expected[key]
        middle = len(amounts or []) // 2
        median = None
        if amounts:
            median = amounts[middle] if len(amounts) % 2 else (
                (amounts[middle - 1] + amounts[middle]) / 2)
        checks = {
            "n": n, "avec_montant": paid, "total": total, "petit": low, "grand": high,
            "delai": delay, "jours": days, "mediane": median,
        }
        for name, wanted in checks.items():
            if number(row[name]) != wanted:
                failures.append(f"{key} {name}: {row[name]} instead of {wanted}")
        if mean is not None and abs(number(row["moyenne"]) - Decimal(mean)) > Decimal("0.000001"):
            failures.append(f"{key} moyenne: {row['moyenne']} instead of {mean}")
if seen != len(expected) or seen < 100:
    failures.append(f"{seen} groups, DuckDB has {len(expected)}")
print("\n".join(failures[:20]))
sys.exit(1 if failures else 0)
