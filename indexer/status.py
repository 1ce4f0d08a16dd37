"""What builds there are, what each is for, and who has it open."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from encoders.home import Home
from indexer.builds import Build, list_builds
from indexer.holder import Holder, holder_of
from indexer.releases import Pointer, read_pointer

State = Literal["served", "previous", "finished", "unfinished"]
BLOCK = 512


@dataclass(frozen=True, slots=True)
class BuildStatus:
    """One build: `size` in bytes on the disk, `created` an ISO 8601 time."""

    name: str
    state: State
    model: str
    space_id: str
    source: str
    created: str
    paintings: int
    skipped: int
    size: int
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
    builds = tuple(_status(build, pointer) for build in list_builds(home))
    return IndexStatus(pointer.build if pointer else None, pointer.previous if pointer else None, builds)


def _status(build: Build, pointer: Pointer | None) -> BuildStatus:
    made = build.manifest
    return BuildStatus(
        name=build.name,
        state=_state(build, pointer),
        model=made.model,
        space_id=made.space_id,
        source=made.source,
        created=made.created,
        paintings=made.indexed,
        skipped=made.skipped,
        size=sum(_size(file) for file in build.store.rglob("*")),
        holder=holder_of(build.store),
    )


def _state(build: Build, pointer: Pointer | None) -> State:
    if not build.manifest.finished:
        return "unfinished"
    if pointer and build.name == pointer.build:
        return "served"
    return "previous" if pointer and build.name == pointer.previous else "finished"


def _size(file: Path) -> int:
    """What a file takes of the disk, which is less than its length where it has holes; 0 once it is gone."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return 0
    return state.st_blocks * BLOCK if hasattr(state, "st_blocks") else state.st_size
