import numpy as np
import pytest

from encoders.vectors import unit
from indexer.store.memory import MemoryStore
from search_api.errors import QueryError
from search_api.relating.typical import Typical
from tests.placed import hung, placed

CORNERS = Typical(unit([[1, 0], [0, 1]]))


def test_the_middle_of_a_collection_is_the_mean_of_its_feelings() -> None:
    assert CORNERS.mean == pytest.approx([0.5, 0.5])


def test_feelings_lean_away_from_the_middle() -> None:
    half = np.sqrt(0.5)
    assert CORNERS.leans(CORNERS.feelings) == pytest.approx(np.array([[half, -half], [-half, half]]))


def test_the_reach_is_the_step_from_the_median_to_the_nearest_twentieth() -> None:
    # the cosines to (1, 0) are 0 and 1: their median is 0.5, their 95th percentile 0.95
    assert CORNERS.reach(unit([1, 0])) == pytest.approx(0.45)
    # to (0.6, 0.8) they are 0.6 and 0.8
    assert CORNERS.reach(unit([3, 4])) == pytest.approx(0.09)


def test_where_nothing_differs_the_reach_is_still_positive() -> None:
    assert Typical(unit([[1, 0], [1, 0]])).reach(unit([0, 1])) > 0


def test_a_word_as_a_painting_leans_to_the_word_and_stays_among_the_paintings() -> None:
    rng = np.random.default_rng(0)
    cone = Typical(unit(np.array([1, 0, 0]) + rng.normal(0, 0.1, (200, 3)) * [0, 1, 1]))
    word = unit([0, 1, 0])
    imaginary = cone.as_painting(word)
    farthest = (cone.feelings @ unit(cone.mean)).min()
    assert farthest <= imaginary @ unit(cone.mean) < 1
    assert cone.leans(imaginary) @ word == pytest.approx(1, abs=0.05)


def test_a_collection_is_known_by_its_first_thousand_paintings_by_id() -> None:
    points = [placed(str(number), feeling=(np.cos(number), np.sin(number))) for number in range(1010)]
    typical = Typical.of(hung(*points))
    first = sorted(points, key=lambda point: point.painting.id)[:1000]
    assert np.array_equal(typical.feelings, np.stack([point.feeling for point in first]))


def test_an_empty_index_is_refused() -> None:
    with pytest.raises(QueryError, match="no painting"):
        Typical.of(MemoryStore(2, 2))
