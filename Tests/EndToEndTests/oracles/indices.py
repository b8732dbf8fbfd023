"""Composite indices worked out slowly with numpy, straight from the formulas, and compared with what
Octroi publishes: `prepare FOLDER` writes a project with a pipeline a variant, `check FOLDER` compares
every table once the pipelines have run. Data: COINr's ASEM (MIT, see asem/COINr_LICENSE.md), and
random tables with ties, gaps, constant columns and negative numbers."""
import csv
import json
import math
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).parent
NAN = float("nan")
LEVELS = ["index", "domain", "dimension"]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return NAN if text in ("", "NA", None) else float(text)


# --- data sets: units, groups, columns, denominators, tree -------------------------------------------


class Data:
    def __init__(self, units, columns, tree, directions, weights, denominators=None, divisors=None,
                 groups=None, targets=None, years=None):
        self.units, self.columns, self.tree = units, columns, tree
        self.directions, self.weights = directions, weights
        self.denominators, self.divisors = denominators or {}, divisors or {}
        self.groups, self.targets, self.years = groups, targets or {}, years


def asem():
    meta = rows_of(HERE / "asem/ASEM_iMeta.csv")
    data = rows_of(HERE / "asem/ASEM_iData.csv")
    parent = {m["iCode"]: m["Parent"] for m in meta if m["Type"] in ("Indicator", "Aggregate")}
    tree = {}
    for m in meta:
        if m["Type"] == "Indicator":
            dimension = m["Parent"]
            tree.setdefault(parent[dimension], {}).setdefault(dimension, []).append(m["iCode"])
    indicators = [m for m in meta if m["Type"] == "Indicator"]
    names = [m["iCode"] for m in indicators]
    columns = {n: np.array([number(r[n]) for r in data]) for n in names}
    divisors = {n: np.array([number(r[n]) for r in data])
                for n in ("Area", "Energy", "GDP", "Population")}
    return Data(
        [r["uCode"] for r in data], columns, tree,
        {m["iCode"]: int(m["Direction"]) for m in indicators}, {},
        {m["iCode"]: (m["Denominator"], 1.0) for m in indicators if m["Denominator"]}, divisors,
        [r["EurAsia_group"] for r in data],
        {m["iCode"]: float(m["Target"]) for m in indicators})


def random_data(seed, units, years=None):
    draw = np.random.default_rng(seed)
    tree = {"d1": {"a": ["i0", "i1", "i2"], "b": ["i3", "i4"]}, "d2": {"c": ["i5", "i6", "i7"]}}
    names = [i for d in tree.values() for e in d.values() for i in e]
    rows = units * (len(years) if years else 1)
    columns = {}
    for place, name in enumerate(names):
        if place == 2:
            values = np.full(rows, 7.5)  # no width
        elif place == 4:
            values = np.round(draw.lognormal(0, 2, rows), 3)  # outliers
        elif place == 5:
            values = draw.integers(-3, 3, rows).astype(float)  # ties, zeros, negatives
        else:
            values = np.round(draw.normal(10, 5, rows), 4)
        gaps = draw.random(rows) < (0.0 if place == 0 else 0.15)
        columns[name] = np.where(gaps, NAN, values)
    if not years:
        columns["i1"][3:] = NAN  # too few to know their shape
    divisors = {"pop": np.round(draw.uniform(1, 50, rows), 2)}
    divisors["pop"][0] = 0.0
    divisors["pop"][1] = NAN
    return Data(
        [f"u{n:03}" for n in range(units)], columns, tree,
        {n: -1 if p % 3 == 1 else 1 for p, n in enumerate(names)},
        {"d1": 2, "a": 3, "i0": 0, "i3": 2.5, "i5": 0.5}, {"i3": ("pop", 1000.0)}, divisors,
        [["x", "y", ""][n % 3] for n in range(units)],
        {n: 12.0 for n in names}, years)


# --- the formulas ------------------------------------------------------------------------------------


def skew(x):
    x = x[~np.isnan(x)]
    n = len(x)
    d = x - x.mean() if n else x
    if n < 3 or (d ** 2).sum() == 0:
        return NAN
    return math.sqrt(n) * (d ** 3).sum() / (d ** 2).sum() ** 1.5 * math.sqrt(n * (n - 1)) / (n - 2)


