"""Building an index: a stream from the source into a new build, served once it is finished and verified.

A build is never edited once it is finished. A new one takes over what earlier ones know, the served one
and those that a killed run left behind, and embeds the rest.
"""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

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
from indexer.shelves.wholeness import is_whole
from indexer.sources.changes import Contents, records, survey
from indexer.sources.port import Source
from indexer.sources.reading import BATCH_SIZE, read_ahead
from indexer.store.base import Quantization


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
    server cannot tell that another run is filling a build there: of two runs on one source the later takes
    over what the earlier has done, and both may finish.

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
    run = _Run(source, encoder, shelf, engine, batch_size, quantization)
    contents = survey(tqdm(source, desc="Looking", unit=" paintings", disable=None))
    found = run.find(contents)
    made, skips = (found, ()) if found else run.make(contents.count)
    if serve:
        serve_new(shelf, made, encoder)
    return BuildReport(made, shelf.papers(made.build), bool(found), skips, time.monotonic() - started)


@dataclass(frozen=True, slots=True)
class _Run:
    """What is to be indexed with what, where and how."""

    source: Source
    encoder: Encoder
    shelf: Shelf
    engine: Engine
    batch_size: int
    quantization: Quantization | None

    def find(self, contents: Contents) -> Manifest | None:
        """The newest build that is what this run would make, if there is one, and it is whole."""
        for made in reversed(self.shelf.builds()):
            asked = self.quantization in (None, made.quantization)
            same = is_made_of(made, self.source.name, contents.digest, self.encoder)
            if asked and same and is_whole(self.shelf, made) and not self._can_grow(made):
                return made
        return None

    def make(self, expected: int) -> tuple[Manifest, tuple[str, ...]]:
        """A finished build of about so many paintings, and the first reasons why some are left out."""
        abandoned = [made for made in reversed(self.shelf.builds()) if self._is_abandoned(made)]
        served = served_if_there(self.shelf)
        known = [*abandoned, *([served] if served else [])]
        kept = self.quantization or (served.quantization if served else "none")
        beginning = begin(self.shelf, self.encoder, self.source.name, self.source.kind, quantization=kept)
        with open_donors(self.shelf, known, self.encoder) as donors, beginning as (made, store):
            filling = self._fill(Intake(store), self.shelf.papers(made.build), donors, expected)
        made = self._finish(made, filling)
        self._remove(abandoned)
        return made, tuple(filling.skips.first)

    def _fill(self, intake: Intake, papers: Path, donors: Sequence[Donor], expected: int) -> Filling:
        progress = tqdm(total=expected, unit=" paintings", disable=None)
        with SkipList(papers) as skips, progress:
            embed = partial(self.engine, self.encoder, Home(papers))
            filling = Filling(
                intake, self.encoder, embed, donors=donors, skips=skips, advance=progress.update
            )
            filling.fill(self.source, self.batch_size)
            if intake.contents.count:
                intake.complete(progress, compare=True)
        return filling

    def _finish(self, made: Manifest, filling: Filling) -> Manifest:
        if not filling.intake.contents.count:
            self.shelf.remove(made.build)
            raise SourceError(_nothing_indexed(self.source, filling.skips))
        write_remarks(self.source.remarks, self.shelf.papers(made.build))
        return finish(
            self.shelf,
            made,
            filling.intake,
            contents=filling.contents.digest,
            embedded=filling.embedded,
            skipped=filling.skips.count,
        )

    def _can_grow(self, made: Manifest) -> bool:
        """Whether an image that was left out can be read now, as after a change of rights or of Pillow."""
        if not made.skipped:
            return False
        left_out = skipped_keys(self.shelf.papers(made.build))  # escaped: names not storable are never met
        again = records(painting for painting in self.source if painting.key in left_out)
        with closing(read_ahead(again, lambda record, error: None)) as readings:
            return next(readings, None) is not None

    def _is_abandoned(self, made: Manifest) -> bool:
        """Left unfinished by a killed run on this source; it knows what that run had done."""
        same = made.source == self.source.name and made.look_id == self.encoder.identity.look_id
        return same and not made.finished and not made.donor

    def _remove(self, abandoned: Sequence[Manifest]) -> None:
        """What was taken over, unless its run was alive after all and has finished it meanwhile."""
        for made in self.shelf.builds():
            if made in abandoned:
                self.shelf.remove(made.build)


def _nothing_indexed(source: Source, skips: SkipList) -> str:
    first = skips.first[0] if skips.first else "it is empty now"
    return (
        f"Not one of the {skips.count} images of {printable(source.name)} could be read; mend them or "
        f"give another source. The first of them: {first}"
    )
