"""What embeddings are made of: the content of image files and of texts, by their digests."""

import contextlib
import hashlib
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tqdm import tqdm

from encoders.errors import ImageError
from indexer.painting import Painting
from indexer.sources.pictures import picture_of
from indexer.sources.reading import READERS
from indexer.sources.streaming import in_batches

Content = bytes  # a sha256

BATCH = 256


def digest_text(text: str) -> Content:
    """Of a text in UTF-8."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()


def digest_image(painting: Painting) -> Content | None:
    """Of a picture's bytes; None where it cannot be read."""
    with contextlib.suppress(OSError, ValueError, ImageError), _open(painting) as stream:
        return hashlib.file_digest(stream, "sha256").digest()
    return None


def digest_images(paintings: Sequence[Painting]) -> Iterator[Content | None]:
    """The digests of many pictures, in their order."""
    with (
        ThreadPoolExecutor(READERS) as pool,
        tqdm(total=len(paintings), desc="Recognising", unit=" pictures", disable=None) as bar,
    ):
        for batch in in_batches(paintings, BATCH):
            yield from pool.map(digest_image, batch)
            bar.update(len(batch))


def _open(painting: Painting) -> io.BufferedReader | io.BytesIO:
    picture = picture_of(painting)
    return io.BytesIO(picture) if isinstance(picture, bytes) else picture.open("rb")
