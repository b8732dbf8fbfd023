"""What is said of an index's doubts, worked out slowly: every draw is a whole index computed anew
from its data by `indices.Index`. Chance is SplitMix64's finaliser of a seed, a draw and a stream."""
import math

import numpy as np

import indices

WORD = (1 << 64) - 1
NAN = float("nan")


# --- outliers ----------------------------------------------------------------------------------------


def outcome(x, how):
    """What was done to a column: name, points high and low, shapes before and after."""
    before = (indices.skew(x), indices.kurt(x))
    if how is None or indices.passes(x):
        return "none", 0, 0, before, before, indices.passes(x)
    method, then, most = indices.parts(how)
    if method == "winsorise":
        now, high, low = x.copy(), set(), set()
        while not indices.passes(now) and len(high) + len(low) < most:
            up = indices.skew(now) >= 0
            edge = np.nanmax(now) if up else np.nanmin(now)
            rest = now[~np.isnan(now) & (now != edge)]
            if len(rest) == 0:
                break
            rows = np.flatnonzero(now == edge)
            (high if up else low).update(rows)
            now[rows] = rest.max() if up else rest.min()
        if indices.passes(now) or then == "none":
            return ("winsorise", len(high), len(low), before,
                    (indices.skew(now), indices.kurt(now)), indices.passes(now))
    now = indices.logged(x, then)
    return then, 0, 0, before, (indices.skew(now), indices.kurt(now)), indices.passes(now)


def treatments(faults, name, rows, data, options, index):
    expected = []
    for n in data.columns:
        how = options.get("treat_own", {}).get(n, options.get("treat"))
        for place, group in enumerate(index.groups):
            expected.append((n, place + 1) + outcome(index.imputed[n][group], how))
    if len(rows) != len(expected):
        faults.append(f"{name}.treatments: {len(rows)} rows instead of {len(expected)}")
        return
    for r, (n, group, applied, high, low, before, after, passed) in zip(rows, expected):
        told = (r["indicator"], r["period_group"], r["applied"], r["points_high"], r["points_low"],
                r["passes"])
        known = (n, str(group), applied, str(high), str(low), "true" if passed else "false")
        if told != known:
            faults.append(f"{name}.treatments: {told} instead of {known}")
        indices.compare(
            faults, f"{name}.treatments {n}",
            [r["skewness_before"], r["kurtosis_before"], r["skewness_after"], r["kurtosis_after"]],
            before + after)


# --- ranks anew --------------------------------------------------------------------------------------


def ranking(index, scores):
    """Ranks of the rows that the index itself ranks, by row."""
    ranks = {}
    for block in index.blocks:
        own = [r for r in block if not math.isnan(index.ranks[r]) and not math.isnan(scores[r])]
        for r in own:
            ranks[r] = 1 + sum(scores[s] > scores[r] for s in own)
    return ranks


def shifts(index, scores):
    return [abs(rank - index.ranks[r]) for r, rank in ranking(index, scores).items()]


def elements(data):
    """All elements in the order of the tree, the index first, with their levels."""
    found = [("index", "index")]
    for d, dimensions in data.tree.items():
        found.append((d, "domain"))
        for e, members in dimensions.items():
            found.append((e, "dimension"))
            found += [(n, "indicator") for n in members]
    return found


def weights_of(data, options):
    own = dict(data.weights) | options.get("weights", {})
    return {e: own.get(e, 1) for e, _ in elements(data)}


def removals(faults, name, rows, data, options, index):
    expected = elements(data)[1:]
    if [(r["element"], r["level"]) for r in rows] != expected:
        faults.append(f"{name}.removals: other elements")
        return
    # Weights stay those of the index, wherever they came from.
    weights = weights_of(data, options) | index.used
    for r, (element, _) in zip(rows, expected):
        without = indices.Index(
            data, options | {"weights": weights | {element: 0}, "weightings": None})
        moved = shifts(index, without.scores["index"])
        found = [r["mean_shift"], r["largest_shift"], r["units_moved"]]
        indices.compare(
            faults, f"{name}.removals {element}", found,
            [np.mean(moved) if moved else NAN, max(moved, default=0), sum(m > 0 for m in moved)])


# --- chance ------------------------------------------------------------------------------------------


