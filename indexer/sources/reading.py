"""Doing things ahead, a few at a time: reading images before they are asked for."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from encoders.errors import ImageError
from indexer.sources.changes import Record
from indexer.sources.pictures import read_picture

READERS = 2
AHEAD = 32
BATCH_SIZE = 32
BATCH_PIXELS = 64 * 2**20

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Refuse = Callable[[Record, ImageError], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A record with its RGB image."""

    record: Record
    image: Image.Image

    @property
    def pixels(self) -> int:
        return self.image.width * self.image.height


def read_ahead(records: Iterable[Record], refuse: Refuse) -> Generator[Reading]:
    """Read images in the order of their records, `AHEAD` of them early; `refuse` is told the unreadable."""
    with ThreadPoolExecutor(READERS) as pool, closing(ahead(pool, _try, records, AHEAD)) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Reading):
                yield outcome
            else:
                refuse(*outcome)


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


def _try(record: Record) -> Reading | tuple[Record, ImageError]:
    try:
        return Reading(record, read_picture(record.painting))
    except ImageError as error:
        return record, error


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
