"""Paintings without pictures, in memory, many of which feel exactly the same."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from encoders.fake import FakeEncoder
from encoders.vectors import Vectors, unit
from indexer.painting import Painting
from indexer.store.base import Point
from indexer.store.memory import MemoryStore
from search_api.searcher import Searcher
from tests.records import manifest_of

ARTISTS = ("Anna Example", "Berta Example", "Carla Example", None)


def searcher_of(styles: Sequence[str | None], kinds: int = 4, seed: int = 0) -> Searcher:
    """One painting for each style; they have `kinds` different feelings, and looks of their own."""
    encoder = FakeEncoder()
    rng = np.random.default_rng(seed)
    looks = unit(rng.standard_normal((len(styles), encoder.look_size)))
    feelings = unit(rng.standard_normal((kinds, encoder.feeling_size)))[rng.integers(0, kinds, len(styles))]
    return Searcher(encoder, filled(encoder, styles, looks, feelings), manifest_of(encoder))


def filled(
    encoder: FakeEncoder, styles: Sequence[str | None], looks: Vectors, feelings: Vectors
) -> MemoryStore:
    """A store of paintings with these looks and feelings, by four artists in turn."""
    store = MemoryStore(encoder.look_size, encoder.feeling_size)
    store.upsert(
        [
            Point(_painting(number, style), look, feeling, "")
            for number, (style, look, feeling) in enumerate(zip(styles, looks, feelings, strict=True))
        ]
    )
    return store


def _painting(number: int, style: str | None) -> Painting:
    artist = ARTISTS[number % len(ARTISTS)]
    return Painting(f"key {number}", Path(f"{number}.jpg"), f"title {number}", artist=artist, style=style)