def kurt(x):
    x = x[~np.isnan(x)]
    n = len(x)
    d = x - x.mean() if n else x
    if n < 4 or (d ** 2).sum() == 0:
        return NAN
    k = n * (d ** 4).sum() / (d ** 2).sum() ** 2 - 3
    return ((n + 1) * k + 6) * (n - 1) / ((n - 2) * (n - 3))


def passes(x):
    s, k = skew(x), kurt(x)
    return math.isnan(s) or abs(s) < 2 or math.isnan(k) or k < 3.5


def parts(how):
    """A treatment's name, what follows, and up to how many points are winsorised."""
    return how if len(how) == 3 else (*how, 5)


def winsorised(x, most):
    x = x.copy()
    touched = set()
    while not passes(x) and len(touched) < most:
        edge = np.nanmax(x) if skew(x) >= 0 else np.nanmin(x)
        where = np.flatnonzero(x == edge)
        rest = x[~np.isnan(x) & (x != edge)]
        if len(rest) == 0:
            break
        x[where] = rest.max() if skew(x) >= 0 else rest.min()
        touched |= set(where)
    return x


def logged(x, kind):
    low, high = np.nanmin(x), np.nanmax(x)
    if kind == "log":
        return np.log(x - low + 0.01 * (high - low))
    if kind == "log_shift":
        return np.log(x - low + 1)
    return np.log((high - 1) * (x - low) / (high - low) + 1)


def treated(x, how):
    if how is None or passes(x):
        return x
    method, then, most = parts(how)
    if method == "winsorise":
        w = winsorised(x, most)
        if passes(w) or then == "none":
            return w
    return logged(x, then)


def ranks(x):
    return np.array([NAN if math.isnan(v) else 1 + np.sum(x[~np.isnan(x)] < v) for v in x])


def normalised(x, how, direction, target=None, reference=None):
    x = x * direction
    there = x[~np.isnan(x)]
    if len(there) == 0:
        return x
    low, high = there.min(), there.max()
    method, options = how
    a, b = options.get("range", (0, 100))
    nothing = np.full(len(x), NAN)
    if method == "min_max":
        return nothing if low == high else (x - low) / (high - low) * (b - a) + a
    if method == "z_score":
        sd = there.std(ddof=1) if len(there) > 1 else 0
        return nothing if sd == 0 else (
            (x - there.mean()) / sd * options.get("deviation", 1) + options.get("mean", 0))
    if method == "rank":
        return ranks(x)
    if method == "borda":
        return ranks(x) - 1
    if method == "percentile_rank":
        return nothing if len(there) < 2 else (ranks(x) - 1) / (len(there) - 1)
    if method == "goalposts":
        l, u = sorted(p * direction for p in options["posts"])
        return np.clip((x - l) / (u - l), 0, 1) * (b - a) + a
    if method == "target":
        t = target * direction
        y = nothing if t == low else (x - low) / (t - low)
        return np.minimum(y, 1) if options.get("cap") else y
    if method == "reference":
        r = x[reference]
        return nothing if math.isnan(r) or r == low else 1 - (r - x) / (r - low)
    if method == "maximum":
        return nothing if low == high else 1 - (high - x) / (high - low)
    if method == "share_of_maximum":
        return nothing if high == 0 else x / high
    return x


def mean(values, weights, how):
    pairs = [(v, w) for v, w in zip(values, weights) if not math.isnan(v) and w > 0]
    if not pairs:
        return NAN
    total = sum(w for _, w in pairs)
    if how == "arithmetic":
        return sum(v * w for v, w in pairs) / total
    if how == "geometric":
        return math.prod(v ** (w / total) for v, w in pairs)
    if how == "harmonic":
        return total / sum(w / v for v, w in pairs)
    return (sum(w * v ** how for v, w in pairs) / total) ** (1 / how)


def copeland(matrix, weights, blocks):
    out = np.full(len(matrix[0]), NAN)
    for block in blocks:
        there = [r for r in block if any(not math.isnan(c[r]) and w > 0
                                         for c, w in zip(matrix, weights))]
        for r in there:
            score = 0
            for s in there:
                won = sum(w for c, w in zip(matrix, weights) if c[r] > c[s])
                lost = sum(w for c, w in zip(matrix, weights) if c[s] > c[r])
                score += 0 if math.isclose(won, lost, rel_tol=1e-11) else (1 if won > lost else -1)
            out[r] = score
    return out


