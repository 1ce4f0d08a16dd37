"""Earlier builds whose vectors a new build takes over instead of opening images again."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from encoders.encoder import Encoder
from indexer.changes import Record
from indexer.errors import IndexBusyError
from indexer.releases import Build, store_folder
from indexer.store.base import Point, Store
from indexer.store.edge import EdgeStore


@dataclass(frozen=True, slots=True)
class Donor:
    """The points of a build with the same looks; `same_space` where its feelings hold too."""

    store: Store
    same_space: bool


@contextmanager
def open_donors(builds: Sequence[Build], encoder: Encoder) -> Iterator[list[Donor]]:
    """Open those builds that were made with the encoder's backbone.

    Raises:
        IndexBusyError: another process is filling one of them.
        OSError: the disk has no room for the copy of one that is being searched.
    """
    with ExitStack() as stack:
        donors = []
        for build in builds:
            if build.manifest.look_id == encoder.identity.look_id and build.store.is_dir():
                store = _open(build, stack)
                stack.callback(store.close)
                donors.append(Donor(store, build.manifest.space_id == encoder.identity.space_id))
        yield donors


def _open(build: Build, stack: ExitStack) -> EdgeStore:
    """The build's store, or a copy of it for as long as the stack lasts where it is being searched."""
    try:
        return EdgeStore.open(build.store)
    except IndexBusyError as error:
        if not build.manifest.finished:
            raise IndexBusyError(
                f"Another `moodseum index build` of {build.manifest.source} is running, it fills "
                f"{build.folder}; wait until it has ended, or stop it."
            ) from error
    folder = TemporaryDirectory(prefix="copy-", dir=build.folder.parent)
    return EdgeStore.open_copy(build.store, store_folder(Path(stack.enter_context(folder))))


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
        taken |= {point.painting.id: point for point in _with_feelings(points, donor, encoder)}
    return list(taken.values())


def _with_feelings(points: list[Point], donor: Donor, encoder: Encoder) -> list[Point]:
    if donor.same_space or not points:
        return points
    feelings = encoder.feeling(np.stack([point.look for point in points]))
    return [
        Point(point.painting, point.look, feeling, point.fingerprint)
        for point, feeling in zip(points, feelings, strict=True)
    ]
