"""Times whole processes, as the operating system counts them."""
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Figures:
    wall: float
    cpu: float
    peak_mib: float


def once(command, environment):
    """Runs a command to its end: wall and CPU seconds, peak resident MiB, children included.

    A process of its own starts the command: the system's count of a program's memory begins with
    what the process had that started it, and this one holds tables.
    """
    timer = subprocess.run(
        [sys.executable, "-S", "-E", __file__, *command], env={**os.environ, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = timer.stdout.decode().split()
    if timer.returncode != 0 or len(told) != 4:
        return None, "could not be timed"
    if int(told[0]) != 0:
        lines = timer.stderr.decode(errors="replace").strip().splitlines() or [""]
        told_error = next(
            (line for line in lines if "Error: " in line or "error: " in line), lines[-1])
        return None, f"failed ({told[0]}): {told_error.split('. ')[0]}"
    return Figures(*map(float, told[1:])), None


def _timed(command):
    """Prints the exit code, wall and CPU seconds and peak MiB of a command."""
    start = time.perf_counter()
    with open(os.devnull, "wb") as null:
        process = os.posix_spawnp(
            command[0], command, os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, null.fileno(), 1)])
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime,
          usage.ru_maxrss / 1024)


def medians(figures):
    return Figures(*(
        statistics.median(getattr(each, name) for each in figures)
        for name in ("wall", "cpu", "peak_mib")))


def interleaved(commands, repetitions):
    """Name → figures. Contestants take turns, so that a noisy moment hits all of them."""
    figures = {name: [] for name in commands}
    for _ in range(repetitions):
        for name, (command, environment) in commands.items():
            found, error = once(command, environment)
            if error:
                sys.exit(f"{name} {error}")
            figures[name].append(found)
    return figures


if __name__ == "__main__":
    _timed(sys.argv[1:])
