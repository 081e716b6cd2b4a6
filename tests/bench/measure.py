"""What a command costs: CPU of its whole process tree, wall time and peak memory."""

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Cost:
    cpu: float  # seconds, user and system, children that were waited for included
    wall: float  # seconds
    memory: int  # peak resident set of the largest process, in KiB


class Failed(Exception):
    pass


def environment():
    """The caller's, without what slows Python down or names a database."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "ALEMBIC_CONFIG", "REVISE_DATABASE_URL")
    return {name: value for name, value in os.environ.items() if name not in dropped}


def run_once(arguments, folder, source=None, added=None):
    start = time.perf_counter()
    with (open(source or os.devnull, "rb") as given, open(os.devnull, "wb") as taken,
          tempfile.TemporaryFile() as log):  # a pipe's wake-ups would be counted
        process = subprocess.Popen(arguments, cwd=folder, stdin=given, stdout=taken,
                                   stderr=log, env=environment() | (added or {}))
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        log.seek(0)
        errors = log.read()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{' '.join(arguments)}: {errors.decode(errors='replace')[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss)


def median_of(costs):
    return Cost(statistics.median(cost.cpu for cost in costs),
                statistics.median(cost.wall for cost in costs),
                max(cost.memory for cost in costs))


def measure(arguments, folder, runs, before=None, source=None):
    """Medians of `runs` runs, each after `before()`, which is not counted."""
    costs = []
    for _ in range(runs):
        if before:
            before()
        costs.append(run_once(arguments, folder, source))
    return median_of(costs)
