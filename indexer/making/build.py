"""Building an index: a stream from the source into a new build, served once it is finished and verified.

A build is never edited once it is finished. A new one takes over what earlier ones know, the served one
and those that a killed run left behind, and embeds the rest.
"""

import time
from contextlib import closing

from tqdm import tqdm

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.checking.verify import serve_new
from indexer.errors import SourceError
from indexer.making.donors import Donor, open_donors
from indexer.making.filling import Filling
from indexer.making.new_build import BuildReport, Intake, begin, finish, is_made_of
from indexer.shelves.builds import Build, list_builds, remove, remove_leftovers
from indexer.shelves.releases import served_if_there
from indexer.shelves.skips import SkipList, printable, skipped_keys, write_remarks
from indexer.sources import Source
from indexer.sources.changes import records, survey
from indexer.sources.reading import BATCH_SIZE, read_ahead


def build_index(
    source: Source, encoder: Encoder, home: Home, *, batch_size: int = BATCH_SIZE, serve: bool = True
) -> BuildReport:
    """Index a source with a model; do nothing where nothing changed.

    Memory holds a few batches of images at a time, whatever the size of the source. `serve` says whether
    the build is verified and served.

    Raises:
        SourceError: not one image could be read; what was served stays served.
        VerificationError: the build is not as it should be; what was served stays served.
        IndexBusyError: another process is building an index of the same source.
        OSError: the disk is full or not writable; what was served stays served, and the next run resumes.
    """
    started = time.monotonic()
    remove_leftovers(home)
    contents = survey(source)
    builds = list_builds(home)[::-1]  # newest first
    for build in builds:
        if is_made_of(build, source.name, contents.digest, encoder) and not _can_grow(build, source):
            if serve:
                serve_new(home, build, encoder)
            return BuildReport(build, True, (), time.monotonic() - started)
    abandoned = [build for build in builds if _is_abandoned(build, source, encoder)]
    release = served_if_there(home)
    with open_donors([*abandoned, *([release.build] if release else [])], encoder) as donors:
        build, skips = _make(source, encoder, home, donors, contents.count, batch_size)
    for other in abandoned:
        remove(other)
    if serve:
        serve_new(home, build, encoder)
    return BuildReport(build, False, tuple(skips), time.monotonic() - started)


def _make(
    source: Source, encoder: Encoder, home: Home, donors: list[Donor], expected: int, batch_size: int
) -> tuple[Build, list[str]]:
    """A finished build, and the first reasons why paintings are left out of it."""
    build, store = begin(home, encoder, source.name, source.kind)
    progress = tqdm(total=expected, unit=" paintings", disable=None)
    with closing(store), SkipList(build.folder) as skips, progress:
        intake = Intake(store)
        filling = Filling(intake, encoder, donors=donors, skips=skips, advance=progress.update)
        filling.fill(source, batch_size)
        if intake.contents.count:
            progress.set_description_str("Comparing")
            intake.mark_duplicates()
            progress.set_description_str("Optimising")
            store.optimize()
    if not intake.contents.count:
        remove(build)
        raise SourceError(_nothing_indexed(source, skips))
    write_remarks(source.remarks, build.folder)
    digest = filling.contents.digest
    build = finish(build, intake, contents=digest, embedded=filling.embedded, skipped=skips.count)
    return build, skips.first


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


def _nothing_indexed(source: Source, skips: SkipList) -> str:
    first = skips.first[0] if skips.first else "it is empty now"
    return (
        f"Not one of the {skips.count} images of {printable(source.name)} could be read; mend them or "
        f"give another source. The first of them: {first}"
    )