def mixed(word):
    z = (word + 0x9E3779B97F4A7C15) & WORD
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


def uniform(seed, draw, stream):
    return (mixed(mixed(mixed(seed) ^ draw) ^ stream) >> 11) * 2.0 ** -53


FACTORS = ("weights", "treatment", "normalisation", "aggregation")


def factors(doubt):
    return [f for f in FACTORS
            if (doubt.get(f, 0) > 0 if f == "weights" else len(doubt.get(f, ())) > 1)]


def drawn(data, options, point):
    """The index with the choices that a point of the unit cube stands for, and its normalisation."""
    doubt, changed = options["doubt"], {}
    weights = weights_of(data, options)
    normalisation = options["normalise"]
    for factor, u in zip(factors(doubt), point):
        if factor == "weights":
            which = int(u * 2 ** 53)
            for node, (element, _) in enumerate(elements(data)):
                noise = 2 * uniform(doubt.get("seed", 1), which, node + (1 << 32)) - 1
                weights[element] *= 1 + doubt["weights"] * noise
            continue
        choices = doubt[factor]
        choice = choices[min(int(u * len(choices)), len(choices) - 1)]
        if factor == "treatment":
            changed["treat"] = choice
        elif factor == "normalisation":
            changed["normalise"] = normalisation = choice
        else:
            changed["means"] = (choice,) * 3
    scores = indices.Index(data, options | changed | {"weights": weights}).scores["index"]
    return scores, normalisation == options["normalise"]


def intervals(faults, name, rows, data, options, index):
    doubt = options["doubt"]
    count = len(factors(doubt))
    ranks, scores = [[] for _ in rows], [[] for _ in rows]
    for draw in range(doubt["draws"]):
        point = [uniform(doubt.get("seed", 1), draw, f) for f in range(count)]
        found, is_own_scale = drawn(data, options, point)
        for r, rank in ranking(index, found).items():
            ranks[r].append(rank)
        for r, score in enumerate(found):
            if is_own_scale and not math.isnan(score):
                scores[r].append(score)
    quantile = lambda values, q: np.quantile(values, q) if values else NAN
    for column, values, q in (
            ("rank_5", ranks, 0.05), ("rank_median", ranks, 0.5), ("rank_95", ranks, 0.95),
            ("index_5", scores, 0.05), ("index_95", scores, 0.95)):
        expected = [quantile(v, q) for v in values]
        found = [r[column] for r in rows]
        if column.startswith("rank"):
            expected = [round(e, 6) for e in expected]
        indices.compare(faults, f"{name}.{column}", found, expected)


def sensitivity(faults, name, rows, data, options, index):
    doubt = options["doubt"]
    names, n = factors(doubt), doubt["sobol"]
    d = len(names)
    seed = doubt.get("seed", 1)
    results = []
    for block in range(d + 2):
        for row in range(n):
            of_b = [block == 1 or block == f + 2 for f in range(d)]
            point = [uniform(seed ^ int.from_bytes(b"Sobol", "big"), row, d + f if of_b[f] else f)
                     for f in range(d)]
            results.append(np.mean(shifts(index, drawn(data, options, point)[0])))
    y = np.array(results).reshape(d + 2, n)
    y = y - y[:2].mean()
    variance = y[:2].std(ddof=1) ** 2
    if [r["choice"] for r in rows] != names:
        faults.append(f"{name}.sensitivity: {[r['choice'] for r in rows]} instead of {names}")
        return
    for f, r in enumerate(rows):
        shift = y[f + 2] - y[0]
        for kind, (label, terms) in enumerate(
                (("first_order", y[1] * shift), ("total", shift ** 2 / 2))):
            samples = []
            for sample in range(doubt["bootstrap"]):
                places = [uniform(seed ^ int.from_bytes(b"Boot", "big"), sample << 32 | p, 2 * f + kind)
                          for p in range(n)]
                samples.append(
                    np.mean([terms[min(int(u * n), n - 1)] for u in places]) / variance)
            indices.compare(
                faults, f"{name}.sensitivity {names[f]}",
                [r[label], r[f"{label}_5"], r[f"{label}_95"]],
                [terms.mean() / variance, np.quantile(samples, 0.05), np.quantile(samples, 0.95)])
