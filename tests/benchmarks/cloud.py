"""Paintings and words as they lie in the space of feelings, any number of them, made block by block."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vectors, unit
from indexer.painting import Painting
from indexer.store.base import Point

WIDTH = 512
STYLES, ARTISTS = 27, 1119
RANK = 96
BLOCK = 2_000

Rows = npt.NDArray[np.int64]
Spread = npt.NDArray[np.float64]

PAINTINGS_SEED, WORDS_SEED, SPACE_SEED = 1, 2, 3

CLOUD = (
    f"Paintings lie in a cone around {STYLES} centres, one a style, in {RANK} directions of falling spread "
    f"with noise in all {WIDTH}; a third is of the commonest style; words lie outside, off to one side."
)


def blocks(size: int) -> Iterator[list[Point]]:
    """The first `size` points of the collection, in blocks; the same ones each time."""
    for start in range(0, size, BLOCK):
        yield _block(start)[: size - start]


def words(count: int) -> Vectors:
    """(count, WIDTH) of unit length."""
    rng = np.random.default_rng(WORDS_SEED)
    space = _Space()
    meant = rng.integers(0, STYLES, count)
    return unit(space.aside + 0.5 * space.feelings(rng, meant))


class _Space:
    """The directions that all paintings and words share."""

    def __init__(self) -> None:
        rng = np.random.default_rng(SPACE_SEED)
        spread = 1 / np.sqrt(np.arange(1, RANK + 1))
        self._directions = spread[:, None] * unit(rng.standard_normal((RANK, WIDTH)))
        self._centres = rng.standard_normal((STYLES, RANK)) @ self._directions
        self.middle = 1.5 * unit(rng.standard_normal(WIDTH))
        self.aside = 1.5 * unit(rng.standard_normal(WIDTH))

    def feelings(self, rng: np.random.Generator, styles: Rows) -> Spread:
        """(n, WIDTH) of any length."""
        within = rng.standard_normal((len(styles), RANK)) @ self._directions
        noise = rng.standard_normal((len(styles), WIDTH)) * 0.5 / np.sqrt(WIDTH)
        feelings: Spread = self._centres[styles] + within + noise
        return feelings


def _block(start: int) -> list[Point]:
    rng = np.random.default_rng((PAINTINGS_SEED, start))
    space = _Space()
    styles = rng.zipf(1.3, 4 * BLOCK)
    styles = styles[styles <= STYLES][:BLOCK] - 1
    artists = rng.zipf(1.2, 9 * BLOCK)
    artists = artists[artists <= ARTISTS][:BLOCK] - 1
    looks, feelings = (unit(space.middle + space.feelings(rng, styles)) for _ in range(2))
    return [
        Point(
            Painting(
                f"{start + n}",
                Path(f"{start + n}.jpg"),
                f"Painting {start + n}",
                style=f"Style {styles[n]}",
                artist=f"Artist {artists[n]}",
                year=1400 + (start + n) % 600,
            ),
            looks[n],
            feelings[n],
            "",
        )
        for n in range(BLOCK)
    ]
