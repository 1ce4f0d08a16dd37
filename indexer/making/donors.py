"""Earlier builds whose vectors a new build takes over instead of opening images again."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace

import numpy as np

from encoders.encoder import Encoder
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.shelves.wholeness import UNREADABLE
from indexer.sources.changes import Record
from indexer.store.base import Point, Store


@dataclass(frozen=True, slots=True)
class Donor:
    """The points of a build with the same looks; `same_space` where its feelings hold too."""

    store: Store
    same_space: bool


@contextmanager
def open_donors(shelf: Shelf, builds: Sequence[Manifest], encoder: Encoder) -> Iterator[list[Donor]]:
    """Open those builds that were made with the encoder's backbone; a finished one stays free to be searched.

    A finished one that is damaged gives nothing: it is made anew.

    Raises:
        IndexBusyError: another process is filling one of them.
        OSError: the disk has no room for the copy of a finished one.
    """
    with ExitStack() as stack:
        donors = []
        for made in builds:
            if made.look_id == encoder.identity.look_id:
                same_space = made.space_id == encoder.identity.space_id
                with suppress(*UNREADABLE) if made.finished else nullcontext():
                    donors.append(Donor(stack.enter_context(_open(shelf, made)), same_space))
        yield donors


def _open(shelf: Shelf, made: Manifest) -> AbstractContextManager[Store]:
    return shelf.open(made.build, shared=True) if made.finished else closing(shelf.lend(made.build))


def take_over(records: Sequence[Record], donors: Sequence[Donor], encoder: Encoder) -> list[Point]:
    """Points for those records whose image, by its fingerprint, is known to a donor.

    The painting is always the record's, so that changed titles and dates come through.
    """
    taken: dict[str, Point] = {}
    for donor in donors:
        wanted = {record.painting.id: record for record in records if record.painting.id not in taken}
        points = [
            Point(wanted[point.painting.id].painting, point.look, point.feeling, point.fingerprint)
            for point in donor.store.get(list(wanted))
            if point.fingerprint == wanted[point.painting.id].fingerprint
        ]
        if points and not donor.same_space:
            points = with_feelings(points, encoder)
        taken |= {point.painting.id: point for point in points}
    return list(taken.values())


def with_feelings(points: Sequence[Point], encoder: Encoder) -> list[Point]:
    """The same points, at least one, with what the encoder makes of their looks."""
    feelings = encoder.feeling(np.stack([point.look for point in points]))
    return [replace(point, feeling=feeling) for point, feeling in zip(points, feelings, strict=True)]
