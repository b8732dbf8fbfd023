"""Risks of a file, counted with pandas and by the definitions: no code of Octroi's.

    risk.py FILE DELIMITER QUASI PERSON SENSITIVE THRESHOLD FRACTION
"""
import json
import math
import sys

import numpy
import pandas
from pycanon import anonymity

file, delimiter, quasi, person, sensitive, threshold, fraction = sys.argv[1:]
quasi, threshold, fraction = quasi.split(","), float(threshold), float(fraction)
table = pandas.read_csv(file, sep=delimiter, dtype=str, keep_default_na=False)
groups = table.groupby(quasi, sort=False)
sizes = (groups.size() if person == "-" else groups[person].nunique()).to_numpy()
persons = int(sizes.sum())


def found(size):
    """The mean of 1/F for a class of so many in the sample: F is negative binomial."""
    if fraction == 1:
        return 1 / size
    total, weight = 0.0, size * math.log(fraction)
    for population in range(size, size + int(60 * size / fraction) + 4000):
        total += math.exp(weight) / population
        weight += math.log1p(-fraction) + math.log(population / (population - size + 1))
    return total


def pitman():
    """Climbs the likelihood from a coarse grid in ever smaller steps."""
    n, classes = persons, len(sizes)
    i, j = numpy.arange(1, classes), numpy.arange(1, n)
    parts = [(size, int((sizes == size).sum())) for size in sorted(set(sizes.tolist()))]

    def likelihood(theta, alpha):
        total = numpy.log(theta + i * alpha).sum() - numpy.log(theta + j).sum()
        for size, count in parts:
            if size > 1:
                total += count * numpy.log(numpy.arange(1, size) - alpha).sum()
        return total

    grid = [(t * classes, a / 10) for t in (0.01, 0.03, 0.1, 0.3, 1) for a in range(1, 10)]
    theta, alpha = max(grid, key=lambda point: likelihood(*point))
    best, wide, high = likelihood(theta, alpha), theta / 4, 0.04
    while high > 1e-7:
        around = [(theta + x * wide, alpha + y * high) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        around = [(t, a) for t, a in around if 0 < a < 1 and t > -a]
        top = max(around, key=lambda point: likelihood(*point))
        if likelihood(*top) <= best:
            wide, high = wide / 2, high / 2
        else:
            (theta, alpha), best = top, likelihood(*top)
    population = n / fraction
    return population * math.exp(
        math.lgamma(theta + 1) - math.lgamma(theta + alpha)
        + math.lgamma(theta + alpha + population - 1) - math.lgamma(theta + population))


risks = {int(size): found(int(size)) for size in set(sizes.tolist())}
told = {
    "persons": persons, "classes": len(sizes), "smallest": int(sizes.min()),
    "prosecutor": [
        float(1 / sizes.min()), len(sizes) / persons,
        int(sum(size for size in sizes if 1 / size > threshold)),
    ],
    "journalist": [
        risks[int(sizes.min())], float(sum(s * risks[int(s)] for s in sizes) / persons),
        int(sum(s for s in sizes if risks[int(s)] > threshold)),
    ],
    "uniques": int((sizes == 1).sum()),
    "pitman": pitman() if fraction < 1 and (sizes == 1).any() else None,
    "attributes": {},
}
if person == "-":
    assert anonymity.k_anonymity(table, quasi) == told["smallest"]
for name in [] if sensitive == "-" else sensitive.split(","):
    values = table.groupby(quasi + [name], sort=False).size().reset_index(name="rows")
    spread = values.groupby(quasi, sort=False)["rows"].agg(["count", "max", "sum"])
    assert anonymity.l_diversity(table, quasi, [name]) == int(spread["count"].min())
    told["attributes"][name] = [
        int(spread["count"].min()), int((spread["count"] == 1).sum()),
        float((spread["max"] / spread["sum"]).max()), float(spread["max"].sum() / len(table)),
    ]
print(json.dumps(told))
