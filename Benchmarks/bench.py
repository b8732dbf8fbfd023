"""Times Octroi beside its peers: same file, same work, same threads, results compared first.

Each command is a whole process, measured by the operating system (wall clock, user + system time,
peak resident memory). Contestants take turns, so that a noisy moment hits all of them. No time is
printed unless all results agree.
"""
import argparse
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent


def measure(command, environment):
    """Runs a command; returns wall seconds, CPU seconds and peak resident MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed ({process.returncode}): {' '.join(command)}\n{errors.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(results):
    """Counts equal, sums equal to the cent, means to six digits; else the run ends here."""
    names = list(results)
    first = results[names[0]]
    for name in names[1:]:
        other = results[name]
        if len(first) != len(other):
            sys.exit(f"{names[0]} has {len(first)} groups, {name} has {len(other)}")
        for a, b in zip(first, other):
            cent, micro = Decimal("0.01"), Decimal("0.000001")
            same = (
                (a["quartier"], a["categorie"], int(a["demandes"]))
                == (b["quartier"], b["categorie"], int(b["demandes"]))
                and Decimal(a["total"]).quantize(cent) == Decimal(b["total"]).quantize(cent)
                and abs(Decimal(a["moyenne"]) - Decimal(b["moyenne"])) <= micro
            )
            if not same:
                sys.exit(f"{names[0]} and {name} differ:\n  {a}\n  {b}")
    return len(first)


def generate(sample, folder, size):
    """A file of residents' requests of at least `size` bytes, made once."""
    target = folder / "requests.csv"
    if not target.exists() or target.stat().st_size < size:
        rows_needed = max(1_000, size // 160)
        print(f"generating {target} ({rows_needed} rows)", file=sys.stderr)
        part = target.with_suffix(".part")
        subprocess.run(
            [sample, "--rows", str(rows_needed), "--format", "requests", "--clean", "--delimiter", ",",
             "--encoding", "utf-8", "--out", str(part)],
            check=True, stdout=subprocess.DEVNULL)
        part.rename(target)
    return target


def contestants(arguments, source, folder):
    """Name → (command, environment, file with the result)."""
    python, threads = sys.executable, str(arguments.threads)
    peers = {
        name: ([python, str(HERE / "peers" / f"{name}_group.py"), str(source),
                str(folder / f"{name}.csv"), threads], {}, folder / f"{name}.csv")
        for name in ("duckdb", "polars")
    }
    octroi = [arguments.octroi, "run", str(HERE / "pipelines" / "group.yml"), "--threads", threads,
              "--quiet", "--allow-outside"]
    state = {"OCTROI_STATE": str(folder / "state")}
    return {"octroi": (octroi, state, folder / "group.csv"), **peers}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--octroi", required=True)
    parser.add_argument("--sample", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=1024)
    arguments = parser.parse_args()
    arguments.folder = HERE / ".data"  # where the pipeline looks for its file
    arguments.folder.mkdir(parents=True, exist_ok=True)
    source = generate(arguments.sample, arguments.folder, arguments.megabytes << 20)
    size = source.stat().st_size
    runs = contestants(arguments, source, arguments.folder)

    for command, environment, _ in runs.values():  # warms the page cache; not counted
        measure(command, environment)
    groups = compare({name: rows(result) for name, (_, _, result) in runs.items()})

    figures = {name: [] for name in runs}
    for _ in range(arguments.repetitions):
        for name, (command, environment, _) in runs.items():
            figures[name].append(measure(command, environment))
    medians = {
        name: [statistics.median(run[i] for run in all_runs) for i in range(3)]
        for name, all_runs in figures.items()
    }
    own = medians["octroi"][0]
    lines = [
        f"{size / 1e9:.2f} GB, {groups} groups, {arguments.threads} threads, medians of "
        f"{arguments.repetitions} interleaved runs, results equal.", "",
        "| | wall s | CPU s | peak MiB | wall / Octroi's |", "|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {wall / own:.2f} |"
        for name, (wall, cpu, peak) in medians.items()
    ]
    print("\n".join(lines))
    record = {"bytes": size, "threads": arguments.threads, "runs": figures, "medians": medians}
    (arguments.folder / "result.json").write_text(json.dumps(record, indent=2) + "\n")
    (arguments.folder / "result.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
