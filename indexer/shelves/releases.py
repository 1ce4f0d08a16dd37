"""The release that is served: a build, with the model that it was made with."""

import shlex

from encoders.encoder import Encoder
from indexer.errors import IndexFormatError, IndexNotFoundError, ModelMismatchError
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Pointer, Shelf


def find(shelf: Shelf, name: str | None = None) -> Manifest:
    """The record of the finished build of this name, or of the newest.

    Raises:
        IndexNotFoundError: there is none, or it is not finished; the message names those there are.
        IndexFormatError: it is damaged.
    """
    finished = [made for made in shelf.builds() if made.finished]
    found = [made for made in finished if name in (None, made.build)]
    if not found:
        _refuse_damaged(shelf, name)
        names = ", ".join(made.build for made in finished) or "none yet"
        raise IndexNotFoundError(
            f"There is no finished build{f' {name}' if name else ''} in {shelf.place} (there: {names}); name "
            f"one of these, make one with `moodseum index build --paintings DIR{shelf.option}`, or bring one "
            "there with `moodseum index copy`."
        )
    return found[-1]


def the_served(shelf: Shelf) -> Manifest:
    """The record of the build that is served.

    Raises:
        IndexNotFoundError: none is, or it is gone.
        IndexFormatError: it is damaged, or the pointer is.
    """
    pointer = shelf.pointer()
    if pointer is None:
        raise IndexNotFoundError(
            f"No build is served in {shelf.place}; `moodseum index promote{shelf.option}` serves the newest "
            f"there is, and `moodseum index build --paintings DIR{shelf.option}` makes one."
        )
    remedy = f"`moodseum index promote{shelf.option}` serves another"
    return _pointed_at(shelf, pointer.build, "served", remedy)


def served_if_there(shelf: Shelf) -> Manifest | None:
    """The record of the build that is served, unless none is or it is gone or damaged.

    Raises:
        IndexFormatError: the pointer is damaged.
    """
    pointer = shelf.pointer()
    return _finished(shelf, pointer.build) if pointer else None


def promote(shelf: Shelf, made: Manifest) -> None:
    """Serve a finished build from now on; the one served before is remembered for rolling back.

    Raises:
        ValueError: the build is not finished.
    """
    if not made.finished:
        raise ValueError(f"Build {made.build} is not finished and cannot be served.")
    shelf.point(Pointer.to(made.build, shelf.pointer()))


def roll_back(shelf: Shelf) -> Manifest:
    """Serve the build that was served before; rolling back twice is rolling forward.

    Raises:
        IndexNotFoundError: none was, or it is gone.
        IndexFormatError: it is damaged, or the pointer is.
    """
    pointer = shelf.pointer()
    if pointer is None or pointer.previous is None:
        raise IndexNotFoundError(
            f"No build was served before the present one in {shelf.place}; "
            f"name one with `moodseum index promote BUILD{shelf.option}`."
        )
    remedy = f"name another with `moodseum index promote BUILD{shelf.option}`"
    before = _pointed_at(shelf, pointer.previous, "previous", remedy)
    shelf.point(Pointer.to(before.build, pointer))
    return before


def check_model(manifest: Manifest, encoder: Encoder) -> None:
    """Raise ModelMismatchError unless the build's vectors and the encoder's share one space."""
    asked = encoder.identity.space_id
    if asked != manifest.space_id:
        raise ModelMismatchError(
            f"Build {manifest.build} was made with model {manifest.model!r} (space {manifest.space_id}) and "
            f"cannot be searched with {encoder.name!r} (space {asked}); run "
            f"`moodseum reindex --model {shlex.quote(encoder.name)}`, or bring the folder of the former "
            "model from where it was trained."
        )


def _pointed_at(shelf: Shelf, name: str, role: str, remedy: str) -> Manifest:
    found = _finished(shelf, name)
    if found is None:
        _refuse_damaged(shelf, name)
        raise IndexNotFoundError(f"The {role} build {name} is missing from {shelf.place}; {remedy}.")
    return found


def _finished(shelf: Shelf, name: str) -> Manifest | None:
    return next((made for made in shelf.builds() if made.build == name and made.finished), None)


def _refuse_damaged(shelf: Shelf, name: str | None) -> None:
    for damaged in shelf.damaged():
        if name in (None, damaged.build):
            raise IndexFormatError(damaged.error)
