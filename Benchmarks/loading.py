"""How well a polluted file is loaded: the same table written in a hundred broken ways.

A clean table is polluted in one way at a time; each reader is told the dialect (or nothing, with
--sniff) and writes what it read as clean CSV, which is compared with the clean table: header,
rows and cells as multisets, each by precision, recall and F1, and whether it was read at all.
A file is worth 10 points at most. The kinds of pollution are those that surveys of open data
report (Vitagliano et al., "Pollock: A Data Loading Benchmark", VLDB 2023); table, generator and
score are our own.
"""

import argparse
import collections
import csv
import io
import json
import pathlib
import random
import subprocess
import tempfile

csv.field_size_limit(1 << 30)
STREETS = ["rue Crébillon", "quai de la Fosse", "place du Commerce", "rue d'Alger", "cours Cambronne"]
KINDS = ["Voirie", "Éclairage public", "Propreté", "Espaces verts", "Bruit"]


class Table:
    """A table with the quoting each cell has in the file."""

    def __init__(self, rows, seed):
        dice = random.Random(seed)
        self.header = ["JOUR", "HEURE", "NB", "CODE", "MONTANT", "Nature", "Description", "Lien", "Note"]
        self.rows = []
        for index in range(rows):
            text = dice.choice([
                "Signalement, voir le plan", "Lampe éteinte depuis trois jours, près de l'école.",
                'Panneau "STOP" couché', "Trottoir affaissé", "Il faut 12 m, pas 10, de clôture",
            ])
            self.rows.append([
                f"{index % 28 + 1:02}/03/2024", f"{index % 24:02}:{dice.choice([0, 15, 30]):02}",
                str(dice.randrange(10)), f"{dice.choice('ABC')}{dice.choice('XYZ')}-{dice.randrange(1000, 9999)}",
                f"{dice.randrange(1, 99)}.{dice.randrange(10, 99)}", dice.choice(KINDS),
                f"{text} ({dice.choice(STREETS)})", f"https://exemple.org/d/{index}.html", "",
            ])
        self.quoted = {6, 7}


def written(rows, delimiter=",", quote='"', escape='"', end="\r\n", quoted=(6, 7), own=None):
    """The text of rows; `own` gives single rows another delimiter."""
    lines = []
    for number, row in enumerate(rows):
        between = (own or {}).get(number, delimiter)
        cells = []
        for column, cell in enumerate(row):
            if column in quoted or delimiter in cell or (quote and quote in cell):
                cell = quote + cell.replace(quote, escape + quote) + quote
            cells.append(cell)
        lines.append(between.join(cells) + end)
    return lines


def edited(lines, row, column, what):
    """Adds or removes a delimiter, or adds a quote, before a column of one row."""
    line, places, inside = lines[row], [0], False
    for index, letter in enumerate(line):
        if letter == '"':
            inside = not inside
        elif letter == "," and not inside:
            places.append(index + 1)
    at = places[column]
    if what == "more":
        line = line[:at] + "," + line[at:]
    elif what == "less":
        line = line[:at - 1] + line[at:]
    else:
        if line[at] == '"':
            line = line[:at + 1] + '"' + line[at + 1:]
        else:
            line = line[:at] + '"' + line[at:]
    return lines[:row] + [line] + lines[row + 1:]