def loadings(columns, declared):
    """Of the first principal component of the correlations over complete rows, negative ones 0; the
    declared weights where there are none."""
    matrix = np.array(columns)
    whole = matrix[:, ~np.isnan(matrix).any(axis=0)]
    if whole.shape[1] < 2 or (np.ptp(whole, axis=1) == 0).any():
        return declared
    values, vectors = np.linalg.eigh(np.atleast_2d(np.corrcoef(whole)))
    first = vectors[:, np.argmax(values)]
    return declared if abs(first.sum()) < 1e-6 else np.maximum(first * np.sign(first.sum()), 0)


class Index:
    """One variant, worked out step by step."""

    def __init__(self, data, options):
        periods = len(data.years) if data.years else 1
        count = len(data.units) * periods
        blocks = [list(range(p, count, periods)) for p in range(periods)]
        units = [r // periods for r in range(count)]
        names = list(data.columns)
        self.raw = {}
        for n in names:
            x = data.columns[n]
            if options.get("denominate") and n in data.denominators:
                d, scale = data.denominators[n]
                below = np.where(data.divisors[d] == 0, NAN, data.divisors[d])
                x = x / (below / scale)
            self.raw[n] = x
        self.imputed = {n: self.impute(x, options.get("impute"), data, blocks, units)
                        for n, x in self.raw.items()}
        self.periods = periods
        there = list((self.raw if options.get("observed") else self.imputed).values())
        known = np.sum([~np.isnan(x) for x in there], axis=0)
        nonzero = np.sum([~np.isnan(x) & (x != 0) for x in there], axis=0)
        out = known / len(there) < options.get("screen", 0) - 1e-9
        out |= (known > 0) & (nonzero < options.get("nonzero", 0) * known - 1e-9)
        blocks = [[r for r in b if not out[r]] for b in blocks]
        together = [[r for b in blocks for r in b]]
        groups = blocks if options.get("each") else together
        # Outliers may be each period's own and the scale still that of all, as COINr's purses are.
        self.blocks, self.groups = blocks, blocks if options.get("treat_each") else groups
        self.treated, self.normalised = {}, {}
        for n in names:
            treat = options.get("treat_own", {}).get(n, options.get("treat"))
            t, z = np.full(count, NAN), np.full(count, NAN)
            for g in self.groups:
                t[g] = treated(self.imputed[n][g], treat)
            for g in groups:
                how = options.get("normalise_own", {}).get(n, options.get("normalise",
                                                                          ("min_max", {})))
                unit = how[1].get("unit")
                place = None if unit is None else [data.units[units[r]] for r in g].index(unit)
                z[g] = normalised(t[g], how, data.directions[n], data.targets.get(n), place)
            self.treated[n], self.normalised[n] = t, z
        self.used = dict(data.weights) | options.get("weights", {})
        w = lambda n: self.used.get(n, 1)
        self.scores = dict(self.normalised)
        means = options.get("means", ("arithmetic",) * 3)
        for d, dimensions in data.tree.items():
            for e, members in dimensions.items():
                self.scores[e] = self.compose(members, w, means[2], blocks, options)
            self.scores[d] = self.compose(list(dimensions), w, means[1], blocks, options)
        self.scores["index"] = self.compose(list(data.tree), w, means[0], blocks, options)
        share = lambda one, all_: w(one) / sum(map(w, all_)) if sum(map(w, all_)) else 0.0
        self.effective = {"index": 1.0}
        for d, dimensions in data.tree.items():
            self.effective[d] = share(d, data.tree)
            for e, members in dimensions.items():
                self.effective[e] = self.effective[d] * share(e, dimensions)
                for n in members:
                    self.effective[n] = self.effective[e] * share(n, members)
        self.ranks = np.full(count, NAN)
        for b in blocks:
            x = self.scores["index"][b]
            self.ranks[b] = [NAN if math.isnan(v) else 1 + np.sum(x[~np.isnan(x)] > v) for v in x]

    def compose(self, children, w, how, blocks, options):
        columns = [self.scores[c] for c in children]
        if options.get("weightings") == "equal":
            self.used |= {c: 1 for c in children}
        elif options.get("weightings") == "pca":
            self.used |= dict(zip(children, loadings(columns, [w(c) for c in children])))
        weights = [w(c) for c in children]
        if how == "copeland":
            out = copeland(columns, weights, blocks)
        else:
            out = np.array([mean(row, weights, how) for row in zip(*columns)])
        least = options.get("data", 0)
        there = np.mean([~np.isnan(c) for c in columns], axis=0)
        return np.where(there < least - 1e-9, NAN, out)

    @staticmethod
    def impute(x, how, data, blocks, units):
        y = x.copy()
        if how is None:
            return y
        if how == "previous_period":
            for r in range(len(x)):
                same = [s for s in range(len(x)) if units[s] == units[r] and s < r]
                known = [x[s] for s in same if not math.isnan(x[s])]
                if math.isnan(x[r]) and known:
                    y[r] = known[-1]
            return y
        centre = np.nanmedian if "median" in how else np.nanmean
        for block in blocks:
            groups = {"": block}
            if how.startswith("group"):
                groups = {}
                for r in block:
                    if data.groups[units[r]]:
                        groups.setdefault(data.groups[units[r]], []).append(r)
            for members in groups.values():
                known = x[members][~np.isnan(x[members])]
                for r in members:
                    if math.isnan(x[r]) and len(known):
                        y[r] = centre(known)
        return y


# --- the variants ------------------------------------------------------------------------------------

FLOOR = ("min_max", {"range": (1, 100)})


def variants():
    real = asem()
    numbers = {n: i + 1 for i, n in enumerate(
        list(real.columns) + [e for d in real.tree.values() for e in d] + list(real.tree))}
    full = {"denominate": True, "impute": "group_mean", "screen": 0.9, "treat": ("winsorise", "log")}
    yield "published", real, {}
    yield "counted", real, {"weights": numbers}
    yield "geometric", real, {"normalise": FLOOR, "means": ("geometric",) * 3}
    yield "harmonic", real, {"normalise": FLOOR, "means": ("harmonic",) * 3, "weights": numbers}
    yield "mixed", real, {"normalise": FLOOR, "means": ("geometric", "harmonic", "arithmetic")}
    yield "power", real, {"normalise": FLOOR, "means": (0.5, -2, 3)}
    yield "copeland", real, {"means": ("copeland", "arithmetic", "arithmetic")}
    yield "standard", real, {"normalise": ("z_score", {"mean": 50, "deviation": 10})}
    yield "ranked", real, {"normalise": ("rank", {}), "treat": ("winsorise", "log")}
    yield "treated", real, {"treat": ("winsorise", "log")}
    yield "targets", real, {"normalise": ("target", {})}
    yield "full", real, full
    yield "unimputed", real, full | {"impute": None}
    yield "components", real, full | {"weightings": "pca", "weights": numbers}
    yield "even", real, {"weightings": "equal", "weights": numbers}
    yield "sparse", random_data(9, 40), {
        "impute": "median", "screen": 0.85, "observed": True, "nonzero": 0.9}
    yield "full_geometric", real, full | {
        "impute": "group_median", "normalise": FLOOR, "means": ("geometric",) * 3,
        "weights": numbers}
    yield "full_standard", real, full | {
        "impute": "median", "normalise": ("z_score", {"mean": 10, "deviation": 2}),
        "data": 0.66, "weights": numbers}
    yield "once", real, {
        "treat": ("winsorise", "log", 1), "treat_own": {"Flights": ("transform", "log")}}
    yield "own", real, {
        "treat": ("winsorise", "log"), "treat_own": {"Flights": None, "Goods": ("transform", "log_gii"),
                                                     "Services": ("transform", "log_shift")},
        "normalise_own": {"LPI": ("goalposts", {"posts": (2, 4), "range": (0, 10)}),
                          "CO2": ("percentile_rank", {}), "FDI": ("reference", {"unit": "FRA"}),
                          "Lang": ("maximum", {}), "Visa": ("share_of_maximum", {})}}
    years = [2014, 2019, 2024]
    for seed in range(4):
        some = random_data(seed, 5 + 8 * seed)
        yield f"random{seed}", some, {
            "denominate": True, "impute": [None, "mean", "group_median", "median"][seed],
            "treat": [None, ("winsorise", "log"), ("winsorise", "none"), ("transform", "log")][seed],
            "normalise": [("min_max", {}), ("z_score", {}), ("borda", {}), ("percentile_rank", {})]
            [seed], "data": [0, 0.5, 0.6, 0][seed],
            "means": [("arithmetic",) * 3, ("arithmetic", "copeland", "arithmetic"),
                      ("copeland",) * 3, ("arithmetic",) * 3][seed]}
        panel = random_data(100 + seed, 9, years)
        yield f"panel{seed}", panel, {
            "impute": ["previous_period", "group_mean", None, "previous_period"][seed],
            "each": seed == 2, "screen": [0, 0.7, 0, 0.9][seed],
            "treat": [None, ("winsorise", "log"), ("winsorise", "log"), None][seed]}
    yield "purse", random_data(104, 23, years), {
        "denominate": True, "impute": "group_mean", "screen": 0.9, "treat_each": True,
        "treat": ("winsorise", "log")}
    yield "purse_posts", random_data(105, 11, years), {
        "treat_each": True, "treat": ("winsorise", "log"), "normalise_own": {
            n: ("goalposts", {"posts": (-5, 20), "range": (1, 100)}) for n in ("i0", "i1", "i6")}}
    yield "doubts", random_data(7, 21), {
        "normalise": FLOOR, "treat": ("winsorise", "log"),
        "doubt": {"draws": 80, "seed": 11, "weights": 0.3, "sobol": 12, "bootstrap": 15,
                  "treatment": [None, ("winsorise", "log")],
                  "normalisation": [("rank", {}), FLOOR],
                  "aggregation": ["arithmetic", "geometric", "harmonic"]}}
    yield "doubtful_years", random_data(8, 9, years), {
        "normalise": FLOOR, "each": True, "data": 0.5,
        "doubt": {"draws": 40, "weights": 0.5, "sobol": 8, "bootstrap": 10}}


# --- YAML --------------------------------------------------------------------------------------------


def treatment_text(how):
    return "none" if how is None else "{method: %s, then: %s, points: %d}" % parts(how)


def normalisation_text(how):
    method, options = how
    own = ["method: " + method]
    for key in ("range", "mean", "deviation", "cap", "unit"):
        if key in options:
            value = options[key]
            own.append(f"{key}: {list(value) if isinstance(value, tuple) else value}")
    return "{" + ", ".join(own) + "}"


def mean_text(how, data):
    own = f"method: {how}" if isinstance(how, str) else f"method: power, power: {how}"
    return "{" + own + (f", data: {data}" if data else "") + "}"


def doubt_text(doubt):
    own = [f"{key}: {doubt[key]}" for key in ("draws", "seed", "weights", "sobol", "bootstrap")
           if key in doubt]
    for key, text in (("treatment", treatment_text), ("normalisation", normalisation_text),
                      ("aggregation", str)):
        if key in doubt:
            own.append(f"{key}: [{', '.join(text(how) for how in doubt[key])}]")
    return "{" + ", ".join(own) + "}"


def pipeline(name, data, options):
    weights = dict(data.weights) | options.get("weights", {})
    lines = [
        "octroi: 1", f"pipeline: {name}", "purpose: essai", "charter: charte.yml", "sources:",
        f"  data: {{path: {name}.csv, schema: {name}.schema.json, governance: lignes}}",
        "indicators:", "  x:", "    units: {from: units, key: unit, group: grp}",
        f"    imputation: {options.get('impute') or 'none'}",
        f"    treatment: {treatment_text(options.get('treat'))}",
        f"    normalisation: {normalisation_text(options.get('normalise', ('min_max', {})))}",
        "    aggregation:",
    ]
    for level, how in zip(LEVELS, options.get("means", ("arithmetic",) * 3)):
        lines.append(f"      {level}: {mean_text(how, options.get('data', 0))}")
    if "doubt" in options:
        lines.append(f"    uncertainty: {doubt_text(options['doubt'])}")
    if "screen" in options:
        own = [f"data: {options['screen']}"]
        own += [f"nonzero: {options['nonzero']}"] if "nonzero" in options else []
        own += ["counts: observed"] if options.get("observed") else []
        lines.append(f"    screening: {{{', '.join(own)}}}")
    if "weightings" in options:
        every = ", ".join(f"{level}: {options['weightings']}" for level in LEVELS)
        lines.append(f"    weights: {{{every}}}")
    if data.years:
        each = "each" if options.get("each") else "together"
        treat = ", treat: each" if options.get("treat_each") else ""
        lines.append(f"    periods: {{field: year, values: {data.years}, normalise: {each}{treat}}}")
    if options.get("denominate"):
        lines.append("    denominators:")
        lines += [f"      {d}: {{from: data}}" for d in data.divisors]
    own = lambda n: [f"weight: {weights[n]}"] if n in weights else []
    lines.append("    domains:")
    for d, dimensions in data.tree.items():
        lines += [f"      {d}:"] + [f"        {t}" for t in own(d)] + ["        dimensions:"]
        for e, members in dimensions.items():
            lines += [f"          {e}:"] + [f"            {t}" for t in own(e)]
            lines.append("            indicators:")
            for n in members:
                parts = ["from: data", f"direction: {data.directions[n]}"] + own(n)
                if n in data.targets:
                    parts.append(f"target: {data.targets[n]!r}")
                if options.get("denominate") and n in data.denominators:
                    below, scale = data.denominators[n]
                    parts += [f"denominator: {below}", f"scale: {scale}"]
                if n in options.get("treat_own", {}):
                    parts.append(f"treatment: {treatment_text(options['treat_own'][n])}")
                if n in options.get("normalise_own", {}):
                    how = options["normalise_own"][n]
                    parts.append(f"normalisation: {normalisation_text(how)}")
                    if "posts" in how[1]:
                        parts.append(f"goalposts: {list(how[1]['posts'])}")
                lines.append(f"              {n}: {{{', '.join(parts)}}}")
    lines += ["steps:", "  units:", "    from: data", "    stages:"]
    if data.years:
        lines.append(f"      - filter: year = {data.years[0]}")
    lines += ["      - select: [unit, grp]", "outputs:"]
    for table in ("denominated", "imputed", "treated", "normalised", "scores", "ranks", "weights",
                  "correlations", "consistency", "contributions", "missing", "changes",
                  "treatments", "removals") + (("sensitivity",) if "doubt" in options else ()):
        lines.append(
            f"  {table}: {{from: x.{table}, audience: internal, path: out/{name}/{table}.csv}}")
    return "\n".join(lines) + "\n"


def prepare(folder):
    for name, data, options in variants():
        names = list(data.columns) + list(data.divisors)
        periods = data.years or [None]
        fields = [{"name": "unit", "type": "string", "privacy": "plain"},
                  {"name": "grp", "type": "string", "privacy": "plain"},
                  {"name": "year", "type": "integer", "privacy": "plain"}]
        fields += [{"name": n, "type": "number", "double": True, "privacy": "plain"}
                   for n in names]
        (folder / f"{name}.schema.json").write_text(json.dumps({"fields": fields}))
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow([f["name"] for f in fields])
            row = 0
            for place, unit in enumerate(data.units):
                for year in periods:
                    cells = [(data.columns | data.divisors)[n][row] for n in names]
                    out.writerow([unit, data.groups[place], year or 0]
                                 + ["" if math.isnan(c) else repr(float(c)) for c in cells])
                    row += 1
        (folder / f"{name}.yml").write_text(pipeline(name, data, options), encoding="utf-8")
        print(name)


# --- comparison --------------------------------------------------------------------------------------


def close(a, b):
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def compare(faults, what, found, expected):
    found, expected = [number(f) if isinstance(f, str) else f for f in found], list(expected)
    if len(found) != len(expected):
        faults.append(f"{what}: {len(found)} rows instead of {len(expected)}")
        return
    for row, (f, e) in enumerate(zip(found, expected)):
        if not close(f, float(e)):
            faults.append(f"{what} row {row}: {f} instead of {e}")
            return


def check(folder):
    sys.dont_write_bytecode = True
    import printed
    import robustness
    faults = []
    for name, data, options in variants():
        index = Index(data, options)
        table = lambda t: rows_of(folder / "out" / name / f"{t}.csv")
        for step, columns in (("denominated", index.raw), ("imputed", index.imputed),
                              ("treated", index.treated), ("normalised", index.normalised)):
            rows = table(step)
            for n, x in columns.items():
                if step in ("treated", "normalised") or not options.get("screen"):
                    compare(faults, f"{name}.{step}.{n}", [r[n] for r in rows], x)
        rows = table("scores")
        for element in [r for r in rows[0] if r in index.scores]:
            compare(faults, f"{name}.scores.{element}", [r[element] for r in rows],
                    index.scores[element])
        compare(faults, f"{name}.rank", [r["rank"] for r in table("ranks")], index.ranks)
        rows = table("weights")
        compare(faults, f"{name}.weights", [r["effective_weight"] for r in rows],
                [index.effective[r["element"]] for r in rows])
        sums = {}
        for r in table("contributions"):
            key = (r["unit"], r.get("year"))
            sums[key] = sums.get(key, 0) + (number(r["contribution"]) if r["contribution"] else 0)
        if "copeland" not in options.get("means", ()):
            compare(faults, f"{name}.contributions", list(sums.values()),
                    np.nan_to_num(index.scores["index"]))
        correlations(faults, name, table("correlations"), index)
        consistency(faults, name, table("consistency"), data, index)
        changes(faults, name, table("changes"), data, index)
        robustness.treatments(faults, name, table("treatments"), data, options, index)
        robustness.removals(faults, name, table("removals"), data, options, index)
        if "doubt" in options:
            robustness.intervals(faults, name, table("ranks"), data, options, index)
            robustness.sensitivity(faults, name, table("sensitivity"), data, options, index)
        absent = sum(np.isnan(x).sum() for x in index.raw.values())
        told = sum(r["reason"] != "no_scale" for r in table("missing"))
        if told != absent:
            faults.append(f"{name}.missing: {told} instead of {absent}")
        printed.scores(faults, name, table("scores"))
        printed.ranks(faults, name, table("ranks"))
        printed.treatments(faults, name, table("treatments"))
    print("\n".join(faults))
    return not faults


def paired(a, b):
    both = ~np.isnan(a) & ~np.isnan(b)
    return a[both], b[both]


def correlations(faults, name, rows, index):
    for r in rows:
        a, b = paired(index.scores[r["element"]], index.scores[r["other"]])
        varies = len(a) > 1 and np.ptp(a) > 0 and np.ptp(b) > 0
        expected = np.corrcoef(a, b)[0, 1] if varies else NAN
        compare(faults, f"{name}.correlation {r['element']} {r['other']}", [r["correlation"]],
                [expected])


def consistency(faults, name, rows, data, index):
    children = {"index": list(data.tree)}
    for d, dimensions in data.tree.items():
        children[d] = list(dimensions)
        children |= dimensions
    for r in rows:
        known = [c for c in children[r["element"]] if not np.isnan(index.scores[c]).all()]
        matrix = np.full((len(known), len(known)), NAN)
        for i, one in enumerate(known):
            for j, other in enumerate(known):
                a, b = paired(index.scores[one], index.scores[other])
                if len(a) > 1:
                    matrix[i, j] = np.cov(a, b)[0, 1]
        k, whole = len(known), np.nansum(matrix)
        expected = NAN
        if k > 1 and whole != 0:
            expected = k * k * (whole - np.nansum(np.diag(matrix))) / (k * (k - 1)) / whole
        compare(faults, f"{name}.alpha {r['element']}", [r["cronbach_alpha"]], [expected])


def changes(faults, name, rows, data, index):
    if not data.years:
        if rows:
            faults.append(f"{name}: changes without periods")
        return
    for r in rows:
        start = data.units.index(r["unit"]) * len(data.years)
        own = index.raw if r["level"] == "indicator" else index.scores
        values = own[r["element"]][start:start + len(data.years)]
        known = [(y, v) for y, v in zip(data.years, values) if not math.isnan(v)]
        growth = trend = NAN
        if len(known) > 1:
            (y0, v0), (y1, v1) = known[0], known[-1]
            trend = np.polyfit([y for y, _ in known], [v for _, v in known], 1)[0]
            if r["level"] == "indicator" and v0 > 0 and v1 >= 0:
                growth = (v1 / v0) ** (1 / (y1 - y0)) - 1
        compare(faults, f"{name}.growth {r['element']}", [r["annual_growth"]], [growth])
        found = number(r["trend"])
        if not (math.isnan(found) and math.isnan(trend)) and not abs(found - trend) < 1e-7:
            faults.append(f"{name}.trend {r['element']} {r['unit']}: {found} instead of {trend}")


if __name__ == "__main__":
    place = pathlib.Path(sys.argv[2])
    if sys.argv[1] == "prepare":
        prepare(place)
    else:
        sys.exit(0 if check(place) else 1)
