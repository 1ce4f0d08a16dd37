import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.vectors import unit
from search_api.answering.diversity import marginal_relevance

EAST, NORTH, NEAR_EAST = [1.0, 0.0], [0.0, 1.0], [1.0, 0.1]

relevances = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_what_looks_like_the_best_waits_for_what_does_not() -> None:
    # The best is followed by its twin (.9) and a stranger (.5): by relevance 0, 1, 2.
    vectors = unit([EAST, NEAR_EAST, NORTH])
    relevance = np.array([1.0, 0.9, 0.5])
    assert marginal_relevance(relevance, vectors, 0.1) == [0, 1, 2]
    assert marginal_relevance(relevance, vectors, 0.6) == [0, 2, 1]


def test_the_sum_is_as_the_paper_has_it() -> None:
    # Scaled: relevance 1, .5, 0 and cosines 1, .8, 0 to the best. At 1/3: 2/3 * .5 - 1/3 * .8 = .067 > 0.
    vectors = unit([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]])
    relevance = np.array([0.9, 0.5, 0.1])
    assert marginal_relevance(relevance, vectors, 1 / 3) == [0, 1, 2]
    # At 1/2: .25 - .4 = -.15 < 0.
    assert marginal_relevance(relevance, vectors, 1 / 2) == [0, 2, 1]


@given(relevances, st.floats(0, 1))
def test_every_thing_comes_once_the_most_relevant_first(values: list[float], diversity: float) -> None:
    vectors = unit(np.random.default_rng(len(values)).standard_normal((len(values), 4)))
    order = marginal_relevance(np.array(values), vectors, diversity)
    assert sorted(order) == list(range(len(values)))
    assert values[order[0]] == max(values)


@given(relevances)
def test_without_diversity_the_order_is_that_of_relevance_and_equal_ones_keep_theirs(
    values: list[float],
) -> None:
    vectors = unit(np.random.default_rng(0).standard_normal((len(values), 4)))
    order = marginal_relevance(np.round(np.array(values), 1), vectors, 0.0)
    assert order == np.argsort(-np.round(np.array(values), 1), kind="stable").tolist()


@pytest.mark.parametrize("diversity", [0.0, 0.5, 1.0])
def test_things_that_do_not_differ_keep_their_order(diversity: float) -> None:
    assert marginal_relevance(np.full(4, 0.3), unit([EAST] * 4), diversity) == [0, 1, 2, 3]
