"""Times Octroi beside its peers: same file, same work, same threads, results compared first.

Each contestant is a whole process. No time is printed of a work whose results do not agree.
"""
import argparse
import json
import pathlib
import shutil
import sys
from dataclasses import asdict

import compare
import inputs
import measure
from works import WORKS

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / ".data"  # where the pipelines look for their files


def commands(work, arguments, sources):
    """Name → (command, environment, file with the result)."""
    found = {}
    pipeline = str(HERE / "pipelines" / work.pipeline)
    # A key that guards nothing: the same e-mails get the same pseudonyms in every run.
    state = {"OCTROI_STATE": str(FOLDER / "state"), "OCTROI_KEY_BANC": "5a" * 32}
    own = FOLDER / work.output

    def octroi(threads):
        return [arguments.octroi, "run", pipeline, "--threads", str(threads), "--memory",
                f"{work.memory_mib}M", "--quiet", "--allow-outside"]

    found["octroi"] = (octroi(arguments.threads), state, own)
    for threads in work.threads:
        found[f"octroi, {threads} thread"] = (octroi(threads), state, own)
    if work.engine:
        found["octroi, engine alone"] = (
            [arguments.engine, pipeline, str(arguments.threads), str(work.memory_mib)], state, own)
    for name in work.peers:
        suffix = ".csv.gz" if work.output.endswith(".gz") else ".csv"
        target = FOLDER / f"{work.name}-{name}{suffix}"
        command = [sys.executable, str(HERE / "peers" / f"{name}_peer.py"), work.name,
                   str(sources[work.source]), str(target), str(arguments.threads),
                   str(work.memory_mib), str(FOLDER)]
        found[name] = (command, {}, target)
    return found


def compared(work, found):
    """Runs everybody once, which warms the page cache, and holds the results to each other.

    Returns the rows of the result, and what could not be run with the reason.
    """
    results, failed = {}, {}
    for name, (command, environment, target) in found.items():
        target.unlink(missing_ok=True)
        _, error = measure.once(command, environment)
        if error and name.startswith("octroi"):
            sys.exit(f"{work.name}: {name} {error}")
        if error:
            failed[name] = error
            continue
        contestant = name.replace(", ", "-").replace(" ", "-")
        kept = FOLDER / f"{work.name}-{contestant}.kept{''.join(target.suffixes)}"
        shutil.copyfile(target, kept)
        results[name] = kept
    rows = compare.compare(work, results)
    for path in results.values():
        path.unlink()
    return rows, failed


def time_work(work, arguments, sources):
    found = commands(work, arguments, sources)
    rows, failed = compared(work, found)
    runnable = {name: entry[:2] for name, entry in found.items() if name not in failed}
    slow = {name: entry for name, entry in runnable.items() if name == "miller"}
    quick = {name: entry for name, entry in runnable.items() if name not in slow}
    figures = measure.interleaved(quick, arguments.repetitions)
    # Twenty times as slow as the others: once tells enough.
    figures.update(measure.interleaved(slow, 1))
    return {
        "name": work.name, "title": work.title, "rows": rows, "failed": failed,
        "runs": {name: [asdict(each) for each in all_runs] for name, all_runs in figures.items()},
        "medians": {name: asdict(measure.medians(all_runs)) for name, all_runs in figures.items()},
    }


def start_up(arguments):
    """`--version`, and `check` of the largest shipped pipeline."""
    pipelines = sorted((HERE.parent / "Pipelines").glob("*.yml"), key=lambda p: p.stat().st_size)
    largest = next(p for p in reversed(pipelines) if "pipeline:" in p.read_text(encoding="utf-8"))
    runs = measure.interleaved(
        {"octroi --version": ([arguments.octroi, "--version"], {}),
         f"octroi check {largest.name}": ([arguments.octroi, "check", str(largest)], {})}, 21)
    return {
        "name": "i", "title": "start-up", "rows": None, "failed": {},
        "runs": {name: [asdict(each) for each in found] for name, found in runs.items()},
        "medians": {name: asdict(measure.medians(found)) for name, found in runs.items()},
    }


def table(results, arguments, size):
    lines = [
        f"{size / 1e9:.2f} GB, {arguments.threads} threads, medians of {arguments.repetitions} "
        "interleaved runs (Miller: 1), results compared first.", "",
        "| | work | contestant | wall s | CPU s | peak MiB | wall / Octroi's |",
        "|---|---|---|---|---|---|---|",
    ]
    for result in results:
        own = next(iter(result["medians"].values()))["wall"]
        name, title = result["name"], result["title"]
        for contestant, figures in result["medians"].items():
            lines.append(
                f"| {name} | {title} | {contestant} | {figures['wall']:.3f} | "
                f"{figures['cpu']:.2f} | {figures['peak_mib']:.0f} | {figures['wall'] / own:.2f} |")
            name, title = "", ""
        for contestant, error in result["failed"].items():
            lines.append(f"| | | {contestant} | {error.replace('|', '/')[:120]} | | | |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--octroi", required=True)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--sample", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--works", help="names, with commas between; all by default")
    arguments = parser.parse_args()
    sources = inputs.make(arguments.sample, FOLDER, arguments.megabytes << 20)
    size = sources["requests.csv"].stat().st_size
    wanted = arguments.works.split(",") if arguments.works else [*(w.name for w in WORKS), "i"]
    results = []
    for work in WORKS:
        if work.name in wanted:
            print(f"{work.name}: {work.title}", file=sys.stderr)
            results.append(time_work(work, arguments, sources))
    if "i" in wanted:
        results.append(start_up(arguments))
    lines = table(results, arguments, size)
    print("\n".join(lines))
    record = {"bytes": size, "threads": arguments.threads, "works": results}
    (FOLDER / "result.json").write_text(json.dumps(record, indent=2) + "\n")
    (FOLDER / "result.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
