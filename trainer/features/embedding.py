"""What the frozen backbone makes of pictures and texts, computed once before training."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NoReturn, Protocol

import numpy as np
from PIL import Image
from tqdm import tqdm

from encoders.vectors import Vectors
from indexer.painting import Painting
from indexer.sources.changes import records
from indexer.sources.reading import read_ahead
from indexer.sources.streaming import in_batches
from trainer.features.cache import Cache, Found, NoCache
from trainer.features.digests import Content, digest_image, digest_text
from trainer.rows import Rows

LOOK_BATCH, TEXT_BATCH = 32, 256


class Frozen(Protocol):
    """What is needed of a backbone."""

    look_size: int
    text_size: int

    def look(self, images: Sequence[Image.Image]) -> Vectors: ...

    def text(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks (m, look_size) of the paintings that could be read, their rows, and why others could not."""

    vectors: Vectors
    rows: Rows
    skipped: tuple[str, ...]


def compute_looks(backbone: Frozen, paintings: Sequence[Painting], cache: Cache | None = None) -> Looks:
    """Embed every picture; an unreadable one is left out and its reason kept. Keys must be unique.

    What is in the backbone's cache is not embedded again, and what is embedded is in the cache at once.

    Raises:
        CacheError: the cache can be neither read nor written.
    """
    memory = cache or NoCache()
    found = list(records(paintings))
    contents = memory.contents_of(found)
    vectors = np.empty((len(found), backbone.look_size), np.float32)
    known = memory.recall("looks", contents, vectors)
    place = {painting.key: row for row, painting in enumerate(paintings)}
    skipped: list[str] = []
    missing = [found[row] for row in np.flatnonzero(~known)]
    with (
        _bar("Looking", "paintings", known) as bar,
        closing(read_ahead(missing, lambda _, error: skipped.append(str(error)))) as readings,
    ):
        for batch in in_batches(readings, LOOK_BATCH, lambda reading: reading.pixels):
            rows = [place[reading.record.painting.key] for reading in batch]
            vectors[rows] = backbone.look([reading.image for reading in batch])
            known[rows] = True
            seen = {row: content for row in rows if (content := _unchanged(contents[row], paintings[row]))}
            memory.keep("looks", seen.values(), vectors[list(seen)])
            bar.update(len(batch))
    readable = np.flatnonzero(known)
    return Looks(vectors[readable], readable, tuple(skipped))


def compute_texts(backbone: Frozen, texts: Sequence[str], cache: Cache | None = None) -> tuple[Vectors, Rows]:
    """Embed sentences, equal ones once: vectors (m, text_size) and each text's row among them, (n,).

    Cached as the looks are.

    Raises:
        CacheError: the cache can be neither read nor written.
    """
    memory = cache or NoCache()
    place = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    distinct = list(place)
    contents = [digest_text(text) for text in distinct]
    vectors = np.empty((len(distinct), backbone.text_size), np.float32)
    known = memory.recall("texts", contents, vectors)
    with _bar("Reading", "sentences", known) as bar:
        for rows in in_batches(np.flatnonzero(~known).tolist(), TEXT_BATCH):
            vectors[rows] = backbone.text([distinct[row] for row in rows])
            memory.keep("texts", [contents[row] for row in rows], vectors[rows])
            bar.update(len(rows))
    return vectors, np.array([place[text] for text in texts], np.int64)


def _unchanged(content: Content | None, painting: Painting) -> Content | None:
    """A file's content from before it was looked at, if it is the same afterwards: then that was seen."""
    return content if content and content == digest_image(painting) else None


def _bar(title: str, unit: str, known: Found) -> "tqdm[NoReturn]":
    """Of all embeddings, those that are known counted as made."""
    return tqdm(total=len(known), initial=int(known.sum()), desc=title, unit=f" {unit}", disable=None)
