"""Reading the points of builds that may be searched at the same time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.errors import IndexBusyError
from indexer.shelves.builds import Build, store_folder
from indexer.store.edge import EdgeStore


@contextmanager
def open_build(build: Build) -> Iterator[EdgeStore]:
    """The store of a finished build for a short while; a copy of it where another process holds it.

    Raises:
        IndexFormatError, IndexNotFoundError: it is damaged or missing.
        OSError: the disk has no room for the copy.
    """
    try:
        store = EdgeStore.open(build.store)
    except IndexBusyError:
        with open_copy(build) as copy:
            yield copy
    else:
        with closing(store):
            yield store


@contextmanager
def open_copy(build: Build) -> Iterator[EdgeStore]:
    """A copy of the store of a finished build, so that it may be searched for as long as the block lasts.

    Raises: as `open_build` does.
    """
    with (
        TemporaryDirectory(prefix="copy-", dir=build.folder.parent) as folder,
        closing(EdgeStore.open_copy(build.store, store_folder(Path(folder)))) as copy,
    ):
        yield copy
