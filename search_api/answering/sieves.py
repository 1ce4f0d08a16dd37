"""What may answer of a ranking: each sieve lets hits through in their order, the best first."""

from collections import Counter
from collections.abc import Iterable, Iterator

from search_api.answer import ScoredHit
from search_api.answering.question import Question
from search_api.answering.ranking import Ranking


def sieve(question: Question, ranking: Ranking, wanted: int, reach: int) -> list[ScoredHit]:
    """The first `wanted` of the `reach` best hits that pass all that a question asks of them.

    The ranking is asked for twice as many until enough have passed, or none that follows can.
    """
    limit = min(wanted, reach)
    while True:
        hits = ranking(limit)
        passed = list(passing(question, hits))
        ended = len(hits) < limit or limit == reach or hits[-1].coherence < question.min_coherence
        if ended or len(passed) >= wanted:
            return passed[:wanted]
        limit = min(2 * limit, reach)


def passing(question: Question, hits: Iterable[ScoredHit]) -> Iterator[ScoredHit]:
    """Only those coherent enough, one of each kind, and no more of an artist than asked for."""
    hits = (hit for hit in hits if hit.coherence >= question.min_coherence)
    if question.fold:
        hits = firsts(hits)
    if question.per_artist is not None:
        hits = at_most_of_each_artist(hits, question.per_artist)
    return iter(hits)


def firsts(hits: Iterable[ScoredHit]) -> Iterator[ScoredHit]:
    """Of paintings that look all but the same the first; a kind goes by the id of its first painting."""
    met: set[str] = set()
    for hit in hits:
        kind = hit.duplicate_of or hit.painting.id
        if kind not in met:
            met.add(kind)
            yield hit


def at_most_of_each_artist(hits: Iterable[ScoredHit], most: int) -> Iterator[ScoredHit]:
    """The first `most` of each artist; works by nobody known are all let through."""
    met: Counter[str] = Counter()
    for hit in hits:
        artist = hit.painting.artist
        if artist is None or met[artist] < most:
            yield hit
        if artist is not None:
            met[artist] += 1
