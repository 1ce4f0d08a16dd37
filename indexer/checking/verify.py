"""Checking a build before it is served."""

from collections.abc import Sequence
from dataclasses import dataclass

from tqdm import tqdm

from encoders.encoder import Encoder
from indexer.checking.examiners import (
    Check,
    CountExaminer,
    Examiner,
    FacetExaminer,
    FeelingExaminer,
    IdExaminer,
    LookExaminer,
    RecallExaminer,
    SourceExaminer,
)
from indexer.errors import ModelMismatchError, VerificationError
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import check_model, promote
from indexer.shelves.shelf import Shelf
from indexer.shelves.skips import skipped_keys

SAMPLE = 32


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was checked of a build.

    `where` is what would have to be removed to be rid of it, `force` the command that serves it all the same.
    """

    build: str
    where: str
    force: str
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
                f"{self.where} and make it anew, or serve it all the same with `{self.force}`."
            )


def verify(shelf: Shelf, made: Manifest, encoder: Encoder, sample: int = SAMPLE) -> Verification:
    """Read all points of a finished build once and check them; `sample` of them are embedded anew.

    Where that is 0 the source is left alone. Where the list of what was left out of the build is on another
    machine, all of that counts as new in the source.

    Raises:
        IndexFormatError, IndexNotFoundError, ServerError: its store cannot be read.
    """
    try:
        check_model(made, encoder)
    except ModelMismatchError as error:
        checks = [Check("model", False, str(error))]
    else:
        checks = _examine(shelf, made, _examiners(shelf, made, encoder, sample))
    where = shelf.standing(made.build).where
    force = f"moodseum index promote {made.build} --force{shelf.option}"
    return Verification(made.build, where, force, tuple(checks))


def promote_verified(shelf: Shelf, made: Manifest, encoder: Encoder, sample: int = SAMPLE) -> None:
    """Serve a build if it is as it should be.

    Raises:
        VerificationError: it is not; what was served stays served.
        IndexFormatError, IndexNotFoundError, ServerError: its store cannot be read.
    """
    verify(shelf, made, encoder, sample).require()
    promote(shelf, made)


def serve_new(shelf: Shelf, made: Manifest, encoder: Encoder) -> None:
    """Serve a build whose vectors were made just now, so that no image needs to be opened to verify it.

    Raises: as `promote_verified` does.
    """
    pointer = shelf.pointer()
    if pointer is None or pointer.build != made.build:
        promote_verified(shelf, made, encoder, sample=0)


def _examine(shelf: Shelf, made: Manifest, examiners: Sequence[Examiner]) -> list[Check]:
    progress = tqdm(total=made.indexed, desc="Verifying", unit=" paintings", disable=None)
    with shelf.open(made.build) as store, progress:
        for points in store.scan():
            for examiner in examiners:
                examiner.see(points)
            progress.update(len(points))
        return [examiner.conclude(store) for examiner in examiners]


def _examiners(shelf: Shelf, made: Manifest, encoder: Encoder, sample: int) -> list[Examiner]:
    examiners: list[Examiner] = [CountExaminer(made), IdExaminer(made)]
    examiners += [FacetExaminer(), FeelingExaminer(encoder)]
    if sample:
        skipped = skipped_keys(shelf.papers(made.build))
        examiners += [LookExaminer(made, encoder, sample), SourceExaminer(made, skipped)]
    return [*examiners, RecallExaminer(encoder)]
