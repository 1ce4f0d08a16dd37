"""Threads that each compute on a core of their own.

A matrix product that is split among cores waits for the slowest of them, and one that decodes pictures
meanwhile is slow. So every worker does all that a batch needs by itself, and none waits for another.
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


def cores() -> int:
    """As many as OMP_NUM_THREADS says, else as this process may use."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdigit() and int(asked):
        return int(asked)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def one_core_each(workers: int) -> Iterator[ThreadPoolExecutor]:
    """A pool of threads; what they have not begun when it is left is dropped."""
    torch = sys.modules.get("torch")
    before = torch.get_num_threads() if torch else 0
    pool = ThreadPoolExecutor(workers, "worker", compute_alone)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        if torch:
            torch.set_num_threads(before)


def compute_alone() -> None:
    """Split no matrix product of the calling worker among cores."""
    torch = sys.modules.get("torch")  # whoever computes with it has loaded it already
    if torch:
        torch.set_num_threads(1)
