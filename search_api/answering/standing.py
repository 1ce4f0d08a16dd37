"""Where a painting stands among those of its own style, so that no style wins by being dark."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from encoders.coherence import Array, percentile_among
from encoders.vectors import Vectors
from indexer.store.base import Filter, Store
from search_api.answer import ScoredHit
from search_api.answering.compound import Compound

SAMPLE = 400
"""Paintings of a style that its others are compared with; the error of a percentile is at most 2.5 points."""
FEWEST = 30
"""Of fewer paintings nothing is said."""


class StyleStandings:
    """Percentiles within styles, by a sample of each that is fetched once and kept.

    May be shared between threads; what two fetch at the same time is the same.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._samples: dict[str, Vectors | None] = {}

    def placed(self, compound: Compound, hits: Sequence[ScoredHit]) -> tuple[ScoredHit, ...]:
        """The hits with their `percentile_in_style`."""
        styles = {hit.painting.style for hit in hits}
        references = {style: self._reference(compound, style) for style in styles}
        return tuple(
            replace(hit, percentile_in_style=_percentile(references[hit.painting.style], hit)) for hit in hits
        )

    def _reference(self, compound: Compound, style: str | None) -> Array | None:
        """What the style's paintings score, ascending."""
        sample = self._sample(compound, style) if style is not None else None
        if sample is None:
            return None
        return np.sort(compound.coherence(compound.similarities(sample)))

    def _sample(self, compound: Compound, style: str) -> Vectors | None:
        if style not in self._samples:
            self._samples[style] = self._fetch(compound, style)
        return self._samples[style]

    def _fetch(self, compound: Compound, style: str) -> Vectors | None:
        """Feelings of the first of the style's paintings by id; as ids are hashes, they are a random draw."""
        where = Filter(style=(style,))
        count = self._store.count(where)
        if count < FEWEST:
            return None
        hits = self._store.search(compound.vector, limit=count, where=where)
        drawn = sorted(hit.painting.id for hit in hits)[:SAMPLE]
        return np.stack([point.feeling for point in self._store.get(drawn)])


def _percentile(reference: Array | None, hit: ScoredHit) -> float | None:
    return None if reference is None else float(percentile_among(reference, hit.coherence))
