"""Whether a finished build still has its points: files get lost, and an engine without any is content."""

from contextlib import suppress

from indexer.errors import IndexFormatError
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.store.base import Store


def check_whole(store: Store, made: Manifest) -> None:
    """Raise IndexFormatError unless there are as many points as the record of the build says."""
    there = store.count()
    if there != made.indexed:
        raise IndexFormatError(
            f"Build {made.build} is damaged: it holds {there:,} of its {made.indexed:,} paintings; "
            "`moodseum index build --paintings DIR` makes it anew, or `moodseum index rollback` serves the "
            "one before it."
        )


def is_whole(shelf: Shelf, made: Manifest) -> bool:
    """Whether a build can be opened and has all its points; one that somebody has open is taken to be."""
    if shelf.standing(made.build).in_use:
        return True
    with suppress(IndexFormatError), shelf.open(made.build) as store:
        check_whole(store, made)
        return True
    return False
