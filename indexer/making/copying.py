"""Carrying a build from one place to another, between folder and server in either direction."""

from dataclasses import dataclass, replace

from tqdm import tqdm

from indexer.errors import VerificationError
from indexer.making.new_build import Intake
from indexer.shelves.kept_models import copy_papers
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import find, promote, the_served
from indexer.shelves.shelf import Shelf
from indexer.shelves.wholeness import is_whole


@dataclass(frozen=True, slots=True)
class Copy:
    """A build at another place."""

    made: Manifest
    sent: bool
    """Whether anything was; False where the build was there already."""


def copy_build(source: Shelf, target: Shelf, name: str | None = None) -> Copy:
    """Bring a finished build, by default the served one, to another place; what is there already is not sent.

    The points come with both vectors, the model and the lists with them where this machine has them, the
    payload indexes are made anew, and the record comes last. A build that is served at the source is served
    at the target from then on. What an interrupted copy left at the target is begun again.

    Raises:
        IndexNotFoundError: there is no such finished build at the source, or none is served.
        VerificationError: other points arrived than the record tells, or another build has the name.
    """
    manifest = find(source, name) if name else the_served(source)
    missing = not _is_there(manifest, target)
    if missing:
        _carry(manifest, source, target)
        copy_papers(source.papers(manifest.build), target.papers(manifest.build))
        target.record(manifest)
    _serve_alike(manifest, source, target)
    return Copy(manifest, missing)


def _is_there(manifest: Manifest, target: Shelf) -> bool:
    """Whether the target has the build whole; what is left of it else is removed."""
    found = next((made for made in target.builds() if made.build == manifest.build), None)
    if found and found.finished:
        if found != manifest:
            where = target.standing(manifest.build).where
            raise VerificationError(
                f"There is another build called {manifest.build}; remove {where} before copying."
            )
        if is_whole(target, found):
            return True
    target.remove(manifest.build)
    return False


def _carry(manifest: Manifest, source: Shelf, target: Shelf) -> None:
    progress = tqdm(total=manifest.indexed, desc="Copying", unit=" paintings", disable=None)
    with (
        source.open(manifest.build) as donor,
        target.create(replace(manifest, finished=False)) as store,
        progress,
    ):
        intake = Intake(store)
        for points in donor.scan():
            intake.add(points)
            progress.update(len(points))
        intake.complete(progress, compare=False)
    _require_whole(manifest, intake, target)


def _require_whole(manifest: Manifest, intake: Intake, target: Shelf) -> None:
    count, digest = intake.contents.count, intake.contents.digest
    if count != manifest.indexed or digest != (manifest.stored or digest):  # format 1 recorded no digest
        target.remove(manifest.build)
        raise VerificationError(
            f"Build {manifest.build} holds {count} paintings ({digest}) and should hold {manifest.indexed} "
            f"({manifest.stored}); build the index again and copy that."
        )


def _serve_alike(manifest: Manifest, source: Shelf, target: Shelf) -> None:
    served = source.pointer()
    if served and served.build == manifest.build:
        promote(target, manifest)
