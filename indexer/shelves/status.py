"""What builds there are, what each is for, and who has it open."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from encoders.home import Home
from indexer.shelves.builds import Build, list_builds
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import Pointer, read_pointer
from indexer.shelves.shelf import Shelf
from indexer.store.holder import Holder, holder_of

State = Literal["served", "previous", "finished", "unfinished"]
BLOCK = 512


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


def index_status(home: Home) -> IndexStatus:
    """Look around; no build is opened.

    Raises:
        IndexFormatError: the pointer or the record of a build cannot be read.
    """
    pointer = read_pointer(home)
    return _status(pointer, [_here(build, pointer) for build in list_builds(home)])


def shelf_status(shelf: Shelf) -> IndexStatus:
    """Look around elsewhere, where sizes and holders are not known.

    Raises:
        IndexFormatError: the record of a build cannot be read.
        ServerError: the server does not answer.
    """
    pointer = shelf.pointer()
    return _status(pointer, [_build_status(made, pointer, None, None) for made in shelf.builds()])


def _status(pointer: Pointer | None, builds: Sequence[BuildStatus]) -> IndexStatus:
    return IndexStatus(
        pointer.build if pointer else None, pointer.previous if pointer else None, tuple(builds)
    )


def _here(build: Build, pointer: Pointer | None) -> BuildStatus:
    size = sum(_size(file) for file in build.store.rglob("*"))
    return _build_status(build.manifest, pointer, size, holder_of(build.store))


def _build_status(
    made: Manifest, pointer: Pointer | None, size: int | None, holder: Holder | None
) -> BuildStatus:
    return BuildStatus(
        name=made.build,
        state=_state(made, pointer),
        model=made.model,
        space_id=made.space_id,
        source=made.source,
        created=made.created,
        paintings=made.indexed,
        skipped=made.skipped,
        size=size,
        holder=holder,
    )


def _state(made: Manifest, pointer: Pointer | None) -> State:
    if not made.finished:
        return "unfinished"
    if pointer and made.build == pointer.build:
        return "served"
    return "previous" if pointer and made.build == pointer.previous else "finished"


def _size(file: Path) -> int:
    """What a file takes of the disk, which is less than its length where it has holes; 0 once it is gone."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return 0
    return state.st_blocks * BLOCK if hasattr(state, "st_blocks") else state.st_size
