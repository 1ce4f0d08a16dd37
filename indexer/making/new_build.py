"""What every way to make a build has in common: a beginning, points that go in, an end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.making.duplicates import mark_duplicates
from indexer.shelves.builds import Build, new_folder, store_folder
from indexer.shelves.kept_models import keep_model
from indexer.shelves.manifest import Manifest, save_manifest
from indexer.shelves.skips import REMARKS, SKIPPED
from indexer.sources import Kind
from indexer.sources.changes import Contents, Record
from indexer.store.base import Point, Store
from indexer.store.edge import EdgeStore


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a run made, or that there was nothing to do; the counts are in the build's manifest."""

    build: Build
    up_to_date: bool
    skips: tuple[str, ...]
    """Why paintings were left out; the first few reasons."""
    seconds: float

    @property
    def skip_list(self) -> Path:
        """Where all of them are."""
        return self.build.folder / SKIPPED

    @property
    def remark_list(self) -> Path:
        """Where all that the source had to say is."""
        return self.build.folder / REMARKS


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

    def mark_duplicates(self) -> None:
        """Mark near-duplicates among the points, once all of them are in."""
        self.duplicates += mark_duplicates(self._store)


def begin(home: Home, encoder: Encoder, source: str, kind: Kind) -> tuple[Build, EdgeStore]:
    """A new, empty build. Its manifest is written last, so whatever has one can be opened.

    Raises:
        ModelError: the encoder's model was trained anew since it was loaded.
    """
    now = datetime.now(UTC)
    folder = new_folder(home, now.strftime("%Y%m%dT%H%M%SZ"))
    keep_model(home, encoder, folder)
    store = EdgeStore.create(store_folder(folder), encoder.look_size, encoder.feeling_size)
    manifest = Manifest(
        build=folder.name,
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
    )
    save_manifest(manifest, folder)
    return Build(folder, manifest), store


def finish(build: Build, intake: Intake, *, contents: str, embedded: int, skipped: int) -> Build:
    """Write the finished manifest; from now on the build may be served and is never edited.

    `contents` is the digest of all that the source offered, `intake` what of it came in.
    """
    indexed = intake.contents.count
    manifest = replace(
        build.manifest,
        finished=True,
        contents=contents,
        stored=intake.contents.digest,
        indexed=indexed,
        embedded=embedded,
        reused=indexed - embedded,
        skipped=skipped,
        duplicates=intake.duplicates,
    )
    save_manifest(manifest, build.folder)
    return Build(build.folder, manifest)


def is_made_of(build: Build, source: str, contents: str, encoder: Encoder) -> bool:
    """Whether a build is finished and holds just these contents of a source in the encoder's reading."""
    made, identity = build.manifest, encoder.identity
    made_of = (made.source, made.contents, made.model, made.space_id, made.reading_id)
    asked = (source, contents, encoder.name, identity.space_id, identity.reading_id)
    return made.finished and made_of == asked and build.store.is_dir()
