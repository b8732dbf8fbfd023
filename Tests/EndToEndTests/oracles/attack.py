"""Links a published export back to its source by year of birth and district, as somebody would who
knows both of everybody: a line of JSON. Knows the key too, only to tell whether it guessed right.

usage: attack.py EXPORT KEY SOURCE…
"""

import collections
import csv
import gzip
import json
import re
import sys

from pseudonyms import pseudonym

export, key, sources = sys.argv[1], bytes.fromhex(sys.argv[2]), sys.argv[3:]

# Who stands in the source with which year and district, spelt however.
people = collections.defaultdict(set)
for path in sources:
    with gzip.open(path, "rt", encoding="windows-1252", errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        # Some files begin with a title.
        header = next(row for row in rows if "courriel" in row)
        mail, birth, place = (header.index(n) for n in ("courriel", "naissance", "quartier"))
        for row in rows:
            if len(row) != len(header) or not re.fullmatch(r"\d\d/\d\d/\d{4}", row[birth]):
                continue
            if row[mail] and row[place]:
                people[int(row[birth][6:]), row[place].upper()].add(row[mail].lower())

names = {}
for some in people.values():
    for mail in some:
        names[pseudonym(key, "recherche-2026", "courriel", mail, "hex", 64)] = mail

with gzip.open(export, "rt", encoding="utf-8", newline="") as file:
    published = list(csv.DictReader(file))


def years(text):
    if text == "*":
        return range(1800, 2100)
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def candidates(record):
    found = set()
    for year in years(record["annee_naissance"]):
        found |= people[year, record["quartier"]]
    return found


known = {}
inside = collections.defaultdict(set)
for record in published:
    traits = record["annee_naissance"], record["quartier"]
    if traits not in known:
        known[traits] = candidates(record)
    inside[traits].add(record["personne"])
length = len(published[0]["personne"])
short = {name[:length]: mail for name, mail in names.items()}
print(json.dumps({
    "records": len(published),
    # Persons of the source that a record may be of, and pseudonyms that a person may have.
    "least_candidates": min(len(some) for some in known.values()),
    "least_pseudonyms": min(len(some) for some in inside.values()),
    # Records whose own person is among the candidates: the link itself is right.
    "right": sum(
        short.get(r["personne"]) in known[r["annee_naissance"], r["quartier"]] for r in published),
    # What the same attack finds alone without the treatment.
    "alone_before": sum(len(some) == 1 for some in people.values()),
}))
