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
    """Runs a command to its end: wall and CPU seconds, peak resident MiB, children included."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        lines = errors.decode(errors="replace").strip().splitlines() or [""]
        told = next((line for line in lines if "Error: " in line or "error: " in line), lines[-1])
        return None, f"failed ({process.returncode}): {told.split('. ')[0]}"
    return Figures(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), None


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
