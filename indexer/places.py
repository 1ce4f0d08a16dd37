"""Finding the place that a user names: the folder of a home, or the address of a Qdrant server."""

import os
from contextlib import closing
from pathlib import Path

from encoders.home import Home
from indexer.errors import ServerError
from indexer.shelf import Shelf


def open_shelf(place: str) -> closing[Shelf]:
    """The shelf at a folder or at an address like http://host:6333, closed when the block ends.

    Raises:
        ServerError: qdrant-client is not installed, or the server does not answer as it should.
    """
    if "://" in place:
        return closing(_server(place))
    from indexer.folder_shelf import FolderShelf

    return closing(FolderShelf(Home(Path(place))))


def _server(url: str) -> Shelf:
    from indexer.store.server.settings import ServerSettings

    try:
        from indexer.store.server.shelf import ServerShelf
    except ImportError as error:
        raise ServerError(f'{url} needs more: pip install "moodseum[server]".') from error
    return ServerShelf.connect(ServerSettings.resolve(url, os.environ))
