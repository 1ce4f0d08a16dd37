"""Filling a new build from a source: what is known is taken over, the rest is read and embedded."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing

from encoders.encoder import Encoder
from indexer.making.donors import Donor, take_over
from indexer.making.embedding import Batches, EmbeddedBatch
from indexer.making.new_build import Intake
from indexer.shelves.skips import SkipList, printable
from indexer.sources.changes import Contents, Record, records
from indexer.sources.port import Source
from indexer.sources.reading import BATCH_SIZE
from indexer.sources.streaming import in_batches

LOOKUP_SIZE = 256


class Filling:
    """One pass over a source.

    `embed` is an engine at work for the encoder; `advance` is told how many more paintings are done with.
    """

    def __init__(
        self,
        intake: Intake,
        encoder: Encoder,
        embed: Callable[[Batches], Generator[EmbeddedBatch]],
        *,
        donors: Sequence[Donor],
        skips: SkipList,
        advance: Callable[[int], object],
    ) -> None:
        self.contents = Contents()
        self.embedded = 0
        self.intake = intake
        self._donors = donors
        self._encoder = encoder
        self._embed = embed
        self.skips = skips
        self._advance = advance

    def fill(self, source: Source, batch_size: int = BATCH_SIZE) -> None:
        """Bring every painting of the source into the store or onto the list of the skipped.

        While some batches are read and embedded, those that are done are stored.
        """
        unknown = in_batches(self._take_over(self._storable(records(source))), batch_size)
        with closing(self._embed(unknown)) as batches:
            for batch in batches:
                self._store(batch)

    def _storable(self, found: Iterable[Record]) -> Iterator[Record]:
        """Leave out what has no name that could be stored."""
        for record in found:
            self.contents.add(record)
            if _is_unicode(str(record.painting.path)):
                yield record
            else:
                name = printable(str(record.painting.path))
                self._skip(record, f"{name} has a name that is no valid Unicode; rename the file.")

    def _take_over(self, found: Iterable[Record]) -> Iterator[Record]:
        """Store what donors know; the others go on."""
        for batch in in_batches(found, LOOKUP_SIZE):
            points = take_over(batch, self._donors, self._encoder)
            self.intake.add(points)
            self._advance(len(points))
            taken = {point.painting.id for point in points}
            yield from (record for record in batch if record.painting.id not in taken)

    def _store(self, batch: EmbeddedBatch) -> None:
        self.intake.add(batch.points)
        self.embedded += len(batch.points)
        self._advance(len(batch.points))
        for refused in batch.refused:
            self._skip(refused.record, refused.reason)

    def _skip(self, record: Record, reason: str) -> None:
        self.skips.add(record.painting.key, reason)
        self._advance(1)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
