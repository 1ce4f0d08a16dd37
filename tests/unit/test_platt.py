import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from encoders.coherence import sigmoid
from trainer.calibration.platt import PRIOR_PRECISION, fit_each, fit_seen, fit_slope, slope_information


def test_known_odds_are_found_again_from_their_votes() -> None:
    rng = np.random.default_rng(0)
    z = rng.standard_normal((4000, 2))
    counts = rng.binomial(9, sigmoid(1.3 * z + np.array([-1.0, -3.0])))
    calibration = fit_seen(("awe", "fear"), z, counts, np.full(4000, 9))
    assert calibration.slope == pytest.approx(1.3, abs=0.05)
    assert calibration.log_odds["awe"] == pytest.approx(-1.0, abs=0.05)
    assert calibration.log_odds["fear"] == pytest.approx(-3.0, abs=0.05)


def test_similarity_that_says_nothing_gives_everyone_the_base_rate() -> None:
    rng = np.random.default_rng(1)
    z, counts = rng.standard_normal((3000, 1)), rng.binomial(10, 0.3, size=(3000, 1))
    fitted = fit_seen(("awe",), z, counts, np.full(3000, 10))
    chances = sigmoid(fitted.slope * np.array([-2.0, 2.0]) + fitted.log_odds["awe"])
    assert chances == pytest.approx([0.3, 0.3], abs=0.05)


def test_each_word_by_itself_has_its_own_slope() -> None:
    rng = np.random.default_rng(2)
    z = rng.standard_normal((4000, 2))
    counts = rng.binomial(9, sigmoid(np.array([0.4, 1.5]) * z - 2))
    slopes, log_odds = fit_each(z, counts, np.full(4000, 9))
    assert slopes == pytest.approx([0.4, 1.5], abs=0.05)
    assert log_odds == pytest.approx([-2, -2], abs=0.1)


def test_a_known_slope_is_found_again() -> None:
    rng = np.random.default_rng(0)
    z, odds = rng.standard_normal(5000), rng.normal(-2, 0.5, 5000)
    votes = rng.binomial(8, sigmoid(0.6 * z + odds))
    assert fit_slope(z, odds, votes, np.full(5000, 8)) == pytest.approx(0.6, abs=0.05)


def test_without_votes_little_is_claimed() -> None:
    none = np.zeros(1, np.int64)
    assert fit_slope(np.ones(1), np.zeros(1), none, none) == pytest.approx(0.25, abs=0.01)


def test_the_rest_is_the_share_of_viewers_who_named_none_of_the_words() -> None:
    counts, viewers = np.array([[200, 100], [300, 100]]), np.array([500, 500])
    fitted = fit_seen(("awe", "fear"), np.zeros((2, 2)), counts, viewers)
    assert fitted.rest == pytest.approx(301 / 1002)


@pytest.mark.parametrize(
    "counts", [[[3, 4], [1, 1]], [[3, 2], [4, 1]]], ids=["viewers name several", "nobody names another"]
)
def test_a_rest_that_says_nothing_of_other_words_is_none(counts: list[list[int]]) -> None:
    assert fit_seen(("awe", "fear"), np.zeros((2, 2)), np.array(counts), np.full(2, 5)).rest is None


def test_a_word_that_nobody_or_everybody_names_keeps_finite_odds() -> None:
    z = np.random.default_rng(2).standard_normal((30, 2))
    counts = np.column_stack([np.full(30, 5), np.zeros(30, np.int64)])
    fitted = fit_seen(("awe", "fear"), z, counts, np.full(30, 5))
    assert fitted.log_odds["awe"] > 3
    assert fitted.log_odds["fear"] < -3


def test_without_viewers_nothing_is_known() -> None:
    fitted = fit_seen(("awe",), np.empty((0, 1)), np.empty((0, 1), np.int64), np.empty(0, np.int64))
    assert fitted.slope == pytest.approx(1)
    assert fitted.log_odds["awe"] == pytest.approx(0)
    assert fitted.rest is None


@settings(max_examples=15)
@given(
    arrays.arrays(np.float64, (6, 3), elements=st.floats(-1e6, 1e6)),
    arrays.arrays(np.int64, (6, 3), elements=st.integers(0, 10**9)),
    st.integers(0, 10**9),
)
def test_whatever_the_votes_the_fit_is_finite(
    z: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    counts: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    more: int,
) -> None:
    viewers = counts.max(axis=1) + more
    fitted = fit_seen(("awe", "fear", "joy"), z, counts, viewers)  # a calibration refuses what is not finite
    each = fit_each(z, counts, viewers)
    assert np.isfinite(each).all()
    odds = np.array(list(fitted.log_odds.values()))
    slope = fit_slope(z[:, 0], np.broadcast_to(odds[:1], 6), counts[:, 0], viewers)
    assert 0 < slope < np.inf


def test_votes_tell_of_a_slope_as_their_number_and_its_size() -> None:
    # the log-odds are 2 * 1 - 2, the chance 1/2: 8 viewers * 1/4 * (2 * 1)²
    information = slope_information(2.0, np.array([[1.0]]), np.array([-2.0]), np.array([8]))
    assert information == pytest.approx(8 / 4 * 4)
    assert slope_information(2.0, np.array([[0.0]]), np.array([0.0]), np.array([8])) < PRIOR_PRECISION
