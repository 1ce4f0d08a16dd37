"""Reading images ahead of their embedding, a few at a time."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from encoders.errors import ImageError
from encoders.images import read_for_look
from indexer.sources.changes import Record
from indexer.sources.pictures import picture_of

READERS = 2
AHEAD = 32
BATCH_SIZE = 32
BATCH_PIXELS = 64 * 2**20

Item = TypeVar("Item")
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
    with ThreadPoolExecutor(READERS) as pool:
        pending: deque[tuple[Record, Future[Image.Image]]] = deque()
        try:
            for record in records:
                pending.append((record, pool.submit(_read, record)))
                if len(pending) > AHEAD:
                    yield from _finish(*pending.popleft(), refuse)
            while pending:
                yield from _finish(*pending.popleft(), refuse)
        finally:
            pool.shutdown(cancel_futures=True)


def _read(record: Record) -> Image.Image:
    return read_for_look(picture_of(record.painting), name=str(record.painting.path))


def _finish(record: Record, future: Future[Image.Image], refuse: Refuse) -> Iterator[Reading]:
    try:
        yield Reading(record, future.result())
    except ImageError as error:
        refuse(record, error)


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
