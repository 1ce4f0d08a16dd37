"""Building an index: a stream from the source into a new build, served once it is finished and verified.

A build is never edited once it is finished. A new one takes over what earlier ones know, the served one
and those that a killed run left behind, and embeds the rest.
"""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from functools import partial

from tqdm import tqdm

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.checking.verify import serve_new
from indexer.errors import SourceError
from indexer.making.donors import Donor, open_donors
from indexer.making.engine import Engine
from indexer.making.filling import Filling
from indexer.making.local_engine import embed_here
from indexer.making.new_build import BuildReport, Intake, begin, clear, finish, is_made_of
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import served_if_there
from indexer.shelves.shelf import Shelf
from indexer.shelves.skips import SkipList, printable, skipped_keys, write_remarks
from indexer.sources import Source
from indexer.sources.changes import records, survey
from indexer.sources.reading import BATCH_SIZE, read_ahead
from indexer.store.base import Quantization, Store


def build_index(
    source: Source,
    encoder: Encoder,
    shelf: Shelf,
    *,
    batch_size: int = BATCH_SIZE,
    serve: bool = True,
    engine: Engine = embed_here,
    quantization: Quantization | None = None,
) -> BuildReport:
    """Index a source with a model; do nothing where nothing changed.

    Memory holds a few batches of images at a time, whatever the size of the source. `serve` says whether
    the build is verified and served; it is quantised as the one that is served now unless told otherwise. A
    server cannot tell that another run is filling a build there: of two
    runs on one source the later takes over what the earlier has done, and both may finish.

    Raises:
        SourceError: not one image could be read; what was served stays served.
        VerificationError: the build is not as it should be; what was served stays served.
        IndexBusyError: another process is building an index of the same source.
        ServerError: the server does not answer; what was served stays served, and the next run resumes.
        EngineError: the engine fails; what was served stays served, and the next run resumes.
        OSError: the disk is full or not writable; what was served stays served, and the next run resumes.
    """
    started = time.monotonic()
    clear(shelf)
    contents = survey(source)
    builds = shelf.builds()[::-1]  # newest first
    for made in builds:
        alike = quantization in (None, made.quantization)
        if (
            alike
            and is_made_of(made, source.name, contents.digest, encoder)
            and not _can_grow(made, source, shelf)
        ):
            if serve:
                serve_new(shelf, made, encoder)
            return BuildReport(made, shelf.papers(made.build), True, (), time.monotonic() - started)
    abandoned = [made for made in builds if _is_abandoned(made, source, encoder)]
    served = served_if_there(shelf)
    kept = quantization or (served.quantization if served else "none")
    beginning = begin(shelf, encoder, source.name, source.kind, quantization=kept)
    with open_donors(shelf, [*abandoned, *([served] if served else [])], encoder) as donors:
        made, skips = _make(beginning, source, encoder, shelf, donors, contents.count, batch_size, engine)
    _remove_abandoned(shelf, abandoned)
    if serve:
        serve_new(shelf, made, encoder)
    return BuildReport(made, shelf.papers(made.build), False, tuple(skips), time.monotonic() - started)


def _make(
    beginning: AbstractContextManager[tuple[Manifest, Store]],
    source: Source,
    encoder: Encoder,
    shelf: Shelf,
    donors: list[Donor],
    expected: int,
    batch_size: int,
    engine: Engine,
) -> tuple[Manifest, list[str]]:
    """A finished build, and the first reasons why paintings are left out of it."""
    progress = tqdm(total=expected, unit=" paintings", disable=None)
    with beginning as (made, store), progress:
        papers = shelf.papers(made.build)
        with SkipList(papers) as skips:
            intake = Intake(store)
            embed = partial(engine, encoder, Home(papers))
            filling = Filling(intake, encoder, embed, donors=donors, skips=skips, advance=progress.update)
            filling.fill(source, batch_size)
        if intake.contents.count:
            progress.set_description_str("Comparing")
            intake.mark_duplicates()
            progress.set_description_str("Optimising")
            store.optimize()
    if not intake.contents.count:
        shelf.remove(made.build)
        raise SourceError(_nothing_indexed(source, skips))
    write_remarks(source.remarks, papers)
    digest = filling.contents.digest
    made = finish(shelf, made, intake, contents=digest, embedded=filling.embedded, skipped=skips.count)
    return made, skips.first


def _can_grow(made: Manifest, source: Source, shelf: Shelf) -> bool:
    """Whether an image that was left out can be read now, as after a change of rights or of Pillow."""
    if not made.skipped:
        return False
    left_out = skipped_keys(shelf.papers(made.build))  # escaped, so never met, where a name is not storable
    again = records(painting for painting in source if painting.key in left_out)
    with closing(read_ahead(again, lambda record, error: None)) as readings:
        return next(readings, None) is not None


def _is_abandoned(made: Manifest, source: Source, encoder: Encoder) -> bool:
    """Left unfinished by a killed run on this source; it knows what that run had done."""
    same = made.source == source.name and made.look_id == encoder.identity.look_id
    return same and not made.finished and not made.donor


def _remove_abandoned(shelf: Shelf, abandoned: Sequence[Manifest]) -> None:
    """What was taken over, unless its run was alive after all and has finished it meanwhile."""
    for made in shelf.builds():
        if made in abandoned:
            shelf.remove(made.build)


def _nothing_indexed(source: Source, skips: SkipList) -> str:
    first = skips.first[0] if skips.first else "it is empty now"
    return (
        f"Not one of the {skips.count} images of {printable(source.name)} could be read; mend them or "
        f"give another source. The first of them: {first}"
    )
