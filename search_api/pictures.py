"""Pictures of indexed paintings, made small enough to be sent."""

import io
from threading import BoundedSemaphore

from PIL import Image

from encoders.errors import ImageError
from encoders.images import read_image, read_size
from indexer.painting import Painting
from indexer.sources.pictures import picture_of, read_picture
from search_api.errors import PictureGoneError

SMALLEST, LARGEST = 16, 2048
QUALITY = 88
MEDIA_TYPE = "image/jpeg"
PNG = "image/png"

DECODING = BoundedSemaphore(2)
"""Held while a picture is in memory in full, be it served or uploaded: one may take a gigabyte."""


def thumbnail(painting: Painting, size: int) -> bytes:
    """The painting as JPEG, as `shrunk` has it."""
    buffer = io.BytesIO()
    shrunk(painting, size).save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def shrunk(painting: Painting, size: int) -> Image.Image:
    """The painting's picture as RGB, its longer side at most `size` pixels, never enlarged.

    Raises:
        PictureGoneError: its file is missing or can no longer be read.
    """
    with DECODING:
        try:
            picture = read_image(picture_of(painting), name=painting.place, at_least=size)
        except ImageError as error:
            raise _gone(painting) from error
        picture.thumbnail((size, size), Image.Resampling.LANCZOS)
    return picture


def readable_picture(painting: Painting) -> Image.Image:
    """The painting as encoders get it; raises PictureGoneError where it is gone."""
    try:
        return read_picture(painting)
    except ImageError as error:
        raise _gone(painting) from error


def picture_size(painting: Painting) -> tuple[int, int]:
    """Width and height of the painting's picture in pixels, known from the header of its file.

    Raises:
        PictureGoneError: its file is missing or is no picture any more.
    """
    try:
        return read_size(picture_of(painting), name=painting.place)
    except ImageError as error:
        raise _gone(painting) from error


def fitted(width: int, height: int, size: int) -> tuple[int, int]:
    """What `shrunk` makes of a picture's width and height."""
    scale = min(1.0, size / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def entity_tag(painting: Painting, size: int) -> str:
    """The ETag of a thumbnail, in quotes as HTTP wants it; changes when the painting's file does.

    Raises:
        PictureGoneError: its file is missing.
    """
    try:
        file = painting.path.stat()
    except OSError as error:
        raise _gone(painting) from error
    return f'"{file.st_mtime_ns:x}-{file.st_size:x}-{size:x}"'


def _gone(painting: Painting) -> PictureGoneError:
    return PictureGoneError(
        f"The picture of painting {painting.id} is gone or damaged; index the collection again."
    )
