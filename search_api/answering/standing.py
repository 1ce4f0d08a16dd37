"""Where a painting stands among those of its own style, so that no style wins by being dark."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from encoders.coherence import Array, percentile_among
from encoders.vectors import Vectors
from indexer.store.base import Filter, Store
from search_api.answer import ScoredHit
from search_api.answering.compound import Compound

SAMPLE = 200
"""Paintings of a style that its others are compared with; a percentile's standard error is at most 3.5."""
REMEMBERED = 1024
"""Pairs of a question and a style."""
FEWEST = 30
"""Of fewer paintings nothing is said."""


class StyleStandings:
    """Percentiles within styles, by a sample of each that is fetched once and kept.

    May be shared between threads; what two fetch at the same time is the same.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._samples: dict[str, Vectors | None] = {}
        self._reference = lru_cache(REMEMBERED)(self._score)

    def placed(self, compound: Compound, hits: Sequence[ScoredHit]) -> tuple[ScoredHit, ...]:
        """The hits with their `percentile_in_style`."""
        styles = {hit.painting.style for hit in hits}
        references = {style: self._reference(compound, style) for style in styles}
        return tuple(
            replace(hit, percentile_in_style=_percentile(references[hit.painting.style], hit)) for hit in hits
        )

    def _score(self, compound: Compound, style: str | None) -> Array | None:
        """What the style's paintings score, ascending."""
        sample = None if style is None else self._sample(style)
        return None if sample is None else np.sort(compound.coherence(compound.similarities(sample)))

    def _sample(self, style: str) -> Vectors | None:
        if style not in self._samples:
            self._samples[style] = self._fetch(style)
        return self._samples[style]

    def _fetch(self, style: str) -> Vectors | None:
        """Feelings of some of the style's paintings, drawn at random."""
        sample = self._store.sample(SAMPLE, where=Filter(style=(style,)))
        return sample if len(sample) >= FEWEST else None


def _percentile(reference: Array | None, hit: ScoredHit) -> float | None:
    return None if reference is None else float(percentile_among(reference, hit.coherence))
