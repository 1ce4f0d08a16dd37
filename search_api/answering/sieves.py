"""What may answer of a ranking: each sieve lets hits through in their order, the best first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import takewhile

from search_api.answer import ScoredHit
from search_api.answering.deepening import first_passing, firsts
from search_api.answering.question import Question
from search_api.answering.ranking import Ranking


def sieve(question: Question, ranking: Ranking, wanted: int, reach: int, *, falling: bool) -> list[ScoredHit]:
    """The first `wanted` of the `reach` best hits that pass all that a question asks of them.

    `falling` says that coherence never rises along the ranking: then it ends where that is too low.
    """

    def ask(limit: int) -> list[ScoredHit]:
        hits = ranking(limit)
        return list(takewhile(partial(_is_coherent, question), hits)) if falling else hits

    return first_passing(ask, wanted, partial(_passing, question), reach)


def _passing(question: Question, hits: Iterable[ScoredHit]) -> Iterable[ScoredHit]:
    """What is coherent enough, one of each kind, and no more of an artist than asked for."""
    hits = filter(partial(_is_coherent, question), hits)
    if question.fold:
        hits = firsts(hits)
    if question.per_artist is not None:
        hits = at_most_of_each_artist(hits, question.per_artist)
    return hits


def _is_coherent(question: Question, hit: ScoredHit) -> bool:
    return hit.coherence >= question.min_coherence


def at_most_of_each_artist(hits: Iterable[ScoredHit], most: int) -> Iterator[ScoredHit]:
    """The first `most` of each artist; works by nobody known are all let through."""
    met: Counter[str] = Counter()
    for hit in hits:
        artist = hit.painting.artist
        if artist is None or met[artist] < most:
            yield hit
        if artist is not None:
            met[artist] += 1
