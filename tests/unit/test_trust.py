import numpy as np
import pytest

from trainer.calibration.trust import (
    COHERENCE,
    LEAST,
    PER_EMOTION,
    RESCALED_COSINE,
    SCALES,
    Scales,
    beside,
    on_every_scale,
    trust,
)

RNG = np.random.default_rng(0)
TRUTH = RNG.uniform(0.05, 0.6, (400, 2))
VIEWERS = np.full(400, 10)
VOTES = RNG.binomial(VIEWERS[:, None], TRUTH)
COSINES = np.log(TRUTH / (1 - TRUTH)) / 10


def test_a_calibrator_that_saw_votes_for_the_word_is_better_than_a_bare_cosine() -> None:
    found = trust([on_every_scale(TRUTH, COSINES, VOTES, VIEWERS)])
    assert list(found) == list(SCALES)
    assert found[PER_EMOTION].ece.high < 0.05 < 0.1 < found[RESCALED_COSINE].ece.low
    assert found[COHERENCE].brier_per_word.value < found[RESCALED_COSINE].brier_per_word.value


def test_no_painting_is_calibrated_by_its_own_votes() -> None:
    scales = on_every_scale(TRUTH, COSINES, VOTES, VIEWERS)
    votes = VOTES.copy()
    votes[::5] = 10 - votes[::5]
    others = on_every_scale(TRUTH, COSINES, votes, VIEWERS)
    np.testing.assert_allclose(others.chances[PER_EMOTION][::5], scales.chances[PER_EMOTION][::5])
    assert not np.allclose(others.chances[PER_EMOTION][1::5], scales.chances[PER_EMOTION][1::5])


def test_of_too_few_paintings_nothing_is_learned() -> None:
    few = slice(LEAST - 1)
    scales = on_every_scale(TRUTH[few], COSINES[few], VOTES[few], VIEWERS[few])
    assert list(trust([scales])) == [COHERENCE, RESCALED_COSINE]


def test_several_rounds_give_the_mean_of_their_errors() -> None:
    fractions = np.full((30, 1), 0.5)
    rounds = [Scales({COHERENCE: np.full((30, 1), chance)}, fractions) for chance in (0.4, 0.7)]
    assert trust(rounds)[COHERENCE].ece.value == pytest.approx((0.1 + 0.2) / 2)
    assert trust(rounds)[COHERENCE].brier_per_word.value == pytest.approx((0.01 + 0.04) / 2)


def test_words_can_be_chosen_and_laid_beside_each_other() -> None:
    scales = on_every_scale(TRUTH, COSINES, VOTES, VIEWERS)
    first, second = scales.only(np.array([True, False])), scales.only(np.array([False, True]))
    whole = beside([first, second])
    np.testing.assert_array_equal(whole.fractions, scales.fractions)
    for scale in SCALES:
        np.testing.assert_array_equal(whole.chances[scale], scales.chances[scale])
