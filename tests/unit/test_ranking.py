import numpy as np
import pytest

from encoders.fake import FakeEncoder
from encoders.vectors import unit
from indexer.store.base import EVERYTHING
from indexer.store.memory import MemoryStore
from search_api.answer import ScoredHit
from search_api.answering.compound import Compound, Part
from search_api.answering.ranking import POOL, Ranking, ranking
from tests.many_works import filled

ENCODER = FakeEncoder()
COUNT = 3 * POOL
RNG = np.random.default_rng(5)
STORE = filled(
    ENCODER,
    ["Cubism"] * COUNT,
    unit(RNG.standard_normal((COUNT, ENCODER.look_size))),
    unit(RNG.standard_normal((COUNT, ENCODER.feeling_size))),
)


def compound(**weights: float) -> Compound:
    return Compound([Part(ENCODER.read(word), weight) for word, weight in weights.items()], ENCODER.bank)


def ranked(made: Compound) -> Ranking:
    return ranking(STORE, made, EVERYTHING, top_k=12)


def coherences(hits: list[ScoredHit]) -> list[float]:
    return [hit.coherence for hit in hits]


@pytest.mark.parametrize(
    "made",
    [compound(awe=1), compound(awe=0.5), compound(joy=1, calm=-1), compound(dread=-1)],
    ids=["plain", "slight", "several", "avoided"],
)
def test_every_painting_comes_once_and_asking_for_more_changes_nothing_before(made: Compound) -> None:
    whole = ranked(made)(2 * COUNT)
    assert len({hit.painting.id for hit in whole}) == len(whole) == COUNT
    bit_by_bit = ranked(made)
    for limit in (12, POOL - 1, POOL, POOL + 1, 13, 2 * COUNT):
        assert bit_by_bit(limit) == ranked(made)(limit) == whole[:limit]


def test_the_nearest_are_ranked_by_the_whole_and_so_are_those_behind_them() -> None:
    hits = ranked(compound(joy=1, calm=-1))(COUNT)
    for tier in (hits[:POOL], hits[POOL:]):
        assert coherences(tier) == sorted(coherences(tier), reverse=True)


def test_a_large_page_is_ranked_among_twice_as_many() -> None:
    made = compound(joy=1, calm=-1)
    hits = ranking(STORE, made, EVERYTHING, top_k=COUNT)(COUNT)
    assert coherences(hits) == sorted(coherences(hits), reverse=True)


def test_what_is_slight_is_ranked_as_a_whole_whatever_the_page() -> None:
    hits = ranked(compound(awe=0.5))(COUNT)
    assert coherences(hits) == sorted(coherences(hits), reverse=True)
    assert ranking(STORE, compound(awe=0.5), EVERYTHING, top_k=1)(COUNT) == hits


def test_what_is_slight_is_neither_strong_nor_missing() -> None:
    strong, slight = ranked(compound(awe=1))(COUNT), ranked(compound(awe=0.5))(12)
    best, middle = strong[0].coherence, strong[COUNT // 2].coherence
    for hit in slight:
        [part] = hit.parts
        assert middle < part.coherence < (best + middle) / 2
        assert 60 < part.percentile < 90


def test_what_is_heightened_keeps_its_order_and_is_less_likely() -> None:
    plain, very = ranked(compound(awe=1))(50), ranked(compound(awe=1.25))(50)
    assert [hit.painting for hit in very] == [hit.painting for hit in plain]
    assert [hit.percentile for hit in very] == [hit.percentile for hit in plain]
    for hit, ordinary in zip(very, plain, strict=True):
        assert hit.coherence < ordinary.coherence == hit.parts[0].coherence


def test_an_empty_store_gives_nothing() -> None:
    empty = MemoryStore(ENCODER.look_size, ENCODER.feeling_size)
    for made in (compound(awe=1), compound(awe=0.5), compound(awe=1, calm=1)):
        assert ranking(empty, made, EVERYTHING, top_k=12)(12) == []
