"""Whether contestants found the same. Nothing is timed before that."""
import csv
import gzip
import sys
from decimal import Decimal

CENT, MICRO = Decimal("0.01"), Decimal("0.000001")


def opened(path):
    if str(path).endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return open(path, encoding="utf-8", newline="")


def groups(path, columns):
    """The rows of a small table, sorted by its keys."""
    with opened(path) as file:
        rows = list(csv.DictReader(file))
    keys = [name for name, kind in columns.items() if kind == "key"]
    return sorted(rows, key=lambda row: [row[key] for key in keys])


def same(a, b, kind):
    if kind == "key":
        return a == b
    if kind == "count":
        return int(a) == int(b)
    if a == "" or b == "":
        return a == b
    if kind == "cent":
        return Decimal(a).quantize(CENT) == Decimal(b).quantize(CENT)
    return abs(Decimal(a) - Decimal(b)) <= MICRO


def whole(path, own, ordered_by, amounts):
    """What a large table holds: rows, the sum of their hashes, the sequence of its keys."""
    with opened(path) as file:
        reader = csv.reader(file)
        header = next(reader)
        kept = [place for place, name in enumerate(header) if name not in own]
        values = {name: set() for name in own}
        places = [(values[name], header.index(name)) for name in own]
        keys = [header.index(name) for name in ordered_by]
        cents = [header.index(name) for name in amounts]
        rows, total, order = 0, 0, 0
        for row in reader:
            rows += 1
            for place in cents:
                units, _, rest = row[place].partition(".")
                row[place] = int((units or "0") + (rest + "00")[:2])
            # Hashes of tuples are the same within this process alone, which is all we need.
            total = (total + hash(tuple([row[place] for place in kept]))) & (2**64 - 1)
            if keys:
                order = hash((order, tuple([row[place] for place in keys])))
            for found, place in places:
                found.add(row[place])
    names = [header[place] for place in kept]
    return rows, names, total, order, {name: len(found) for name, found in values.items()}


def compare(work, results):
    """Ends the benchmark unless all results agree; returns the number of rows."""
    names = list(results)
    if not work.columns:
        found = {name: whole(results[name], work.own, work.ordered_by, work.amounts)
                 for name in names}
        for name in names[1:]:
            if found[name] != found[names[0]]:
                sys.exit(f"{work.name}: {names[0]} and {name} differ:\n  {found}")
        return found[names[0]][0]
    first = groups(results[names[0]], work.columns)
    for name in names[1:]:
        other = groups(results[name], work.columns)
        if len(first) != len(other):
            sys.exit(f"{work.name}: {names[0]} has {len(first)} rows, {name} has {len(other)}")
        for a, b in zip(first, other):
            if not all(same(a[column], b[column], kind) for column, kind in work.columns.items()):
                sys.exit(f"{work.name}: {names[0]} and {name} differ:\n  {a}\n  {b}")
    return len(first)
