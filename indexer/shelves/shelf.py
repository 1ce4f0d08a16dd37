"""The port to the place where builds stand side by side: a home on this machine, or a Qdrant server."""

from contextlib import AbstractContextManager
from typing import Protocol

from indexer.errors import IndexNotFoundError
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import Pointer
from indexer.store.base import Store


class Shelf(Protocol):
    """Builds by name, and which of them is served.

    Where a method is asked for a build that is not there, it raises IndexNotFoundError.
    """

    @property
    def place(self) -> str:
        """The folder or the address, as a user would give it."""

    def builds(self) -> list[Manifest]:
        """The records of all builds, finished or not, oldest first."""

    def create(self, manifest: Manifest) -> AbstractContextManager[Store]:
        """A new, empty build of the name that the record gives, open for as long as the block lasts.

        Raises FileExistsError where the name is taken.
        """

    def open(self, build: str) -> AbstractContextManager[Store]:
        """The points of a finished build for a while; a copy of them where another process holds them."""

    def lend(self, build: str) -> Store:
        """The points of a finished build for as long as they and the shelf stay open.

        Raises IndexBusyError where another process holds them.
        """

    def record(self, manifest: Manifest) -> None:
        """Write the record of a build anew, in one step."""

    def remove(self, build: str) -> None:
        """Remove a build; harmless where there is none."""

    def pointer(self) -> Pointer | None:
        """Which build is served, and which was before it, if any is."""

    def point(self, pointer: Pointer) -> None:
        """Serve another build from now on, in one step."""

    def close(self) -> None:
        """Leave the place; closing twice is harmless."""


def roll_back(shelf: Shelf) -> Manifest:
    """Serve the build that was served before; rolling back twice is rolling forward.

    Raises:
        IndexNotFoundError: none was, or it is gone.
    """
    pointer = shelf.pointer()
    if pointer is None or pointer.previous is None:
        raise IndexNotFoundError(
            f"No build was served before the present one in {shelf.place}; "
            "name one with `moodseum index promote BUILD`."
        )
    before = choose(shelf, pointer.previous)
    shelf.point(Pointer.to(before.build, pointer))
    return before


def choose(shelf: Shelf, name: str | None = None) -> Manifest:
    """The record of the finished build of this name, or of the newest.

    Raises:
        IndexNotFoundError: there is none; the message names those there are.
    """
    finished = [made for made in shelf.builds() if made.finished]
    found = [made for made in finished if name in (None, made.build)]
    if not found:
        names = ", ".join(made.build for made in finished) or "none yet"
        raise IndexNotFoundError(
            f"There is no finished build {name or ''} in {shelf.place} (there: {names}); name one of these, "
            "or bring one there with `moodseum index copy`."
        )
    return found[-1]


def the_served(shelf: Shelf) -> Manifest:
    """The record of the build that is served; raises IndexNotFoundError where none is, or it is gone."""
    pointer = shelf.pointer()
    if pointer is None:
        raise IndexNotFoundError(
            f"No build is served in {shelf.place}; `moodseum index promote` serves the newest there is, "
            "and `moodseum index build --paintings DIR` makes one."
        )
    return choose(shelf, pointer.build)
