"""Pictures of indexed paintings, made small enough to be sent."""

import io

from PIL import Image

from encoders.errors import ImageError
from encoders.images import read_image
from indexer.painting import Painting
from search_api.errors import PaintingNotFoundError

SMALLEST, LARGEST = 16, 2048
QUALITY = 88
MEDIA_TYPE = "image/jpeg"


def thumbnail(painting: Painting, size: int) -> bytes:
    """The painting as JPEG, its longer side at most `size` pixels, never enlarged.

    Raises:
        PaintingNotFoundError: its file is missing or can no longer be read.
    """
    try:
        picture = read_image(painting.path, at_least=size)
    except ImageError as error:
        raise PaintingNotFoundError(
            f"The picture of painting {painting.id} is gone or damaged; index the collection again."
        ) from error
    picture.thumbnail((size, size), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
