import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.coherence import CalibratedReading, Calibration, ReferenceBank, sigmoid
from encoders.vectors import unit

similarities = st.floats(-1, 1)


def reading(slope: float = 1.0, log_odds: float = -2.0) -> CalibratedReading:
    reference = np.array([-0.2, 0.0, 0.0, 0.2])
    return CalibratedReading("awe", True, unit([1, 0]), reference, slope, log_odds)


def test_a_similarity_at_the_banks_mean_has_the_words_base_rate() -> None:
    assert reading(log_odds=-2.0).coherence(0.0) == pytest.approx(1 / (1 + np.exp(2)))


def test_one_standard_deviation_adds_the_slope_to_the_log_odds() -> None:
    one_deviation = np.std([-0.2, 0.0, 0.0, 0.2])
    assert reading(slope=1.5, log_odds=-2.0).coherence(one_deviation) == pytest.approx(1 / (1 + np.exp(0.5)))


@given(similarities, similarities, st.floats(0.01, 20), st.floats(-10, 10))
def test_coherence_lies_in_zero_to_one_and_never_falls_with_similarity(
    one: float, other: float, slope: float, log_odds: float
) -> None:
    low, high = reading(slope, log_odds).coherence(sorted([one, other]))
    assert 0 <= low <= high <= 1


def test_percentile_counts_half_of_the_equal_ones() -> None:
    assert reading().percentile([-1.0, 0.0, 0.1, 1.0]).tolist() == [0.0, 50.0, 75.0, 100.0]


def test_an_unseen_word_borrows_the_odds_of_the_words_it_is_near() -> None:
    calibration = Calibration(slope=1.0, log_odds={"sadness": -1.0, "awe": -3.0}, temperature=0.1)
    assert calibration.log_odds_of("sadness", [0.0, 1.0]) == -1.0
    assert calibration.log_odds_of("gloom", [1.0, 0.0]) == pytest.approx(-1.0, abs=1e-3)
    assert calibration.log_odds_of("wonder", [0.5, 0.5]) == pytest.approx(-2.0)


def test_a_slope_that_would_turn_scores_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        Calibration(slope=-1.0, log_odds={"awe": 0.0})


def test_a_bank_of_one_painting_still_gives_finite_scores() -> None:
    bank = ReferenceBank(unit([[1.0, 0.0]]))
    single = CalibratedReading("awe", True, unit([1, 0]), bank.similarities(unit([1, 0])), 1.0, 0.0)
    assert np.isfinite(single.coherence([-1.0, 0.5, 1.0])).all()


def test_the_sigmoid_does_not_overflow() -> None:
    assert sigmoid(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]
