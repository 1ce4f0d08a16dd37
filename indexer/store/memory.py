"""The exact store in memory: the fake for tests and the reference for every engine."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from encoders.coherence import Array
from encoders.vectors import Vector, Vectors, stacked
from indexer.painting import Painting
from indexer.store.base import EVERYTHING, FacetField, Filter, Hit, Point, Space
from indexer.store.checks import check_examples, check_limit, check_points
from indexer.store.similarity import all_cosines, preferences


class MemoryStore:
    """Compares with every point, in double precision. Obeys `indexer.store.base.Store`."""

    def __init__(self, look_size: int, feeling_size: int) -> None:
        self._sizes: dict[Space, int] = {"look": look_size, "feeling": feeling_size}
        self._points: dict[str, Point] = {}

    def upsert(self, points: Sequence[Point]) -> None:
        check_points(points, self._sizes["look"], self._sizes["feeling"])
        self._points |= {point.painting.id: point for point in points}

    def search(
        self, vector: Vector, *, space: Space = "feeling", limit: int, where: Filter = EVERYTHING
    ) -> list[Hit]:
        return self.recommend([vector], space=space, limit=limit, where=where)

    def recommend(
        self,
        positive: Sequence[Vector],
        negative: Sequence[Vector] = (),
        *,
        space: Space = "feeling",
        limit: int,
        where: Filter = EVERYTHING,
    ) -> list[Hit]:
        check_limit(limit)
        check_examples(positive, negative, self._sizes[space], space)
        points = self._among(where)
        if not points:
            return []
        vectors = np.stack([_vector(point, space) for point in points])
        similarities = preferences(vectors, positive, negative)
        best = np.argsort(-similarities, kind="stable")[:limit]  # stable: equal ones stay in order of id
        return [Hit(points[i].painting, float(similarities[i]), points[i].duplicate_of) for i in best]

    def get(self, ids: Sequence[str]) -> list[Point]:
        return [self._points[id_] for id_ in ids if id_ in self._points]

    def vectors(self, ids: Sequence[str], space: Space) -> Vectors:
        found = [_vector(self._points[id_], space) for id_ in ids]
        return stacked(found, self._sizes[space])

    def similarities(self, ids: Sequence[str], vectors: Sequence[Vector], space: Space = "feeling") -> Array:
        return all_cosines(self.vectors(ids, space), vectors)

    def scan(
        self, batch_size: int = 1000, start: str | None = None, where: Filter = EVERYTHING
    ) -> Iterator[list[Point]]:
        points = [point for point in self._among(where) if point.painting.id >= (start or "")]
        for first in range(0, len(points), batch_size):
            yield points[first : first + batch_size]

    def sample(self, most: int, space: Space = "feeling", where: Filter = EVERYTHING) -> Vectors:
        found = [_vector(point, space) for point in self._among(where)[:most]]
        return stacked(found, self._sizes[space])

    def facet(self, field: FacetField, where: Filter = EVERYTHING) -> Mapping[str, int]:
        values = (getattr(point.painting, field) for point in self._among(where))
        counts = Counter(value for value in values if value is not None)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def count(self, where: Filter = EVERYTHING) -> int:
        return len(self._among(where))

    def optimize(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _among(self, where: Filter) -> list[Point]:
        """The points that a filter lets through, ordered by id."""
        return [point for _, point in sorted(self._points.items()) if passes(point.painting, where)]


def passes(painting: Painting, where: Filter) -> bool:
    """Whether a filter lets a painting through."""
    return (
        (not where.style or painting.style in where.style)
        and (not where.artist or painting.artist in where.artist)
        and (not where.genre or painting.genre in where.genre)
        and painting.style not in where.without_style
        and painting.artist not in where.without_artist
        and painting.genre not in where.without_genre
        and (not where.without_ids or painting.id not in where.without_ids)
        and _in_range(painting.year, where.year_from, where.year_to)
    )


def _in_range(year: int | None, first: int | None, last: int | None) -> bool:
    if first is None and last is None:
        return True
    return year is not None and (first is None or first <= year) and (last is None or year <= last)


def _vector(point: Point, space: Space) -> Vector:
    return point.look if space == "look" else point.feeling
