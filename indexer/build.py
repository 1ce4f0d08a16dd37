"""Building an index: a stream from the source into a new build, promoted once it is finished.

A build is never edited once it is finished. A new one takes over what earlier ones know, the served one
and those that a killed run left behind, and embeds the rest.
"""

import shutil
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.changes import Contents, records, survey
from indexer.donors import Donor, open_donors
from indexer.errors import IndexNotFoundError, SourceError
from indexer.filling import BATCH_SIZE, Filling
from indexer.manifest import Manifest, save_manifest
from indexer.reading import read_ahead
from indexer.releases import (
    Build,
    Release,
    builds_folder,
    list_builds,
    promote,
    remove_leftovers,
    served,
    store_folder,
)
from indexer.skips import REMARKS, SKIPPED, SkipList, printable, skipped_keys, write_remarks
from indexer.sources import Source
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


def build_index(source: Source, encoder: Encoder, home: Home, *, batch_size: int = BATCH_SIZE) -> BuildReport:
    """Index a source with a model and serve the result; do nothing where nothing changed.

    Memory holds a few batches of images at a time, whatever the size of the source.

    Raises:
        SourceError: not one image could be read; what was served stays served.
        IndexBusyError: another process is building an index of the same source.
        OSError: the disk is full or not writable; what was served stays served, and the next run resumes.
    """
    started = time.monotonic()
    remove_leftovers(home)
    contents = survey(source)
    builds = list_builds(home)[::-1]  # newest first
    release = _served(home)
    for build in builds:
        if _is_up_to_date(build, source, encoder, contents) and not _can_grow(build, source):
            if release is None or release.build != build:
                promote(home, build)
            return BuildReport(build, True, (), time.monotonic() - started)
    abandoned = [build for build in builds if _is_abandoned(build, source, encoder)]
    earlier = [*abandoned, *([release.build] if release else [])]
    with open_donors(earlier, encoder) as donors:
        build, skips = _make(source, encoder, home, donors, contents.count, batch_size)
    promote(home, build)
    for other in abandoned:
        shutil.rmtree(other.folder)
    return BuildReport(build, False, tuple(skips), time.monotonic() - started)


def _make(
    source: Source, encoder: Encoder, home: Home, donors: list[Donor], expected: int, batch_size: int
) -> tuple[Build, list[str]]:
    """A finished build, and the first reasons why paintings are left out of it."""
    build, store = _start(source, encoder, home)
    progress = tqdm(total=expected, unit=" paintings", disable=None)
    with closing(store), SkipList(build.folder) as skips, progress:
        filling = Filling(store, encoder, donors=donors, skips=skips, advance=progress.update)
        filling.fill(source, batch_size)
        indexed = store.count()
        if indexed:
            progress.set_description_str("Optimising")
            store.optimize()
    if not indexed:
        shutil.rmtree(build.folder)
        raise SourceError(_nothing_indexed(source, skips))
    write_remarks(source.remarks, build.folder)
    return _finish(build, filling, indexed, skips.count), skips.first


def _served(home: Home) -> Release | None:
    """What is served, unless it was removed by hand."""
    try:
        release = served(home)
    except IndexNotFoundError:
        return None
    return release if release and release.build.store.is_dir() else None


def _is_up_to_date(build: Build, source: Source, encoder: Encoder, contents: Contents) -> bool:
    made = build.manifest
    made_of = (made.source, made.contents, made.model, made.space_id, made.reading_id)
    identity = encoder.identity
    asked = (source.name, contents.digest, encoder.name, identity.space_id, identity.reading_id)
    return made.finished and made_of == asked and build.store.is_dir()


def _can_grow(build: Build, source: Source) -> bool:
    """Whether an image that was left out can be read now, as after a change of rights or of Pillow."""
    if not build.manifest.skipped:
        return False
    left_out = skipped_keys(build.folder)  # escaped, and so never met, where a name cannot be stored
    again = records(painting for painting in source if painting.key in left_out)
    with closing(read_ahead(again, lambda record, error: None)) as readings:
        return next(readings, None) is not None


def _is_abandoned(build: Build, source: Source, encoder: Encoder) -> bool:
    """Left unfinished by a killed run on this source; it knows what that run had done."""
    made = build.manifest
    return not made.finished and made.source == source.name and made.look_id == encoder.identity.look_id


def _start(source: Source, encoder: Encoder, home: Home) -> tuple[Build, EdgeStore]:
    """A new, empty build. Its manifest is written after its store, so whatever has one can be opened."""
    now = datetime.now(UTC)
    folder = _new_folder(builds_folder(home), now.strftime("%Y%m%dT%H%M%SZ"))
    store = EdgeStore.create(store_folder(folder), encoder.look_size, encoder.feeling_size)
    manifest = Manifest(
        build=folder.name,
        model=encoder.name,
        look_id=encoder.identity.look_id,
        space_id=encoder.identity.space_id,
        reading_id=encoder.identity.reading_id,
        look_size=encoder.look_size,
        feeling_size=encoder.feeling_size,
        source=source.name,
        source_kind=source.kind,
        created=now.isoformat(timespec="seconds"),
        moodseum=version("moodseum"),
    )
    save_manifest(manifest, folder)
    return Build(folder, manifest), store


def _finish(build: Build, filling: Filling, indexed: int, skipped: int) -> Build:
    """Write the finished manifest; from now on the build may be served and is never edited."""
    manifest = replace(
        build.manifest,
        finished=True,
        contents=filling.contents.digest,
        indexed=indexed,
        embedded=filling.embedded,
        reused=indexed - filling.embedded,
        skipped=skipped,
    )
    save_manifest(manifest, build.folder)
    return Build(build.folder, manifest)


def _new_folder(parent: Path, name: str) -> Path:
    parent.mkdir(parents=True, exist_ok=True)
    folder, number = parent / name, 1
    while True:
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
            folder = parent / f"{name}-{number}"
        else:
            return folder


def _nothing_indexed(source: Source, skips: SkipList) -> str:
    first = skips.first[0] if skips.first else "it is empty now"
    return (
        f"Not one of the {skips.count} images of {printable(source.name)} could be read; mend them or "
        f"give another source. The first of them: {first}"
    )
