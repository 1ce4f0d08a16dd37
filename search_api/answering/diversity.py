"""Varied answers: hits that differ from those before them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from encoders.vectors import Vectors
from indexer.store.base import Store
from search_api.answer import ScoredHit

CANDIDATES = 200
CANDIDATES_PER_HIT = 4

Numbers = npt.NDArray[np.float64]


def varied_pool(top_k: int) -> int:
    """Among how many of the best the hits of all pages of `top_k` are chosen."""
    return max(CANDIDATES, CANDIDATES_PER_HIT * top_k)


def diversified(store: Store, hits: Sequence[ScoredHit], diversity: float) -> list[ScoredHit]:
    """The same hits, reordered: the best first, then by coherence and by how little they look like others."""
    if len(hits) < 3:
        return list(hits)
    looks = store.vectors([hit.painting.id for hit in hits], "look")
    order = marginal_relevance(np.array([hit.coherence for hit in hits]), looks, diversity)
    return [hits[place] for place in order]


def marginal_relevance(relevance: Numbers, vectors: Vectors, diversity: float) -> list[int]:
    """An order of n things by maximal marginal relevance (Carbonell & Goldstein 1998).

    Next comes what has most of (1 - diversity) * relevance - diversity * its greatest similarity to what
    has come already. Relevance (n,) and cosines of the unit vectors (n, d) are brought to [0, 1] over all n
    first, as they spread differently. Equal ones keep their order.
    """
    worth = (1 - diversity) * _spread(relevance)
    cosines = diversity * _spread(np.asarray(vectors @ vectors.T, np.float64))
    nearest = np.full(len(worth), -np.inf)
    left = np.ones(len(worth), bool)
    order = [int(np.argmax(relevance))]
    while len(order) < len(worth):
        left[order[-1]] = False
        nearest = np.maximum(nearest, cosines[order[-1]])
        order.append(int(np.argmax(np.where(left, worth - nearest, -np.inf))))
    return order


def _spread(values: Numbers) -> Numbers:
    """To [0, 1]; all 0 where there is no difference."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)
