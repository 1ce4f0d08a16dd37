from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.painting import Painting
from search_api.answer import ScoredHit
from search_api.answering.deepening import firsts
from search_api.answering.question import Question
from search_api.answering.sieves import at_most_of_each_artist, sieve

ARTISTS = (None, "Anna", "Berta")


def hit(number: int, coherence: float = 0.5, artist: str | None = None, like: int | None = None) -> ScoredHit:
    duplicate_of = None if like is None else painting(like, None).id
    return ScoredHit(painting(number, artist), coherence, 50.0, 0.1, duplicate_of=duplicate_of)


def painting(number: int, artist: str | None) -> Painting:
    return Painting(f"key {number}", Path("x.jpg"), f"title {number}", artist=artist)


def titles(hits: list[ScoredHit]) -> list[str]:
    return [hit.painting.title.removeprefix("title ") for hit in hits]


def test_of_each_kind_the_first_is_kept_whichever_is_marked() -> None:
    hits = [hit(1, like=3), hit(2), hit(3), hit(4, like=3), hit(5)]
    assert titles(list(firsts(hits))) == ["1", "2", "5"]


def test_each_artist_has_so_many_works_and_unknown_ones_are_not_counted() -> None:
    by = ["Anna", "Anna", "Berta", None, "Anna", None, "Berta", None]
    hits = [hit(number, artist=artist) for number, artist in enumerate(by)]
    assert titles(list(at_most_of_each_artist(hits, 1))) == ["0", "2", "3", "5", "7"]
    assert titles(list(at_most_of_each_artist(hits, 2))) == ["0", "1", "2", "3", "5", "6", "7"]


def test_what_is_not_coherent_enough_does_not_answer() -> None:
    hits = [hit(number, coherence) for number, coherence in enumerate([0.5, 0.3, 0.2, 0.1])]
    found = sieve(Question("calm", min_coherence=0.2), lambda limit: hits[:limit], 10, 100, falling=True)
    assert titles(found) == ["0", "1", "2"]


def test_where_coherence_may_rise_again_all_that_is_coherent_enough_answers() -> None:
    hits = [hit(number, coherence) for number, coherence in enumerate([0.5, 0.1, 0.4, 0.2, 0.3])]
    found = sieve(Question("calm", min_coherence=0.3), lambda limit: hits[:limit], 3, 100, falling=False)
    assert titles(found) == ["0", "2", "4"]


def test_no_more_is_asked_of_the_ranking_than_may_answer() -> None:
    hits = [hit(number, 1 - number / 1000) for number in range(1000)]
    asked: list[int] = []

    def ranking(limit: int) -> list[ScoredHit]:
        asked.append(limit)
        return hits[:limit]

    assert len(sieve(Question("calm"), ranking, 3, 100, falling=True)) == 3
    assert len(sieve(Question("calm", min_coherence=0.995), ranking, 10, 100, falling=True)) == 6
    assert asked == [3, 10]
    assert len(sieve(Question("calm", min_coherence=1.0), ranking, 4, 100, falling=True)) == 1
    assert len(sieve(Question("calm"), ranking, 500, 100, falling=True)) == 100
    assert max(asked) == 100


works = st.builds(
    lambda artist, like: (artist, like), st.sampled_from(ARTISTS), st.none() | st.integers(0, 5)
)


@given(st.lists(works, max_size=30), st.integers(1, 10), st.integers(1, 3), st.booleans(), st.integers(1, 40))
def test_asking_bit_by_bit_passes_what_asking_for_all_passes(
    drawn: list[tuple[str | None, int | None]], wanted: int, most: int, fold: bool, reach: int
) -> None:
    hits = [hit(place, 1 - place / 100, artist, like) for place, (artist, like) in enumerate(drawn)]
    question = Question("calm", fold=fold, per_artist=most)
    bit_by_bit = sieve(question, lambda limit: hits[:limit], wanted, reach, falling=True)
    everything = sieve(question, lambda limit: hits[:limit], reach, reach, falling=True)
    assert bit_by_bit == everything[:wanted]


@pytest.mark.parametrize("reach", [1, 7])
def test_nothing_in_gives_nothing_out(reach: int) -> None:
    assert sieve(Question("calm", fold=True, per_artist=1), lambda limit: [], 12, reach, falling=True) == []
