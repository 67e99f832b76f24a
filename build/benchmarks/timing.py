"""Timing for the benchmark: medians, and two jobs taken in turn so that a slow moment hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Job = Callable[[], object]
Clock = Callable[[], float]


def seconds(job: Job, clock: Clock = time.perf_counter) -> float:
    """Return how long one call takes."""
    start = clock()
    job()
    return clock() - start


def median(job: Job, runs: int, clock: Clock = time.perf_counter) -> float:
    """Return the median time of a job, in seconds, after one call that does not count."""
    job()
    return statistics.median(seconds(job, clock) for _ in range(runs))


def in_turn(jobs: dict[str, Job], runs: int, clock: Clock = time.perf_counter) -> dict[str, float]:
    """Return the median time of each job, in seconds; the jobs take turns."""
    for job in jobs.values():
        job()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            times[name].append(seconds(job, clock))
    return {name: statistics.median(taken) for name, taken in times.items()}
