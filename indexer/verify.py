"""Checking a build before it is served."""

from dataclasses import dataclass

from tqdm import tqdm

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.builds import Build
from indexer.errors import ModelMismatchError, VerificationError
from indexer.examiners import (
    Check,
    CountExaminer,
    Examiner,
    FeelingExaminer,
    IdExaminer,
    LookExaminer,
    RecallExaminer,
    SourceExaminer,
)
from indexer.opening import open_build
from indexer.releases import check_model, promote, read_pointer

SAMPLE = 32


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was checked of a build."""

    build: Build
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def require(self) -> None:
        """Raise VerificationError unless all checks were passed."""
        if not self.passed:
            failures = [f"{check.name}: {check.found}" for check in self.checks if not check.passed]
            raise VerificationError(
                f"Build {self.build.name} is not as it should be ({'; '.join(failures)}); remove "
                f"{self.build.folder} and make it anew, or serve it all the same with "
                f"`moodseum index promote {self.build.name} --force`."
            )


def verify(build: Build, encoder: Encoder, sample: int = SAMPLE) -> Verification:
    """Read all points of a finished build once and check them; `sample` of them are embedded anew.

    Where that is 0 the source is left alone.

    Raises:
        IndexFormatError, IndexNotFoundError: its store cannot be read.
    """
    try:
        check_model(build.manifest, encoder)
    except ModelMismatchError as error:
        return Verification(build, (Check("model", False, str(error)),))
    examiners = _examiners(build, encoder, sample)
    progress = tqdm(total=build.manifest.indexed, desc="Verifying", unit=" paintings", disable=None)
    with open_build(build) as store, progress:
        for points in store.scan():
            for examiner in examiners:
                examiner.see(points)
            progress.update(len(points))
        return Verification(build, tuple(examiner.conclude(store) for examiner in examiners))


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


def _examiners(build: Build, encoder: Encoder, sample: int) -> list[Examiner]:
    examiners: list[Examiner] = [CountExaminer(build), IdExaminer(build), FeelingExaminer(encoder)]
    if sample:
        examiners += [LookExaminer(build, encoder, sample), SourceExaminer(build)]
    return [*examiners, RecallExaminer(encoder)]
