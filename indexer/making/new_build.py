"""What every way to make a build has in common: a beginning, points that go in, an end."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from encoders.encoder import Encoder
from encoders.errors import ModelError
from indexer.making.duplicates import mark_duplicates
from indexer.shelves.kept_models import keep_model
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.shelves.skips import REMARKS, SKIPPED
from indexer.sources.changes import Contents, Record
from indexer.sources.port import Kind
from indexer.store.base import Point, Quantization, Store

MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a run made, or that there was nothing to do."""

    made: Manifest
    papers: Path
    """The folder of the lists of what was left out, and of what the source had to say."""
    up_to_date: bool
    skips: tuple[str, ...]
    """Why paintings were left out; the first few reasons."""
    seconds: float

    @property
    def skip_list(self) -> Path:
        """Where all of them are."""
        return self.papers / SKIPPED

    @property
    def remark_list(self) -> Path:
        """Where all that the source had to say is."""
        return self.papers / REMARKS


class Intake:
    """Puts points into the store of a build and takes down which."""

    def __init__(self, store: Store) -> None:
        self.contents = Contents()
        self.duplicates = 0
        self._store = store

    def add(self, points: Sequence[Point]) -> None:
        self._store.upsert(points)
        for point in points:
            self.contents.add(Record(point.painting, point.fingerprint))
            self.duplicates += point.duplicate_of is not None

    def complete(self, progress: "tqdm[NoReturn]", *, compare: bool) -> None:
        """Once all points are in, mark near-duplicates, if wanted, and make searching fast; tell of each."""
        if compare:
            progress.set_description_str("Comparing")
            self.duplicates += mark_duplicates(self._store)
        progress.set_description_str("Optimising")
        self._store.optimize()


@contextmanager
def begin(
    shelf: Shelf,
    encoder: Encoder,
    source: str,
    kind: Kind,
    *,
    quantization: Quantization = "none",
    donor: str = "",
) -> Iterator[tuple[Manifest, Store]]:
    """A new, empty build, open for as long as the block lasts, and then still to be finished.

    Raises:
        ModelError: the encoder's model was trained anew since it was loaded.
    """
    now = datetime.now(UTC)
    asked = Manifest(
        build=now.strftime("%Y%m%dT%H%M%SZ"),
        model=encoder.name,
        look_id=encoder.identity.look_id,
        space_id=encoder.identity.space_id,
        reading_id=encoder.identity.reading_id,
        look_size=encoder.look_size,
        feeling_size=encoder.feeling_size,
        source=source,
        source_kind=kind,
        created=now.isoformat(timespec="seconds"),
        moodseum=version("moodseum"),
        quantization=quantization,
        donor=donor,
    )
    with ExitStack() as stack:
        made, store = _create(shelf, asked, stack)
        shelf.papers(made.build).mkdir(parents=True, exist_ok=True)
        try:
            keep_model(shelf, encoder, made.build)
        except ModelError:
            shelf.remove(made.build)
            raise
        yield made, store


def finish(
    shelf: Shelf, made: Manifest, intake: Intake, *, contents: str, embedded: int, skipped: int
) -> Manifest:
    """Write the finished record; from now on the build may be served and is never edited.

    `contents` is the digest of all that the source offered, `intake` what of it came in.
    """
    indexed = intake.contents.count
    finished = replace(
        made,
        finished=True,
        contents=contents,
        stored=intake.contents.digest,
        indexed=indexed,
        embedded=embedded,
        reused=indexed - embedded,
        skipped=skipped,
        duplicates=intake.duplicates,
    )
    shelf.record(finished)
    return finished


def is_made_of(made: Manifest, source: str, contents: str, encoder: Encoder) -> bool:
    """Whether a build is finished and holds just these contents of a source in the encoder's reading."""
    identity = encoder.identity
    made_of = (made.source, made.contents, made.model, made.space_id, made.reading_id)
    asked = (source, contents, encoder.name, identity.space_id, identity.reading_id)
    return made.finished and made_of == asked


def clear(shelf: Shelf) -> None:
    """Remove what killed runs left and no run can go on from: what has a donor is made anew in seconds."""
    shelf.tidy()
    for made in shelf.builds():
        if made.donor and not made.finished and not shelf.standing(made.build).in_use:
            shelf.remove(made.build)


def _create(shelf: Shelf, asked: Manifest, stack: ExitStack) -> tuple[Manifest, Store]:
    """Create it under the name asked for or, where that is taken, under name and number."""
    made, number = asked, 1
    while True:
        try:
            return made, stack.enter_context(shelf.create(made))
        except FileExistsError:
            if number == MOST_NAMES:  # it is something else that is there, as a link to a disk that is not
                raise
            number += 1
            made = replace(asked, build=f"{asked.build}-{number}")
