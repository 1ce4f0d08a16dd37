"""Ranking the paintings of a store by a question, however many feelings it has."""

from collections.abc import Callable, Sequence

import numpy as np

from encoders.coherence import Array
from indexer.store.base import Filter, Hit, Store
from search_api.answer import PartScore, ScoredHit
from search_api.answering.compound import Compound

Ranking = Callable[[int], list[ScoredHit]]
"""The so many best hits, best first; asking for more never changes what comes first."""

DEEPEST = 10_000
"""How far an answer to one feeling can be paged through."""
POOL = 400
"""Candidates of a compound. For 115 compounds the true top 12 of 2,379 real paintings were always among the
100 nearest to its vector, those of 80,000 drawn with the same mean and covariance among the 400 nearest."""
POOL_PER_HIT = 2


def reach(compound: Compound, top_k: int) -> int:
    """How many paintings a question can be answered with, over all pages of `top_k`."""
    return DEEPEST if compound.plain else max(POOL, POOL_PER_HIT * top_k)


def ranking(store: Store, compound: Compound, where: Filter, pool: int) -> Ranking:
    """Paintings by how well they answer, equal ones by id.

    One feeling is ranked by the store. Of several, the `pool` paintings nearest to the compound's vector are
    scored part by part and ranked by the whole; a pool that holds all paintings makes that exact.
    """
    if compound.plain:
        return lambda limit: _as_ranked(compound, store.search(compound.vector, limit=limit, where=where))
    return _rescored(store, compound, store.search(compound.vector, limit=pool, where=where))


def _as_ranked(compound: Compound, hits: Sequence[Hit]) -> list[ScoredHit]:
    return _scored(compound, hits, np.array([hit.similarity for hit in hits]).reshape(-1, 1))


def _rescored(store: Store, compound: Compound, hits: Sequence[Hit]) -> Ranking:
    if not hits:
        return lambda limit: []
    feelings = store.vectors([hit.painting.id for hit in hits], "feeling")
    similarities = compound.similarities(feelings)
    coherences = compound.coherence(similarities)
    order = sorted(range(len(hits)), key=lambda place: (-coherences[place], hits[place].painting.id))

    def best(limit: int) -> list[ScoredHit]:
        places = order[:limit]
        return _scored(compound, [hits[place] for place in places], similarities[places])

    return best


def _scored(compound: Compound, hits: Sequence[Hit], similarities: Array) -> list[ScoredHit]:
    """Hits with the numbers of the whole and of their parts, whose similarities are (n, k)."""
    chances, percentiles = compound.chances(similarities), compound.percentiles(similarities)
    if compound.plain:
        wholes = chances[:, 0], percentiles[:, 0]
    else:
        wholes = compound.coherence(similarities), compound.percentile(similarities)
    columns = (*wholes, chances, percentiles, similarities)
    rows = zip(hits, *(column.tolist() for column in columns), strict=True)
    return [
        ScoredHit(
            hit.painting,
            coherence,
            percentile,
            hit.similarity,
            parts=_part_scores(compound, *of_parts),
            duplicate_of=hit.duplicate_of,
        )
        for hit, coherence, percentile, *of_parts in rows
    ]


def _part_scores(
    compound: Compound, chances: list[float], percentiles: list[float], similarities: list[float]
) -> tuple[PartScore, ...]:
    numbers = zip(compound.parts, chances, percentiles, similarities, strict=True)
    return tuple(PartScore(part.reading.word, part.weight, *three) for part, *three in numbers)
