"""Removing builds that nobody needs any more."""

from encoders.home import Home
from indexer.builds import Build, list_builds, remove, remove_leftovers
from indexer.holder import is_held
from indexer.releases import read_pointer


def superfluous(home: Home) -> list[Build]:
    """All builds but the served one, the one before it, and those that a process has open; oldest first.

    What a killed run left unfinished is among them, though the next run would take it over.
    """
    pointer = read_pointer(home)
    needed = {pointer.build, pointer.previous} if pointer else set()
    return [build for build in list_builds(home) if build.name not in needed and not is_held(build.store)]


def prune(home: Home) -> list[Build]:
    """Remove the superfluous builds, and say which they were."""
    removed = superfluous(home)
    for build in removed:
        remove(build)
    remove_leftovers(home)
    return removed
