"""Independent pieces of work on all cores."""

from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tqdm import tqdm

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")
PATIENCE = 2.0
"""Seconds after which a bar shows how far it is."""


def work_off(jobs: Mapping[Key, Callable[[], Result]], title: str) -> dict[Key, Result]:
    """The result of each job, under its key. Threads are enough where NumPy does the work."""
    with (
        ThreadPoolExecutor() as pool,
        tqdm(total=len(jobs), desc=title, unit=" figures", disable=None, delay=PATIENCE) as bar,
    ):
        results = {}
        for key, result in zip(jobs, pool.map(lambda job: job(), jobs.values()), strict=True):
            results[key] = result
            bar.update()
        return results