def cases(seed, every):
    """(name, bytes, header rows, clean rows, dialect)."""
    table = Table(80, seed)
    whole = [table.header] + table.rows
    plain = dict(delimiter=",", quote='"', escape='"', skip=0, header=1, encoding="utf-8")

    def case(name, lines, clean=None, raw=None, **other):
        return name, raw if raw is not None else "".join(lines).encode(), clean or whole, {**plain, **other}

    text = written(whole)
    yield case("source", text)
    yield case("empty", [], clean=[[]], raw=b"")
    yield case("no_last_line_end", text[:-1] + [text[-1].rstrip("\r\n")])
    yield case("two_last_line_ends", text + ["\r\n"])
    yield case("no_header", written(table.rows), clean=table.rows, header=0)
    for count in (2, 3):
        joined = [" ".join([name] * count) for name in table.header]
        yield case(f"header_rows_{count}", [text[0]] * (count - 1) + text, clean=[joined] + table.rows, header=count)
    yield case("preamble", ["Mairie,,,,,,,,\r\n", ",,,,,,,,\r\n"] + text, skip=2)
    yield case("preamble_bare", ["Mairie de Nantes\r\n", "\r\n"] + text, skip=2)
    for name, width in (("less", 8), ("same", 9), ("more", 10)):
        second = [(row + [row[-1]])[:width] for row in whole]
        yield case(f"two_tables_{name}", text + written(second), clean=whole + second)
    yield case("header_only", text[:1], clean=whole[:1])
    yield case("one_row", text[:2], clean=whole[:2])
    yield case("lf", written(whole, end="\n"))
    yield case("cr", written(whole, end="\r"))
    yield case("mixed_ends", [line.rstrip("\r\n") + "\n\r\n\n"[index % 2:][:1 + index % 2] for index, line in enumerate(text)])
    for delimiter in (";", "\t", ", ", " ", "|"):
        yield case(f"delimiter_{delimiter!r}", written(whole, delimiter=delimiter), delimiter=delimiter)
    # Blanks separate, and stand within unquoted texts.
    loose = [[cell if column in (6, 7) else cell for column, cell in enumerate(row)] for row in whole]
    lines = [" ".join(f'"{c}"'.replace('"STOP"', '""STOP""') if i in (6, 7) else c for i, c in enumerate(r)) + "\r\n" for r in loose]
    yield case("delimiter_blank_unquoted", lines, delimiter=" ")
    yield case("quote_apostrophe", written(whole, quote="'", escape="'"), quote="'", escape="'")
    yield case("escape_backslash", written(whole, escape="\\"), escape="\\")
    yield case("escape_none", written(whole, escape=""), escape="")
    for encoding in ("windows-1252", "utf-16le"):
        yield case(encoding, [], raw="".join(text).encode({"windows-1252": "cp1252"}.get(encoding, encoding)), encoding=encoding)
    yield case("mark", [], raw=b"\xef\xbb\xbf" + "".join(text).encode())
    long = [row[:] for row in whole]
    long[3][6] = "x, y " * 200_000
    yield case("long_field", written(long), clean=long)
    one = [[row[6]] for row in whole]
    yield case("one_column", written(one, quoted=(0,)), clean=one)
    numbers = [(row, column) for row in range(len(whole)) for column in range(9)]
    for row, column in numbers[::every]:
        yield case(f"more_{row}_{column}", edited(text, row, column, "more"))
        if column > 0:
            yield case(f"less_{row}_{column}", edited(text, row, column, "less"))
        yield case(f"quote_{row}_{column}", edited(text, row, column, "quote"), clean=with_quote(whole, row, column))
    for row in range(0, len(whole), max(1, every // 3)):
        yield case(f"other_delimiter_{row}", written(whole, own={row: " "}))


def with_quote(rows, row, column):
    rows = [list(cells) for cells in rows]
    rows[row][column] = '"' + rows[row][column]
    return rows


def f1(clean, loaded):
    clean, loaded = collections.Counter(clean), collections.Counter(loaded)
    common = sum((clean & loaded).values())
    if not clean:
        return 3.0
    if not common:
        return 0.0
    precision, recall = common / sum(clean.values()), common / sum(loaded.values())
    return precision + recall + 2 * precision * recall / (precision + recall)


def score(clean, loaded):
    if loaded is None:
        return 0.0
    if clean == [[]]:
        return 10.0
    first = loaded[0] if loaded else []
    low = lambda cells: "".join(cells).lower()
    return (
        1 + f1([c.lower() for c in clean[0]], [c.lower() for c in first])
        + (f1(map(low, clean[1:]), map(low, loaded[1:])))
        + f1([c for r in clean for c in r], [c for r in loaded for c in r])
    )


def octroi(binary, path, dialect):
    arguments = [binary, "scan", path, "--to", "csv", "--quiet"]
    for name, value in (dialect or {}).items():
        arguments += [f"--{name}", str(value)]
    done = subprocess.run(arguments, capture_output=True)
    if done.returncode:
        return None
    return list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))


def duckdb_told(path, dialect, width, names):
    import duckdb
    connection = duckdb.connect()
    try:
        options = dict(auto_detect=True) if dialect is None else dict(
            delimiter=dialect["delimiter"], quotechar=dialect["quote"], escapechar=dialect["escape"],
            skiprows=dialect["skip"] + dialect["header"], header=False, auto_detect=False,
            strict_mode=False, ignore_errors=True, null_padding=True,
            columns={name: "VARCHAR" for name in names})
        if dialect is None:
            options |= dict(all_varchar=True, strict_mode=False, ignore_errors=True, null_padding=True)
        relation = connection.read_csv(path, **options)
        rows = [["" if c is None else str(c) for c in row] for row in relation.fetchall()]
        if dialect is not None and dialect["header"] == 0:
            return rows
        return [relation.columns] + rows
    except Exception:
        return None


def python_csv(path, dialect):
    try:
        text = pathlib.Path(path).read_bytes().decode(dialect["encoding"])
        lines = text.splitlines(keepends=True)[dialect["skip"]:]
        quote = dialect["quote"]
        escape = dialect["escape"]
        rows = list(csv.reader(
            lines, delimiter=dialect["delimiter"][0], quotechar=quote,
            doublequote=escape == quote, escapechar=None if escape in (quote, "") else escape,
            skipinitialspace=len(dialect["delimiter"]) > 1))
        return [row for row in rows if row]
    except Exception:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--octroi", required=True)
    parser.add_argument("--every", type=int, default=17, help="each so-manieth cell is polluted")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sniff", action="store_true", help="tell the readers nothing")
    parser.add_argument("--peers", action="store_true", help="measure DuckDB and Python's csv, too")
    parser.add_argument("--worst", type=int, default=15)
    options = parser.parse_args()
    totals = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/polluted.csv"
        for name, raw, clean, dialect in cases(options.seed, options.every):
            pathlib.Path(path).write_bytes(raw)
            told = None if options.sniff else dialect
            totals["octroi"].append((score(clean, octroi(options.octroi, path, told)), name))
            if options.peers:
                names = clean[0] if dialect["header"] else [f"c{i}" for i in range(9)]
                totals["duckdb"].append((score(clean, duckdb_told(path, told, 9, names)), name))
                totals["python"].append((score(clean, python_csv(path, dialect)), name))
    for reader, scores in totals.items():
        print(f"{reader}: {sum(s for s, _ in scores) / len(scores):.4f} of 10 over {len(scores)} files")
        for points, name in sorted(scores)[:options.worst]:
            if points < 9.9999:
                print(f"  {points:.3f} {name}")


if __name__ == "__main__":
    main()
