"""Finding the place that a user names: the folder of a home, or the address of a Qdrant server."""

import os
import re
from contextlib import closing
from pathlib import Path

from encoders.home import Home
from indexer.errors import ServerError
from indexer.shelves.shelf import Shelf

HOST_AND_PORT = re.compile(r"[^/\\]+:[0-9]+")  # an address that lacks its http://, hardly a folder


def open_shelf(place: str, home: Home) -> closing[Shelf]:
    """The shelf at a folder or at an address like http://host:6333, closed when the block ends.

    `home` keeps the models of what is on a server; a folder is a home of its own.

    Raises: as `open_server` does.
    """
    if "://" in place or HOST_AND_PORT.fullmatch(place):
        return open_server(place, home)
    return open_home(Home(Path(place)))


def open_home(home: Home) -> closing[Shelf]:
    """The shelf of a home."""
    from indexer.shelves.folder import FolderShelf

    return closing(FolderShelf(home))


def open_server(url: str, home: Home) -> closing[Shelf]:
    """The shelf of a Qdrant server, closed when the block ends; `home` keeps the models.

    Raises:
        ServerError: this is no address, qdrant-client is not installed, or the server does not answer as
            it should.
    """
    from indexer.store.server.settings import ServerSettings

    try:
        from indexer.shelves.server import ServerShelf
    except ImportError as error:
        raise ServerError(f'{url} needs more: pip install "moodseum[server]".') from error
    return closing(ServerShelf.connect(ServerSettings.resolve(url, os.environ), home))
