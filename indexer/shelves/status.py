"""What builds there are, what each is for, and who has it open."""

from dataclasses import dataclass
from typing import Literal

from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Damaged, Pointer, Shelf
from indexer.store.holder import Holder

State = Literal["served", "previous", "finished", "unfinished"]


@dataclass(frozen=True, slots=True)
class BuildStatus:
    """One build: `created` is an ISO 8601 time, `size` in bytes on the disk, None on a server."""

    name: str
    state: State
    model: str
    space_id: str
    source: str
    created: str
    paintings: int
    skipped: int
    size: int | None
    holder: Holder | None


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The names that the pointer holds, be there such builds or not, and all builds, oldest first."""

    served: str | None
    previous: str | None
    builds: tuple[BuildStatus, ...]
    damaged: tuple[Damaged, ...]

    @property
    def lacks_served(self) -> bool:
        """Whether the build that should be served is gone."""
        names = {build.name for build in self.builds} | {ruin.build for ruin in self.damaged}
        return self.served is not None and self.served not in names


def index_status(shelf: Shelf) -> IndexStatus:
    """Look around; no build is opened.

    Raises:
        IndexFormatError: the pointer cannot be read.
        ServerError: the server does not answer.
    """
    pointer = shelf.pointer()
    return IndexStatus(
        pointer.build if pointer else None,
        pointer.previous if pointer else None,
        tuple(_build_status(shelf, made, pointer) for made in shelf.builds()),
        tuple(shelf.damaged()),
    )


def _build_status(shelf: Shelf, made: Manifest, pointer: Pointer | None) -> BuildStatus:
    standing = shelf.standing(made.build)
    return BuildStatus(
        name=made.build,
        state=_state(made, pointer),
        model=made.model,
        space_id=made.space_id,
        source=made.source,
        created=made.created,
        paintings=made.indexed,
        skipped=made.skipped,
        size=standing.size,
        holder=standing.holder,
    )


def _state(made: Manifest, pointer: Pointer | None) -> State:
    if not made.finished:
        return "unfinished"
    if pointer and made.build == pointer.build:
        return "served"
    return "previous" if pointer and made.build == pointer.previous else "finished"
