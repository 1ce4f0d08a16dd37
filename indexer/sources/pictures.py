"""Getting at the picture of a painting, wherever its source keeps it."""

from encoders.images import Source
from indexer.painting import Painting


def picture_of(painting: Painting) -> Source:
    """What `encoders.images` reads the picture of a painting from."""
    return painting.path
