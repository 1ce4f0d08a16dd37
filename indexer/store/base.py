"""The port to a vector database: what a store promises, whichever engine is behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from encoders.coherence import Array
from encoders.vectors import Vector, Vectors
from indexer.painting import Painting

Space = Literal["look", "feeling"]
FacetField = Literal["style", "artist", "genre"]
FACET_FIELDS: tuple[FacetField, ...] = get_args(FacetField)
Quantization = Literal["none", "scalar", "turbo"]
"""What feelings are kept as in memory: as they are, as int8, or turned and packed into 4 bits.

The full vectors of quantised ones stay on disk, and similarities are computed from them.
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One painting as it is stored: `look` (d,) and `feeling` (d',), float32 of unit length."""

    painting: Painting
    look: Vector
    feeling: Vector
    fingerprint: str
    """Of the image file when it was embedded; a differing file has a differing fingerprint."""
    duplicate_of: str | None = None
    """The id of the first painting that looks all but the same, where there is one before it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: the painting and its cosine similarity in [-1, 1], higher is closer."""

    painting: Painting
    similarity: float
    duplicate_of: str | None = None
    """As in `Point`."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which paintings may answer: any of the values within a field, all fields together.

    An empty tuple and None leave a field free. Years are inclusive; a painting without a year
    is outside every year range. What lacks a field is not excluded by its `without_` values,
    and ids that do not exist exclude nothing.
    """

    style: tuple[str, ...] = ()
    artist: tuple[str, ...] = ()
    genre: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    without_style: tuple[str, ...] = ()
    without_artist: tuple[str, ...] = ()
    without_genre: tuple[str, ...] = ()
    without_ids: tuple[str, ...] = ()


EVERYTHING = Filter()


class Store(Protocol):
    """The points of one build. Every write is in the store when the call returns.

    Several threads may read at a time; one alone writes.
    """

    def upsert(self, points: Sequence[Point]) -> None:
        """Insert points, or replace those with the same painting id."""

    def search(
        self, vector: Vector, *, space: Space = "feeling", limit: int, where: Filter = EVERYTHING
    ) -> list[Hit]:
        """The `limit` most similar paintings, most similar first, equal ones by id; none is an empty list."""

    def recommend(
        self,
        positive: Sequence[Vector],
        negative: Sequence[Vector] = (),
        *,
        space: Space = "feeling",
        limit: int,
        where: Filter = EVERYTHING,
    ) -> list[Hit]:
        """The paintings most like the positive vectors and least like the negative ones.

        A hit's similarity is here the mean, over all examples, of its cosines to the positive and its negated
        cosines to the negative ones, in [-1, 1]: Rocchio's relevance feedback (1971) with equal weights. An
        example given twice weighs twice; one positive alone answers as `search` does. Order, ties and limit
        as in `search`. Raises ValueError where there is no example at all.
        """

    def get(self, ids: Sequence[str]) -> list[Point]:
        """The points with these ids that exist, in the order asked for."""

    def vectors(self, ids: Sequence[str], space: Space) -> Vectors:
        """Only their vectors in one space, (n, d); raises KeyError where one of the points does not exist."""

    def similarities(self, ids: Sequence[str], vectors: Sequence[Vector], space: Space = "feeling") -> Array:
        """Their cosines to each of k vectors, (n, k) in [-1, 1]; equal points have exactly equal ones.

        Raises KeyError where one of the points does not exist.
        """

    def scan(
        self, batch_size: int = 1000, start: str | None = None, where: Filter = EVERYTHING
    ) -> Iterator[list[Point]]:
        """Every point let through once, ordered by id, in batches; from the uuid `start` on, if given.

        No point needs to have that id.
        """

    def sample(self, most: int, space: Space = "feeling", where: Filter = EVERYTHING) -> Vectors:
        """The vectors of the first `most` points let through, ordered by id, (n, d).

        As ids are hashes, these are drawn at random, and always the same.
        """

    def facet(self, field: FacetField, where: Filter = EVERYTHING) -> Mapping[str, int]:
        """How many of the paintings let through have each value, most frequent first, equal ones by value."""

    def count(self, where: Filter = EVERYTHING) -> int: ...

    def optimize(self) -> None:
        """Bring the store into its fastest form for searching; blocks until done."""

    def close(self) -> None:
        """Release the store; it cannot be used afterwards. Closing twice is harmless."""
