import numpy as np
import pytest

from encoders.coherence import CalibratedReading, ReferenceBank, sigmoid
from encoders.vectors import unit
from trainer.calibrate import fit_seen


def test_known_odds_are_found_again_from_their_votes() -> None:
    rng = np.random.default_rng(0)
    feelings = unit(rng.standard_normal((4000, 8)))
    words = unit(np.eye(2, 8))
    z = feelings @ words.T / (feelings @ words.T).std(axis=0)
    chances = sigmoid(1.3 * (z - z.mean(axis=0)) + np.array([-1.0, -3.0]))
    viewers = np.full(4000, 9)
    counts = rng.binomial(9, chances)
    calibration = fit_seen(("awe", "fear"), words, feelings, counts, viewers, ReferenceBank(feelings))
    assert calibration.slope == pytest.approx(1.3, abs=0.1)
    assert calibration.log_odds["awe"] == pytest.approx(-1.0, abs=0.1)
    assert calibration.log_odds["fear"] == pytest.approx(-3.0, abs=0.15)


def test_similarity_that_says_nothing_gives_everyone_the_base_rate() -> None:
    rng = np.random.default_rng(1)
    feelings = unit(rng.standard_normal((3000, 8)))
    words = unit(np.eye(1, 8))
    counts = rng.binomial(10, 0.3, size=(3000, 1))
    bank = ReferenceBank(feelings)
    fitted = fit_seen(("awe",), words, feelings, counts, np.full(3000, 10), bank)
    reading = CalibratedReading(
        "awe", True, words[0], bank.similarities(words[0]), fitted.slope, fitted.log_odds["awe"]
    )
    assert reading.coherence(bank.similarities(words[0])[[10, -10]]) == pytest.approx([0.3, 0.3], abs=0.05)


def test_a_word_without_votes_keeps_finite_odds() -> None:
    feelings = unit(np.random.default_rng(2).standard_normal((30, 4)))
    counts = np.column_stack([np.full(30, 5), np.zeros(30, np.int64)])
    fitted = fit_seen(
        ("awe", "fear"), unit(np.eye(2, 4)), feelings, counts, np.full(30, 5), ReferenceBank(feelings)
    )
    assert np.isfinite([*fitted.log_odds.values(), fitted.slope]).all()
