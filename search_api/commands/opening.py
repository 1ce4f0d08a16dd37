"""What commands ask: the searcher of what is served, and the painting that a user means."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.home import Home
from indexer.commands.place import the_shelf

if TYPE_CHECKING:
    from search_api.relating.anchors import Anchor
    from search_api.searcher import Searcher


@contextmanager
def the_searcher(home: Home, store: str | None) -> Iterator["Searcher"]:
    """The searcher of what is served."""
    from search_api.searcher import open_searcher

    with the_shelf(home, store) as shelf, open_searcher(shelf) as searcher:
        yield searcher


def the_anchor(searcher: "Searcher", named: str) -> "str | Anchor":
    """The id of the painting that is meant; of a file that was never indexed its picture.

    Raises:
        PaintingNotFoundError: it is neither.
        ImageError: the file is no picture.
    """
    from encoders.images import read_for_look

    file = Path(named)
    if file.is_file() and searcher.find_file(file) is None:
        return searcher.anchor(read_for_look(file), named)
    return searcher.find(named).id
