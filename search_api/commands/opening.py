"""Whom commands ask, and about which painting."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.home import Home
from indexer.commands.place import the_shelf
from search_api.commands.giving import say

if TYPE_CHECKING:
    from indexer.painting import Painting
    from search_api.relating.anchors import Anchor
    from search_api.searcher import Searcher


@contextmanager
def the_searcher(home: Home, store: str | None) -> Iterator["Searcher"]:
    """The searcher of what is served."""
    from search_api.searcher import open_searcher

    with the_shelf(home, store) as shelf, open_searcher(shelf) as searcher:
        yield searcher


def the_painting(searcher: "Searcher", named: str) -> "Painting | None":
    """The painting that is meant, told on stderr; None for the file of a picture that was never indexed.

    Raises:
        PaintingNotFoundError: it is neither.
    """
    from search_api.rendering.remarks import titled

    file = Path(named)
    if file.is_file() and searcher.find_file(file) is None:
        say(f"picture {file}, which is not of the index")
        return None
    painting = searcher.find(named)
    say(titled(painting))
    return painting


def the_anchor(searcher: "Searcher", named: str) -> "str | Anchor":
    """The id of the painting that is meant, or the picture; raises as `the_painting`, or ImageError."""
    from encoders.images import read_for_look

    painting = the_painting(searcher, named)
    return painting.id if painting else searcher.anchor(read_for_look(Path(named)), named)
