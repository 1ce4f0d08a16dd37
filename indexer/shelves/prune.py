"""Removing builds that nobody needs any more."""

from encoders.home import Home
from indexer.errors import IndexNotFoundError
from indexer.shelves.builds import Build, list_builds, remove, remove_leftovers
from indexer.shelves.releases import read_pointer
from indexer.store.holder import is_held


def superfluous(home: Home) -> list[Build]:
    """All builds but the served one, the one before it, and those that a process has open; oldest first.

    What a killed run left unfinished is among them, though the next run would take it over.

    Raises:
        IndexNotFoundError: there are builds and none of them is served, so all would be superfluous.
    """
    builds, pointer = list_builds(home), read_pointer(home)
    needed = {pointer.build, pointer.previous} if pointer else set()
    if builds and (pointer is None or pointer.build not in {build.name for build in builds}):
        raise IndexNotFoundError(
            f"Not one of the {len(builds)} builds in {home.index} is served, so none would be kept; "
            "serve one with `moodseum index promote` first."
        )
    return [build for build in builds if build.name not in needed and not is_held(build.store)]


def prune(home: Home) -> list[Build]:
    """Remove the superfluous builds, and say which they were."""
    removed = superfluous(home)
    for build in removed:
        remove(build)
    remove_leftovers(home)
    return removed
