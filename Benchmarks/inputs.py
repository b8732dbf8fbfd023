"""The inputs, made once from a seed and kept in `.data`."""
import csv
import shutil
import subprocess
import sys


def rows_of(size):
    """Rows of about 170 bytes that make at least so many bytes."""
    return max(1_000, size // 160)


def sampled(sample, target, rows, *options):
    """Has the sample's program write a file, unless it is there."""
    if target.exists():
        return target
    print(f"making {target.name} ({rows} rows)", file=sys.stderr)
    part = target.with_suffix(".part")
    subprocess.run(
        [sample, "--rows", str(rows), "--format", "requests", "--clean", "--out", str(part),
         *options],
        check=True, stdout=subprocess.DEVNULL)
    part.rename(target)
    return target


def compressed(source, target):
    """The file as one member of `gzip -6`."""
    if not target.exists():
        print(f"making {target.name}", file=sys.stderr)
        part = target.with_suffix(".part")
        with open(part, "wb") as out:
            subprocess.run(["gzip", "-6", "-n", "-c", str(source)], check=True, stdout=out)
        part.rename(target)
    return target


def months(source, folder, count=10):
    """The file's rows in ten files of `gzip -6`, in order."""
    if folder.exists():
        return folder
    print(f"making {folder.name}/", file=sys.stderr)
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    share = source.stat().st_size // count
    with open(source, "rb") as file:
        header = file.readline()
        for month in range(1, count + 1):
            lines = file.readlines(share) if month < count else file.readlines()
            target = part / f"requests-{month:02}.csv.gz"
            with open(target, "wb") as out:
                with subprocess.Popen(
                    ["gzip", "-6", "-n", "-c"], stdin=subprocess.PIPE, stdout=out) as process:
                    process.stdin.write(header)
                    process.stdin.writelines(lines)
                    process.stdin.close()
    part.rename(folder)
    return folder


def districts(source, folder):
    """A table of the districts, to join with."""
    target = folder / "districts.csv"
    if not target.exists():
        with open(source, encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            names = sorted({next(rows)["quartier"] for _ in range(100_000)})
        rows = [f"{name},{1_000 + 137 * number}\n" for number, name in enumerate(names)]
        target.write_text("quartier,population\n" + "".join(rows), encoding="utf-8")
    return target


def make(sample, folder, size):
    """All inputs; returns the path of each by name."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = rows_of(size)
    plain = sampled(sample, folder / "requests.csv", rows, "--delimiter", ",",
                    "--encoding", "utf-8")
    french = sampled(sample, folder / "french.csv", rows, "--delimiter", ";",
                     "--encoding", "windows-1252")
    return {
        "requests.csv": plain,
        "french.csv": french,
        "requests.csv.gz": compressed(plain, folder / "requests.csv.gz"),
        "months": months(plain, folder / "months"),
        "districts.csv": districts(plain, folder),
    }
