"""Getting at the picture of a painting, wherever its source keeps it."""

from pathlib import Path

from PIL import Image

from encoders.images import read_for_look
from indexer.painting import Painting
from indexer.sources.archive import read_member
from indexer.sources.parquet_pictures import read_cell


def read_picture(painting: Painting) -> Image.Image:
    """A painting's picture as every encoder gets it, RGB; may be called from several threads.

    Raises:
        ImageError: there is none, or it cannot be read.
    """
    return read_for_look(picture_of(painting), name=painting.place)


def picture_of(painting: Painting) -> Path | bytes:
    """What `encoders.images` reads a painting's picture from; see `picture_at`."""
    return picture_at(painting.path, painting.inside)


def picture_at(path: Path, inside: str | None) -> Path | bytes:
    """The file of a picture, or the bytes of the picture where it is only a part of that file.

    May be called from several threads.

    Raises:
        ImageError: it lies inside a file that cannot be read, or no longer holds it.
    """
    if inside is None:
        return path
    read = read_member if inside.startswith("bytes ") else read_cell
    return read(path, inside)
