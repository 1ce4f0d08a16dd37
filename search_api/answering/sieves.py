"""What may answer of a ranking: each sieve lets hits through in their order, the best first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import takewhile

from search_api.answer import ScoredHit
from search_api.answering.deepening import first_passing, firsts
from search_api.answering.question import Question
from search_api.answering.ranking import Ranking


def sieve(question: Question, ranking: Ranking, wanted: int, reach: int) -> list[ScoredHit]:
    """The first `wanted` of the `reach` best hits that pass all that a question asks of them."""

    def coherent(limit: int) -> list[ScoredHit]:  # the ranking ends where coherence falls too low
        return list(takewhile(lambda hit: hit.coherence >= question.min_coherence, ranking(limit)))

    return first_passing(coherent, wanted, partial(_passing, question), reach)


def _passing(question: Question, hits: Iterable[ScoredHit]) -> Iterable[ScoredHit]:
    """One of each kind, and no more of an artist than asked for."""
    if question.fold:
        hits = firsts(hits)
    if question.per_artist is not None:
        hits = at_most_of_each_artist(hits, question.per_artist)
    return hits


def at_most_of_each_artist(hits: Iterable[ScoredHit], most: int) -> Iterator[ScoredHit]:
    """The first `most` of each artist; works by nobody known are all let through."""
    met: Counter[str] = Counter()
    for hit in hits:
        artist = hit.painting.artist
        if artist is None or met[artist] < most:
            yield hit
        if artist is not None:
            met[artist] += 1
