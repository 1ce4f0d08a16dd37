"""Checking a build before it is served."""

from collections.abc import Set
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tqdm import tqdm

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.checking.examiners import (
    Check,
    CountExaminer,
    Examiner,
    FeelingExaminer,
    IdExaminer,
    LookExaminer,
    RecallExaminer,
    SourceExaminer,
)
from indexer.errors import ModelMismatchError, VerificationError
from indexer.shelves.builds import Build
from indexer.shelves.manifest import Manifest
from indexer.shelves.opening import open_build
from indexer.shelves.releases import check_model, promote, read_pointer
from indexer.shelves.shelf import Shelf
from indexer.shelves.skips import skipped_keys
from indexer.store.base import Store

SAMPLE = 32


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was checked of a build; `place` is what would have to be removed to be rid of it."""

    build: str
    place: str
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def require(self) -> None:
        """Raise VerificationError unless all checks were passed."""
        if not self.passed:
            failures = [f"{check.name}: {check.found}" for check in self.checks if not check.passed]
            raise VerificationError(
                f"Build {self.build} is not as it should be ({'; '.join(failures)}); remove "
                f"{self.place} and make it anew, or serve it all the same with "
                f"`moodseum index promote {self.build} --force`."
            )


def verify(build: Build, encoder: Encoder, sample: int = SAMPLE) -> Verification:
    """Read all points of a finished build once and check them; `sample` of them are embedded anew.

    Where that is 0 the source is left alone.

    Raises:
        IndexFormatError, IndexNotFoundError: its store cannot be read.
    """
    skipped = skipped_keys(build.folder) if sample else frozenset()
    checks = _checks(build.manifest, open_build(build), encoder, sample, skipped)
    return Verification(build.name, str(build.folder), checks)


def verify_at(shelf: Shelf, made: Manifest, encoder: Encoder, sample: int = SAMPLE) -> Verification:
    """The same of a build that stands elsewhere; what was left out of it counts as new in the source.

    Raises:
        IndexFormatError, IndexNotFoundError, ServerError: its store cannot be read.
    """
    checks = _checks(made, shelf.open(made.build), encoder, sample, frozenset())
    return Verification(made.build, f"what {shelf.place} has of it", checks)


def promote_verified(home: Home, build: Build, encoder: Encoder, sample: int = SAMPLE) -> None:
    """Serve a build if it is as it should be.

    Raises:
        VerificationError: it is not; what was served stays served.
        IndexFormatError, IndexNotFoundError: its store cannot be read.
    """
    verify(build, encoder, sample).require()
    promote(home, build)


def serve_new(home: Home, build: Build, encoder: Encoder) -> None:
    """Serve a build whose vectors were made just now, so that no image needs to be opened to verify it.

    Raises: as `promote_verified` does.
    """
    pointer = read_pointer(home)
    if pointer is None or pointer.build != build.name:
        promote_verified(home, build, encoder, sample=0)


def _checks(
    made: Manifest,
    opening: AbstractContextManager[Store],
    encoder: Encoder,
    sample: int,
    skipped: Set[str],
) -> tuple[Check, ...]:
    try:
        check_model(made, encoder)
    except ModelMismatchError as error:
        return (Check("model", False, str(error)),)
    examiners: list[Examiner] = [CountExaminer(made), IdExaminer(made), FeelingExaminer(encoder)]
    if sample:
        examiners += [LookExaminer(made, encoder, sample), SourceExaminer(made, skipped)]
    examiners.append(RecallExaminer(encoder))
    progress = tqdm(total=made.indexed, desc="Verifying", unit=" paintings", disable=None)
    with opening as store, progress:
        for points in store.scan():
            for examiner in examiners:
                examiner.see(points)
            progress.update(len(points))
        return tuple(examiner.conclude(store) for examiner in examiners)
