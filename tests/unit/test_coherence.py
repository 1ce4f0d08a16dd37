import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.coherence import CalibratedReading, Calibration, ReferenceBank, sigmoid
from encoders.vectors import unit

similarities = st.floats(-1, 1)
WORDS = ("awe", "joy", "joyful", "sadness", "grief", "happiness", "unhappiness", "surprise", "teal")


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


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True))
    odds = st.floats(-15, 15)
    return Calibration(
        slope=draw(st.floats(1e-6, 50)),
        log_odds={word: draw(odds) for word in words},
        rest=draw(st.none() | st.floats(1e-6, 1 - 1e-6)),
        unseen_slope=draw(st.floats(1e-6, 50)),
        unseen_nearness=draw(st.floats(-1, 1)),
    )


@given(calibrations(), st.sampled_from(WORDS) | st.text(max_size=9), st.data())
def test_any_word_has_a_chance_that_never_falls_with_similarity(
    calibration: Calibration, word: str, data: st.DataObject
) -> None:
    size = len(calibration.log_odds)
    nearness = data.draw(st.lists(similarities, min_size=size, max_size=size))
    slope, log_odds = calibration.slope_of(word, nearness), calibration.log_odds_of(word, nearness)
    chances = reading(slope, log_odds).coherence(np.linspace(-1, 1, 21))
    assert slope > 0
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances) >= 0).all()
    assert slope <= calibration.slope * (1 + 1e-9)


def test_a_seen_word_keeps_what_was_fitted_for_it() -> None:
    calibration = Calibration(slope=1.0, log_odds={"sadness": -1.0, "awe": -3.0})
    assert calibration.log_odds_of("sadness", [0.0, 1.0]) == -1.0
    assert calibration.slope_of("sadness", [0.0, 1.0]) == 1.0


def test_a_word_akin_to_none_has_the_typical_log_odds() -> None:
    log_odds = {"blue": -1.0, "green": -3.0}
    assert Calibration(1.0, log_odds).log_odds_of("far", [0.1, 0.5]) == pytest.approx(-2)
    # the third of a rest of .3 has log-odds of -2.1972 and weighs as much as twelve words
    with_rest = Calibration(1.0, log_odds, rest=0.3)
    assert with_rest.log_odds_of("far", [0.1, 0.5]) == pytest.approx((2 * -2 + 12 * -2.1972) / 14, abs=1e-4)


def test_the_typical_log_odds_lean_towards_words_of_the_same_valence() -> None:
    calibration = Calibration(1.0, {"joy": -1.0, "fear": -3.0, "anger": -5.0})  # their mean is -3
    assert calibration.typical_log_odds("pride") == pytest.approx(-3 + 2 / 2)
    assert calibration.typical_log_odds("boredom") == pytest.approx(-3 - 2 / 3)
    assert calibration.typical_log_odds("surprise") == pytest.approx(-3)  # neither positive nor negative
    assert calibration.typical_log_odds("xylophone") == pytest.approx(-3)


def test_a_word_is_akin_to_a_seen_one_as_far_as_it_is_near() -> None:
    calibration = Calibration(1.0, {"blue": -1.0, "green": -3.0}, unseen_slope=0.2, unseen_nearness=0.6)
    assert calibration.kinship("teal", [0.8, 0.1]) == pytest.approx([0.5, 0.0])
    assert calibration.slope_of("teal", [0.8, 0.1]) == pytest.approx(0.6)
    assert calibration.log_odds_of("teal", [0.8, 0.1]) == pytest.approx(-2 + 0.5 * 1)
    assert calibration.slope_of("far", [0.6, 0.1]) == pytest.approx(0.2)


def test_kin_of_several_seen_words_lies_between_them() -> None:
    calibration = Calibration(1.0, {"blue": -1.0, "green": -2.0, "red": -6.0}, unseen_nearness=0.5)
    assert calibration.log_odds_of("teal", [1.0, 1.0, 0.0]) == pytest.approx(-1.5)


def test_another_name_of_a_seen_emotion_is_read_as_that_emotion() -> None:
    calibration = Calibration(1.0, {"joy": -1.0, "fear": -4.0})
    assert calibration.log_odds_of("joyful", [0.2, 0.3]) == pytest.approx(-1)
    assert calibration.slope_of("joyful", [0.2, 0.3]) == pytest.approx(1)


def test_a_word_of_a_seen_words_family_is_akin_by_half_at_least() -> None:
    calibration = Calibration(1.0, {"sadness": -1.0, "joy": -2.0}, unseen_nearness=0.5)
    assert calibration.kinship("grief", [0.1, 0.1]) == pytest.approx([0.5, 0.0])
    assert calibration.kinship("grief", [0.9, 0.1]) == pytest.approx([0.8, 0.0])


def test_opposites_are_not_akin_however_alike_their_sentences() -> None:
    calibration = Calibration(1.0, {"happiness": -1.0, "sadness": -2.0}, unseen_nearness=0.5)
    assert calibration.kinship("unhappiness", [0.9, 0.5]) == pytest.approx([0.0, 0.5])


def test_an_unseen_word_never_claims_more_than_a_seen_one() -> None:
    timid = Calibration(0.1, {"awe": 0.0}, unseen_slope=0.25)
    assert timid.slope_of("far", [0.0]) == pytest.approx(0.1)


@pytest.mark.parametrize("log_odds", [{}, {"awe": float("nan")}, {"awe": float("inf")}])
def test_log_odds_that_are_none_are_refused(log_odds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="og-odds"):
        Calibration(1.0, log_odds)


@pytest.mark.parametrize("rest", [0.0, 1.0, -0.1, float("nan")])
def test_a_rest_that_is_no_share_is_refused(rest: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Calibration(1.0, {"awe": 0.0}, rest=rest)


def test_a_slope_that_would_turn_scores_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        Calibration(slope=-1.0, log_odds={"awe": 0.0})


def test_a_bank_of_one_painting_still_gives_finite_scores() -> None:
    bank = ReferenceBank(unit([[1.0, 0.0]]))
    single = CalibratedReading("awe", True, unit([1, 0]), bank.similarities(unit([1, 0])), 1.0, 0.0)
    assert np.isfinite(single.coherence([-1.0, 0.5, 1.0])).all()


def test_the_sigmoid_does_not_overflow() -> None:
    assert sigmoid(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]


def test_another_name_of_a_seen_emotion_reads_as_that_emotion() -> None:
    calibration = Calibration(1.0, {"joy": -1.0, "happiness": 0.5, "contentment": -2.0}, unseen_slope=0.2)
    assert calibration.seen_as("Happy") == "happiness"
    assert calibration.log_odds_of("happy", [0.9, 0.6, 0.8]) == 0.5
    assert calibration.slope_of("happy", [0.9, 0.6, 0.8]) == 1.0
    assert calibration.seen_as("delight") is None
