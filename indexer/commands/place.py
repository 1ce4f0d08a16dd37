"""Where a command finds the index: in the home, or on the server that --store or MOODSEUM_STORE names."""

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from encoders.home import Home

if TYPE_CHECKING:
    from indexer.shelves.shelf import Shelf

Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="MOODSEUM_STORE",
        help="A Qdrant server that has the index, such as http://host:6333 [default: this home].",
    ),
]


def the_shelf(home: Home, store: str | None) -> "closing[Shelf]":
    """The shelf that a command acts on, closed when the block ends.

    Raises:
        ServerError: the server cannot be reached; known within seconds.
    """
    from indexer.shelves.places import open_home, open_server

    return open_home(home) if store is None else open_server(store, home)
