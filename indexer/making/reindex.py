"""Reindexing after training: the looks of a build, seen through new heads."""

import time

from encoders.encoder import Encoder
from indexer.checking.verify import serve_new
from indexer.making.derive import derive
from indexer.making.donors import with_feelings
from indexer.making.new_build import BuildReport, clear, finish, is_made_of
from indexer.shelves.kept_models import copy_lists
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.shelves.wholeness import is_whole


def has_looks_for(made: Manifest, encoder: Encoder) -> bool:
    """Whether the looks of a build are the encoder's own, so that no image needs to be opened."""
    return made.look_id == encoder.identity.look_id


def reindex(donor: Manifest, encoder: Encoder, shelf: Shelf, *, serve: bool = True) -> BuildReport:
    """Project the looks of a finished build with the encoder's heads into a new build.

    It holds the same paintings; what the donor had skipped stays skipped. Where such a build is there
    already, nothing is made. `serve` says whether it is verified and served. A run that was killed is begun
    again.

    Raises:
        ValueError: the donor's looks are of another backbone.
        VerificationError: the build is not as it should be; what was served stays served.
        ServerError: the server does not answer; what was served stays served.
        OSError: the disk is full or not writable; what was served stays served.
    """
    if not has_looks_for(donor, encoder):
        raise ValueError(f"The looks of {donor.build} are not those of {encoder.name}.")
    started = time.monotonic()
    clear(shelf)
    alike = [made for made in shelf.builds() if is_made_of(made, donor.source, donor.contents, encoder)]
    known = [made for made in alike if is_whole(shelf, made)]
    made = known[-1] if known else _project(donor, encoder, shelf)
    if serve:
        serve_new(shelf, made, encoder)
    return BuildReport(made, shelf.papers(made.build), bool(known), (), time.monotonic() - started)


def _project(donor: Manifest, encoder: Encoder, shelf: Shelf) -> Manifest:
    made, intake = derive(donor, encoder, shelf, lambda points: with_feelings(points, encoder))
    copy_lists(shelf.papers(donor.build), shelf.papers(made.build))
    return finish(shelf, made, intake, contents=donor.contents, embedded=0, skipped=donor.skipped)
