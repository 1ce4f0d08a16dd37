"""Streams: a job done ahead for what is to come, and what comes in batches."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

BATCH_PIXELS = 64 * 2**20

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def ahead(
    pool: Executor, job: Callable[[Item], Outcome], items: Iterable[Item], early: int
) -> Generator[Outcome]:
    """Do a job for each item, in their order, having begun it for no more than `early` items to come.

    Jobs that have not begun are dropped when the generator is closed or one of them fails.
    """
    pending: deque[Future[Outcome]] = deque()
    try:
        for item in items:
            pending.append(pool.submit(job, item))
            if len(pending) > early:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()


def in_batches(
    items: Iterable[Item], size: int, weigh: Callable[[Item], int] = lambda _: 0, most: int = BATCH_PIXELS
) -> Iterator[list[Item]]:
    """Group items by `size`, or by fewer once they weigh `most`."""
    batch: list[Item] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += weigh(item)
        if len(batch) == size or weight >= most:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
