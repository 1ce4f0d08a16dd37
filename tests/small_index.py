"""Eight paintings, indexed in memory with the fake encoder: all that searching and serving need."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from encoders.fake import FakeEncoder
from indexer.painting import Painting
from indexer.store.base import Point
from indexer.store.memory import MemoryStore
from search_api.searcher import Searcher
from tests.records import manifest_of

Work = tuple[str, str, str, str | None, int | None, str]
"""Style, artist, title, genre, year and the colour that fills it."""

WORKS: tuple[Work, ...] = (
    ("Impressionism", "Claude Monet", "Haystacks", "landscape", 1891, "#d9a441"),
    ("Impressionism", "Claude Monet", "Water [Lilies]", "landscape", 1906, "#3b6e8f"),
    ("Impressionism", "Berthe Morisot", "The Cradle", "portrait", 1872, "#e8e4da"),
    ("Cubism", "Juan Gris", "Guitar", "still life", 1913, "#5a4632"),
    ("Cubism", "Juan Gris", "Pears", "still life", None, "#22331f"),
    ("Ukiyo_e", "Katsushika Hokusai", "The Wave", "landscape", 1831, "#1d3557"),
    ("Naive_Art_Primitivism", "Henri Rousseau", "The Dream", None, 1910, "#2f7d32"),
    ("Baroque", "Diego Velázquez", "Portrait", "portrait", 1650, "#3a0d0d"),
)


@dataclass(frozen=True, slots=True)
class SmallIndex:
    """A searcher and what it was made of."""

    searcher: Searcher
    encoder: FakeEncoder
    store: MemoryStore
    paintings: tuple[Painting, ...]


def make_small_index(folder: Path) -> SmallIndex:
    """Paint into a folder and index what was painted."""
    encoder = FakeEncoder()
    store = MemoryStore(encoder.look_size, encoder.feeling_size)
    points = [_point(encoder, folder / f"{place}.png", work) for place, work in enumerate(WORKS)]
    store.upsert(points)
    searcher = Searcher(encoder, store, manifest_of(encoder))
    return SmallIndex(searcher, encoder, store, tuple(point.painting for point in points))


def _point(encoder: FakeEncoder, path: Path, work: Work) -> Point:
    style, artist, title, genre, year, colour = work
    image = Image.new("RGB", (60, 40), colour)
    image.save(path)
    painting = Painting(f"{style}/{title}", path, title, artist, style, genre, year)
    look = encoder.look([image])
    return Point(painting, look[0], encoder.feeling(look)[0], "fingerprint")
