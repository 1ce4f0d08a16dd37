import numpy as np
import pytest

from encoders.coherence import sigmoid
from trainer.calibration.baselines import per_emotion, rescaled_cosine


def test_a_rescaled_cosine_goes_from_zero_to_one() -> None:
    assert rescaled_cosine([[-1.0, 0.0], [0.5, 1.0]]).tolist() == [[0.0, 0.5], [0.75, 1.0]]


def test_a_cosine_that_rounding_carried_too_far_is_still_a_chance() -> None:
    assert rescaled_cosine([[1 + 1e-7, -1 - 1e-7]]).tolist() == [[1.0, 0.0]]


def test_each_emotion_has_the_rate_and_the_rise_of_its_own_votes() -> None:
    rng = np.random.default_rng(0)
    z = rng.standard_normal((6000, 2))
    chances = sigmoid(np.array([0.3, 1.2]) * z + np.array([-0.5, -2.5]))
    votes, viewers = rng.binomial(9, chances), np.full(6000, 9)
    similarities = np.array([0.3, 0.6]) + 0.02 * z
    new = np.array([[0.28, 0.58], [0.34, 0.66]])  # one standard deviation below the mean, two and three above
    expected = sigmoid(np.array([[-0.3 - 0.5, -1.2 - 2.5], [0.6 - 0.5, 3.6 - 2.5]]))
    assert per_emotion(similarities[:5000], votes[:5000], viewers[:5000], new) == pytest.approx(
        expected, abs=0.03
    )
