"""What embeddings are made of: the content of image files and of texts, by their digests."""

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqdm import tqdm

from indexer.sources.reading import READERS, in_batches

Content = bytes  # a sha256

BATCH = 256


def digest_text(text: str) -> Content:
    """Of a text in UTF-8."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()


def digest_image(path: Path) -> Content | None:
    """Of a file's bytes; None where it cannot be read."""
    with contextlib.suppress(OSError, ValueError), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
    return None


def digest_images(paths: Sequence[Path]) -> Iterator[Content | None]:
    """The digests of many files, in their order."""
    with (
        ThreadPoolExecutor(READERS) as pool,
        tqdm(total=len(paths), desc="Recognising", unit=" files", disable=None) as bar,
    ):
        for batch in in_batches(paths, BATCH):
            yield from pool.map(digest_image, batch)
            bar.update(len(batch))
