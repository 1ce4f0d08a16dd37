"""Taking out of the index what is gone from its source."""

from collections.abc import Sequence, Set
from dataclasses import replace

from tqdm import tqdm

from encoders.encoder import Encoder
from indexer.checking.verify import serve_new
from indexer.errors import SourceError
from indexer.making.derive import derive
from indexer.making.new_build import clear, finish
from indexer.painting import Painting
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.sources.changes import ABSENT, records
from indexer.sources.port import Source
from indexer.store.base import Point

MOST_SHARE = 0.5


def missing(made: Manifest, source: Source, shelf: Shelf) -> list[Painting]:
    """The paintings of a build that its source no longer has, or whose files are gone; ordered by id."""
    looking = tqdm(source, desc="Looking", unit=" paintings", disable=None)
    there = {record.painting.id for record in records(looking) if record.fingerprint != ABSENT}
    with shelf.open(made.build) as store:
        points = (point for batch in store.scan() for point in batch)
        return [point.painting for point in points if point.painting.id not in there]


def delete_missing(
    made: Manifest, gone: Sequence[Painting], encoder: Encoder, shelf: Shelf, *, force: bool = False
) -> Manifest:
    """Serve a new build without the paintings that are gone, at least one; the build itself stays as it is.

    Raises:
        SourceError: most of the paintings are gone, as where a disk is not mounted, and `force` is not given.
        VerificationError: the new build is not as it should be; what was served stays served.
    """
    if len(gone) == made.indexed or (len(gone) > MOST_SHARE * made.indexed and not force):
        raise SourceError(
            f"{len(gone):,} of {made.indexed:,} paintings are gone from {made.source}; see whether its disk "
            "is there, and give --force if only the rest is to stay, which must be one at least."
        )
    clear(shelf)
    ids = {painting.id for painting in gone}
    derived, intake = derive(made, encoder, shelf, lambda points: _without(points, ids), compare=True)
    derived = finish(shelf, derived, intake, contents=intake.contents.digest, embedded=0, skipped=0)
    serve_new(shelf, derived, encoder)
    return derived


def _without(points: Sequence[Point], ids: Set[str]) -> list[Point]:
    """Those that stay, unmarked: what they are copies of may go."""
    return [replace(point, duplicate_of=None) for point in points if point.painting.id not in ids]
