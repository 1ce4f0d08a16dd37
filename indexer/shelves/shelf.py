"""The port to the place where builds stand side by side: a home on this machine, or a Qdrant server."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from encoders.home import Home
from indexer.shelves.manifest import Manifest
from indexer.store.base import Store
from indexer.store.holder import Holder


@dataclass(frozen=True, slots=True)
class Pointer:
    """The name of the build that is served, and of the one that was served before it."""

    build: str
    previous: str | None

    @classmethod
    def to(cls, build: str, before: "Pointer | None") -> "Pointer":
        """To another build after what was pointed to before; pointing to the same again changes nothing."""
        if before and before.build == build:
            return before
        return cls(build, before.build if before else None)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A build that cannot be read, and in a sentence what is wrong with it and what mends that."""

    build: str
    error: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a build stands: `where` a person finds it; `size` in bytes on the disk, None where unknown."""

    where: str
    size: int | None
    in_use: bool
    """Whether somebody has it open or may still be filling it."""
    holder: Holder | None
    """Who has it open, where that can be told."""


class Shelf(Protocol):
    """Builds by name, and which of them is served.

    Where a method is asked for a build that is not there, it raises IndexNotFoundError.
    """

    @property
    def place(self) -> str:
        """The folder or the address, as a user would give it."""

    @property
    def option(self) -> str:
        """What a command is given to act here, after a blank; empty where it acts here by itself."""

    @property
    def home(self) -> Home:
        """The home whose models make and search the builds; on this machine."""

    def builds(self) -> list[Manifest]:
        """The records of all builds that can be read, finished or not, oldest first."""

    def damaged(self) -> list[Damaged]:
        """The builds that cannot be read, oldest first; they stand in the way of no other."""

    def standing(self, build: str) -> Standing:
        """How a build stands just now, damaged or not."""

    def papers(self, build: str) -> Path:
        """The folder, on this machine, of what goes with a build: its model and its lists; may be missing."""

    def create(self, manifest: Manifest) -> AbstractContextManager[Store]:
        """A new, empty build of the name that the record gives, open for as long as the block lasts.

        Raises FileExistsError where the name is taken.
        """

    def open(self, build: str, *, shared: bool = False) -> AbstractContextManager[Store]:
        """The points of a finished build for a while, even where another process holds them.

        `shared` leaves them free for others in a block that lasts long. Either may take the room of a copy.
        """

    def lend(self, build: str) -> Store:
        """The points of a build, finished or not, for as long as they and the shelf stay open.

        Raises IndexBusyError where another process holds them.
        """

    def record(self, manifest: Manifest) -> None:
        """Write the record of a build anew, in one step."""

    def remove(self, build: str) -> None:
        """Remove a build, its papers, and what is left of either; harmless where there is nothing."""

    def pointer(self) -> Pointer | None:
        """Which build is served, and which was before it, if any is; cheap to ask, again and again."""

    def point(self, pointer: Pointer) -> None:
        """Serve another build from now on, in one step."""

    def tidy(self) -> None:
        """Remove what killed runs left beside the builds."""

    def close(self) -> None:
        """Leave the place; closing twice is harmless."""
