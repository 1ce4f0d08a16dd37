import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.viewers import NOBODY, Voices
from search_api.relating.spread import spread_of, wilson

Z_SQUARED = 1.6448536**2


def test_the_interval_of_none_in_five_ends_where_wilson_has_it() -> None:
    assert wilson(0, 5) == pytest.approx((0, Z_SQUARED / (5 + Z_SQUARED)))


def test_the_interval_of_one_half_reaches_equally_far_to_both_sides() -> None:
    half_width = 1.6448536 / 2 / (10 + Z_SQUARED) ** 0.5
    assert wilson(5, 10) == pytest.approx((0.5 - half_width, 0.5 + half_width))


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_mirrors_that_of_the_rest(votes: tuple[int, int]) -> None:
    count, asked = votes
    low, high = wilson(count, asked)
    assert 0 <= low <= count / asked + 1e-9
    assert count / asked - 1e-9 <= high <= 1
    assert wilson(asked - count, asked) == pytest.approx((1 - high, 1 - low))


def test_more_viewers_tell_more() -> None:
    widths = [high - low for low, high in (wilson(n // 5, n) for n in (5, 50, 500))]
    assert widths == sorted(widths, reverse=True)


def test_votes_come_most_frequent_first_with_their_shares() -> None:
    spread = spread_of(Voices({"awe": 1, "sadness": 3, "fear": 1}))
    assert spread is not None
    assert spread.viewers == 5
    assert [(one.emotion, one.count, one.share) for one in spread.shares] == [
        ("sadness", 3, 0.6),
        ("awe", 1, 0.2),
        ("fear", 1, 0.2),
    ]


def test_where_viewers_may_name_several_shares_are_of_those_asked() -> None:
    spread = spread_of(Voices({"love": 9, "joy": 8}, viewers=10))
    assert spread is not None
    assert [one.share for one in spread.shares] == [0.9, 0.8]


def test_where_nobody_was_asked_there_is_no_spread() -> None:
    assert spread_of(NOBODY) is None
