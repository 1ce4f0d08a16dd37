"""How the benchmarks measure and print."""

import time
from collections.abc import Callable, Sequence
from statistics import median

REPEATS = 5


def seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def in_turn(jobs: Sequence[Callable[[], object]]) -> list[float]:
    """The median seconds of each job, after one run that does not count."""
    for job in jobs:
        job()
    rounds = [[seconds(job) for job in jobs] for _ in range(REPEATS)]
    return [median(times) for times in zip(*rounds, strict=True)]


def row(name: str, figure: str) -> None:
    print(f"  {name:<42}{figure}")
