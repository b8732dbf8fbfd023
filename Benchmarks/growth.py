"""How Octroi's time and memory grow: with rows, with columns, with groups and with threads.

No peers. The inputs are made once and kept in `.data/growth/`; a table in Markdown is printed and
written there. Run bench.py before: it makes the gigabyte that the rows are taken from.
"""
import argparse
import json
import pathlib
import random
import shutil
from dataclasses import asdict

import measure

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / ".data"
FOLDER = DATA / "growth"
REQUESTS = json.loads((HERE / "pipelines" / "requests.schema.json").read_text(encoding="utf-8"))


def requests(name, part):
    """The gigabyte's first rows, or all of them several times; `part` is a share of it."""
    target = FOLDER / name
    if target.exists():
        return target
    source = DATA / "requests.csv"
    with open(source, "rb") as file, open(target, "wb") as out:
        out.write(file.readline())
        start = file.tell()
        left = int(source.stat().st_size * min(part, 1))
        while left > 0 and (lines := file.readlines(1 << 24)):
            out.writelines(lines)
            left -= sum(map(len, lines))
        for _ in range(1, int(part)):
            file.seek(start)
            shutil.copyfileobj(file, out, 1 << 24)
    return target


def wide(columns, size=300_000_000):
    """Whole numbers in so many columns, a few thousand rows again and again."""
    target = FOLDER / f"columns-{columns}.csv"
    if not target.exists():
        dice = random.Random(1)
        block = "".join(
            f"{dice.randrange(20)}," + ",".join(str(dice.randrange(10_000))
                                                for _ in range(columns - 1)) + "\n"
            for _ in range(max(20_000 // columns, 1)))
        with open(target, "w", encoding="ascii") as out:
            out.write(",".join(f"c{place}" for place in range(columns)) + "\n")
            for _ in range(size // len(block)):
                out.write(block)
    return target, [{"name": f"c{place}", "type": "integer", "privacy": "plain"}
                    for place in range(columns)]


def grouped(groups, rows=10_000_000):
    """A key with so many values, none of which comes twice in a row, and a number."""
    target = FOLDER / f"groups-{groups}.csv"
    if not target.exists():
        with open(target, "w", encoding="ascii") as out:
            out.write("c0,c1\n")
            for start in range(0, rows, 100_000):
                out.write("".join(
                    f"cle-{row * 7919 % groups:08},{row % 997}\n"
                    for row in range(start, start + 100_000)))
    return target, [{"name": "c0", "type": "string", "privacy": "plain"},
                    {"name": "c1", "type": "integer", "privacy": "plain"}]


def pipeline(name, source, fields, by, measures):
    """Writes a pipeline that groups a file."""
    schema = FOLDER / f"{name}.schema.json"
    schema.write_text(json.dumps({"fields": fields}), encoding="utf-8")
    target = FOLDER / f"{name}.yml"
    lines = "".join(f"            {key}: {call}\n" for key, call in measures.items())
    target.write_text(f"""octroi: 1
pipeline: {name}
purpose: mesure
charter: ../../pipelines/charte.yml
sources:
  lignes:
    path: {source.name}
    schema: {schema.name}
    dialect: {{encoding: utf-8, delimiter: ","}}
    governance: demandes
steps:
  groupes:
    from: lignes
    stages:
      - aggregate:
          by: {json.dumps(by)}
          measures:
{lines}outputs:
  groupes: {{from: groupes, audience: internal, path: {name}.out.csv}}
""", encoding="utf-8")
    return target


def cases():
    """(what grows, how far, pipeline, threads, MiB)"""
    group = {"demandes": "count()", "moyenne": "mean(montant)", "total": "sum(montant)"}
    fields = REQUESTS["fields"]
    for part, title in ((0.084, "0.1 GB"), (0.84, "1 GB"), (4, "4.8 GB")):
        source = requests(f"rows-{part}.csv", part)
        by = ["quartier", "categorie"]
        yield "rows, as a", title, pipeline(f"rows-{part}", source, fields, by, group), 2, 1024
        distinct = {"courriels": "count_distinct(courriel)"}
        made = pipeline(f"distinct-{part}", source, fields, ["quartier"], distinct)
        yield "rows, as c", title, made, 2, 1024
    for columns in (4, 16, 64, 256):
        source, fields = wide(columns)
        two = {"n": "count()", "s": "sum(c1)"}
        made = pipeline(f"two-of-{columns}", source, fields, ["c0"], two)
        yield "columns of 0.3 GB, 2 read", str(columns), made, 2, 1024
        every = {f"s{place}": f"sum(c{place})" for place in range(1, columns)}
        made = pipeline(f"all-of-{columns}", source, fields, ["c0"], every)
        yield "columns of 0.3 GB, all read", str(columns), made, 2, 1024
    for groups in (10, 1_000, 100_000, 1_000_000, 10_000_000):
        source, fields = grouped(groups)
        two = {"n": "count()", "s": "sum(c1)"}
        made = pipeline(f"groups-{groups}", source, fields, ["c0"], two)
        for memory in (256, 4096):
            yield f"groups of 10 M rows, {memory} MiB", f"{groups:,}", made, 2, memory
    source = requests("rows-0.84.csv", 0.84)
    made = FOLDER / "rows-0.84.yml"
    for threads in (1, 2, 4, 8):
        yield "threads, as a", str(threads), made, threads, 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--octroi", required=True)
    parser.add_argument("--repetitions", type=int, default=3)
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ["| grows | to | wall s | CPU s | peak MiB |", "|---|---|---|---|---|"]
    kept = []
    for grows, to, path, threads, memory in cases():
        command = [arguments.octroi, "run", str(path), "--threads", str(threads), "--memory",
                   f"{memory}M", "--quiet"]
        state = {"OCTROI_STATE": str(FOLDER / "state")}
        measure.interleaved({to: (command, state)}, 1)  # warms the page cache
        figures = measure.medians(
            measure.interleaved({to: (command, state)}, arguments.repetitions)[to])
        kept.append({"grows": grows, "to": to, **asdict(figures)})
        lines.append(f"| {grows} | {to} | {figures.wall:.2f} | {figures.cpu:.2f} | "
                     f"{figures.peak_mib:.0f} |")
        print(lines[-1], flush=True)
    (FOLDER / "growth.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (FOLDER / "growth.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
