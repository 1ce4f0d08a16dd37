from collections.abc import Sequence

import numpy as np
import pytest

from encoders.coherence import Calibration, sigmoid
from trainer.fitting.unseen import Turn, choose_blend, cross_read, learn_unseen, rank_correlations

TRAINED = np.array([0.1, 0.3, 0.2, 0.2])
"""Rank correlations of four words with the heads as trained."""
SEEN = Calibration(1.0, {"blue": -2.0, "green": -2.0})
PAINTINGS = 3000


def turn(words: Sequence[str], slope: float, seed: int = 0, nearness: float = 0.6) -> Turn:
    """Words whose votes rise with similarity as this slope says, from the typical log-odds."""
    rng = np.random.default_rng(seed)
    z = rng.standard_normal((PAINTINGS, len(words)))
    near = np.tile([nearness, 0.1], (len(words), 1))
    votes = rng.binomial(6, sigmoid(slope * z - 2))
    columns = tuple(range(len(words)))
    return Turn(tuple(words), columns, SEEN, 0.5 + 0.01 * z, near, votes, np.full(PAINTINGS, 6))


def test_the_slope_that_held_out_words_bear_is_found_again() -> None:
    learned = learn_unseen(SEEN, [turn(["teal", "red"], 0.4), turn(["pink"], 0.4, seed=1)])
    assert learned.unseen_slope == pytest.approx(0.4, abs=0.03)
    assert (learned.slope, learned.log_odds) == (SEEN.slope, SEEN.log_odds)


def test_kinship_begins_where_held_out_words_are_on_average() -> None:
    near = [turn(["teal"], 0.4, nearness=0.5), turn(["red", "pink"], 0.4, nearness=0.8)]
    assert learn_unseen(SEEN, near).unseen_nearness == pytest.approx((0.5 + 2 * 0.8) / 3)


def test_without_held_out_words_a_calibration_stays_as_cautious_as_it_came() -> None:
    assert learn_unseen(SEEN, []) == SEEN


def test_what_a_word_has_of_its_kin_is_not_what_unseen_words_are_blamed_for() -> None:
    # "joyful" is "joy" by another name, so it rises by joy's slope, whatever unseen words do
    calibration = Calibration(1.5, {"joy": -2.0, "green": -2.0})
    akin = turn(["joyful"], 1.5)
    z, given, votes, viewers = akin.evidence(calibration)
    assert not z.any()
    assert votes.sum() / viewers.sum() == pytest.approx(sigmoid(given).mean(), abs=0.01)


def test_each_turn_is_read_by_what_the_others_taught() -> None:
    steep, flat = turn(["teal"], 0.8), turn(["red"], 0.2, seed=1)
    chances = cross_read([steep, flat])
    assert chances.shape == (PAINTINGS, 2)
    assert chances[:, [0]] == pytest.approx(steep.chances(learn_unseen(SEEN, [flat])))
    assert np.std(chances[:, 0]) < np.std(chances[:, 1])


def test_a_single_turn_is_read_by_what_is_assumed_beforehand() -> None:
    only = turn(["teal"], 0.8)
    assert cross_read([only]) == pytest.approx(only.chances(SEEN))


def test_rank_correlations_are_of_each_word_with_its_share_of_viewers() -> None:
    similarities = np.array([[0.1, 0.1, 0.1], [0.2, 0.2, 0.2], [0.3, 0.3, 0.3]])
    votes, viewers = np.array([[1, 4, 0], [2, 2, 0], [6, 0, 0]]), np.array([5, 5, 10])
    found = rank_correlations(similarities, votes, viewers)  # shares .2 .4 .6 and .8 .4 0 and none
    assert found == pytest.approx([1, -1, np.nan], nan_ok=True)


def test_a_blend_that_orders_every_held_out_word_better_is_chosen() -> None:
    some, more = np.array([0.12, 0.33, 0.22, 0.23]), np.array([0.15, 0.36, 0.27, 0.26])
    assert choose_blend({0.25: some, 0.5: more, 0.75: TRAINED - 0.1, 1.0: TRAINED}) == 0.5


def test_a_blend_that_may_be_better_by_chance_is_not() -> None:
    lucky = np.array([0.18, 0.28, 0.22, 0.2])  # gains of .02 on average, with a standard error of .02
    assert choose_blend({0.5: lucky, 1.0: TRAINED}) == 1.0
    assert choose_blend({0.5: TRAINED, 1.0: TRAINED}) == 1.0


def test_words_that_nobody_named_have_no_say_about_blends() -> None:
    nan = np.nan
    assert choose_blend({0.5: np.array([0.2, 0.3, nan]), 1.0: np.array([0.1, 0.19, nan])}) == 0.5
    assert choose_blend({0.5: np.array([0.2, nan]), 1.0: np.array([0.1, nan])}) == 1.0
