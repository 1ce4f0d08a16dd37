"""Reindexing after training: the looks of a build, seen through new heads."""

import shutil
import time

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.checking.verify import serve_new
from indexer.making.derive import derive
from indexer.making.donors import with_feelings
from indexer.making.new_build import BuildReport, finish, is_made_of
from indexer.shelves.builds import Build, list_builds, remove_leftovers
from indexer.shelves.skips import REMARKS, SKIPPED


def has_looks_for(build: Build, encoder: Encoder) -> bool:
    """Whether the looks of a build are the encoder's own, so that no image needs to be opened."""
    return build.manifest.look_id == encoder.identity.look_id


def reindex(donor: Build, encoder: Encoder, home: Home, *, serve: bool = True) -> BuildReport:
    """Project the looks of a finished build with the encoder's heads into a new build.

    It holds the same paintings; what the donor had skipped stays skipped. Where such a build is there
    already, nothing is made. `serve` says whether it is verified and served.

    Raises:
        ValueError: the donor's looks are of another backbone.
        VerificationError: the build is not as it should be; what was served stays served.
        OSError: the disk is full or not writable; what was served stays served.
    """
    if not has_looks_for(donor, encoder):
        raise ValueError(f"The looks of {donor.name} are not those of {encoder.name}.")
    started = time.monotonic()
    remove_leftovers(home)
    made = donor.manifest
    known = [b for b in list_builds(home) if is_made_of(b, made.source, made.contents, encoder)]
    build = known[-1] if known else _project(donor, encoder, home)
    if serve:
        serve_new(home, build, encoder)
    return BuildReport(build, bool(known), (), time.monotonic() - started)


def _project(donor: Build, encoder: Encoder, home: Home) -> Build:
    build, intake = derive(donor, encoder, home, lambda points: with_feelings(points, encoder))
    for name in (SKIPPED, REMARKS):
        if (donor.folder / name).exists():
            shutil.copyfile(donor.folder / name, build.folder / name)
    made = donor.manifest
    return finish(build, intake, contents=made.contents, embedded=0, skipped=made.skipped)
