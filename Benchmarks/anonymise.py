"""How k_anonymise's time and memory grow with rows: the Adult census, and rows made of it.

No peers. A row of the larger inputs is one of the census's, two fields of which are, in two rows of
five, those of another: more rows bring more distinct combinations, as real ones do. The inputs are
made once and kept in `.data/anonymise/`; a table in Markdown is printed.
"""
import argparse
import gzip
import json
import pathlib
import random
import re
import shutil

import measure

HERE = pathlib.Path(__file__).resolve().parent
ADULT = HERE.parent / "Tests" / "EndToEndTests" / "oracles" / "adult"
FOLDER = HERE / ".data" / "anonymise"
MIXED = 0.4

CHARTER = """octroi: 1
charter: mesure
city: Mesure
language: fr
time_zone: Europe/Paris
audiences:
  research:
    allows: [plain, aggregate, quasi]
    k: 5
    folder: out/recherche
    mode: "0640"
  internal:
    allows: [plain, aggregate, quasi, pseudonym, sensitive, direct, unclassified]
    folder: out/interne
rejects: {folder: out/interne/rejets, retention_days: 30}
purposes: {mesure: Mesure}
governance:
  personnes:
    title: Personnes
    description: Des personnes
    publisher: Mesure
    owner: Mesure
    frequency: DAILY
    licence: etalab-2.0
    access: NON_PUBLIC
    personal_data: true
    purposes: [mesure]
    legal_basis: Mesure
    retention_period: P1Y
"""


def rows(count):
    """The census, or so many rows made of it, and how many combinations are distinct."""
    target = FOLDER / f"rows-{count}.csv"
    with gzip.open(ADULT / "adult.csv.gz", "rt", encoding="ascii") as file:
        header, *census = [line.strip().split(";") for line in file]
    fields = header
    if not target.exists():
        dice = random.Random(count).random
        lines = [";".join(cells) + "\n" for cells in census]
        with open(target, "w", encoding="ascii") as out:
            out.write(";".join(fields) + "\n")
            for row in range(count):
                place = row % len(census)
                if count == len(census) or dice() >= MIXED:
                    out.write(lines[place])
                    continue
                cells, other = census[place][:], census[int(dice() * len(census))]
                for field in int(dice() * len(fields)), int(dice() * len(fields)):
                    cells[field] = other[field]
                out.write(";".join(cells) + "\n")
    with open(target, "rb") as file:
        next(file)
        return target, fields, len({hash(line) for line in file})


def pipeline(source, fields, options):
    """A pipeline over a file, in a folder of its own."""
    name = re.sub(r"\W+", "-", f"{source.stem} {options}").strip("-")
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "charte.yml").write_text(CHARTER, encoding="utf-8")
    (folder / "octroi.yml").write_text("octroi: 1\ncharter: charte.yml\n", encoding="utf-8")
    (folder / "schema.json").write_text(json.dumps({"fields": [
        {"name": field, "type": "string", "privacy": "quasi"} for field in fields]}))
    shutil.copytree(ADULT, folder / "adult", ignore=shutil.ignore_patterns("*.gz", "README*"))
    (folder / "rows.csv").hardlink_to(source)
    quasi = ", ".join(f"{field}: adult/{field}.csv" for field in fields)
    (folder / "adult.yml").write_text(f"""octroi: 1
pipeline: adult
purpose: mesure
charter: charte.yml
sources:
  adult: {{path: rows.csv, schema: schema.json, dialect: {{delimiter: ";"}}, governance: personnes}}
steps:
  cachees:
    from: adult
    stages:
      - k_anonymise: {{k: 5, person: row, {options}, quasi: {{{quasi}}}}}
outputs:
  cachees: {{from: cachees, audience: research, path: out/recherche/adult.csv}}
""", encoding="utf-8")
    return folder / "adult.yml"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--octroi", required=True, type=pathlib.Path)
    parser.add_argument("--rows", default="30162,1200000,10000000")
    parser.add_argument("--options", nargs="*", default=[
        "suppress_at_most: 0", "suppress_at_most: 2%",
        "suppress_at_most: 2%, local_recoding: 20"])
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    print("| rows | distinct | options | wall s | CPU s | peak MiB |")
    print("|---|---|---|---|---|---|")
    for count in map(int, asked.rows.split(",")):
        source, fields, distinct = rows(count)
        for options in asked.options:
            file = pipeline(source, fields, options)
            command = [str(asked.octroi.resolve()), "run", str(file), "--threads",
                       str(asked.threads), "--quiet"]
            found = measure.interleaved(
                {"octroi": (command, {"OCTROI_STATE": str(file.parent / "state")})},
                asked.repetitions)["octroi"]
            median = measure.medians(found)
            print(f"| {count:,} | {distinct:,} | {options} | {median.wall:.2f} | {median.cpu:.2f} "
                  f"| {median.peak_mib:.0f} |", flush=True)


if __name__ == "__main__":
    main()
