import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.metrics.bootstrap import draw, figure
from trainer.metrics.hubness import hubness, occurrences, resample_hubness


def test_hubness_is_the_skewness_of_the_occurrences() -> None:
    # every word's nearest is the first of three: counts 3 0 0, third moment 2, variance 2
    assert hubness([[0.9, 0.1, 0.2]] * 3, k=1) == pytest.approx(2 / 2**1.5)
    assert hubness(np.eye(3), k=1) == 0


def test_occurrences_count_the_words_that_a_painting_is_near() -> None:
    assert occurrences([[0.9, 0.1, 0.2], [0.1, 0.2, 0.3]], k=2).tolist() == [1, 1, 2]


def test_hubness_needs_enough_paintings() -> None:
    with pytest.raises(ValueError, match=r"at least 10 paintings.*\(2, 3\)"):
        hubness([[0.1, 0.2, 0.3]] * 2)


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_to_draw_a_painting_twice_is_to_have_it_twice(seed: int) -> None:
    rng = np.random.default_rng(seed)
    similarities = rng.normal(size=(7, 20))
    resampled = resample_hubness(similarities, k=1, seed=seed)
    _, times = (block for block, _ in zip(draw(20, seed), range(2), strict=False))
    assert resampled[0] == pytest.approx(hubness(similarities, k=1))
    # the nearest that was drawn shares its word among its copies
    drawn = times[:, 0]
    nearest = [max(np.flatnonzero(drawn), key=lambda row: its[row]) for its in similarities]
    copies = np.repeat(np.bincount(nearest, minlength=20) / np.maximum(drawn, 1), drawn.astype(int))
    away = copies - copies.mean()
    assert resampled[1] == pytest.approx((away**3).mean() / (away**2).mean() ** 1.5)


def test_an_interval_of_hubness_holds_its_figure() -> None:
    similarities = np.random.default_rng(0).normal(size=(50, 200))
    found = figure(resample_hubness(similarities))
    assert found.low < found.value < found.high
