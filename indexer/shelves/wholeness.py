"""Whether a finished build still has its points: files get lost, and an engine without any is content."""

from contextlib import suppress

from indexer.errors import IndexFormatError, IndexNotFoundError
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.store.base import Store

UNREADABLE = (IndexFormatError, IndexNotFoundError)
"""What opening a build raises whose store is damaged or gone."""


def check_whole(store: Store, made: Manifest, shelf: Shelf) -> None:
    """Raise IndexFormatError unless there are as many points as the record of the build says."""
    there = store.count()
    if there != made.indexed:
        raise IndexFormatError(
            f"Build {made.build} is damaged: it holds {there:,} of its {made.indexed:,} paintings; "
            f"`moodseum index build --paintings DIR{shelf.option}` makes it anew, or `moodseum index "
            f"rollback{shelf.option}` serves the one before it."
        )


def is_whole(shelf: Shelf, made: Manifest) -> bool:
    """Whether a build can be opened and has all its points; one that somebody has open is taken to be."""
    if shelf.standing(made.build).in_use:
        return True
    with suppress(*UNREADABLE), shelf.open(made.build) as store:
        check_whole(store, made, shelf)
        return True
    return False
