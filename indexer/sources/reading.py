"""Reading images before they are asked for."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from PIL import Image

from encoders.errors import ImageError
from indexer.sources.changes import Record
from indexer.sources.pictures import read_picture
from indexer.sources.streaming import ahead

READERS = 2
AHEAD = 32
BATCH_SIZE = 32

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


def _try(record: Record) -> Reading | tuple[Record, ImageError]:
    try:
        return Reading(record, read_picture(record.painting))
    except ImageError as error:
        return record, error
