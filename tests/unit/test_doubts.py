from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.small_data import fit_small
from trainer.calibration.trust import COHERENCE, Trust, TrustByScale
from trainer.dataset.training_data import TrainingData
from trainer.fitting.doubts import find_doubts, find_no_gain
from trainer.fitting.model import Fitted
from trainer.fitting.validation import CalibrationCheck
from trainer.metrics.bootstrap import Figure

WORDS = ("awe", "fear", "calm", "joy", "rage")


def errors(high: float) -> TrustByScale:
    """A calibration error of .02 that may be as high as this."""
    return {COHERENCE: Trust(ece=Figure(0.02, 0.01, high), brier_per_word=Figure(0.03, 0.02, 0.04))}


GOOD = CalibrationCheck(paintings=40, seen=errors(0.04), held_out=WORDS, unseen=errors(0.06))


@pytest.fixture(scope="module")
def learned(tiny_clip: Path) -> tuple[Fitted, TrainingData]:
    """Calibrated by six viewers of each of forty paintings."""
    return fit_small(tiny_clip, WORDS)


def with_counts(data: TrainingData, word: int, named: list[int]) -> TrainingData:
    counts = data.counts.copy()
    counts[data.split.held_out, word] = named
    return replace(data, counts=counts)


def test_enough_votes_and_small_errors_leave_no_doubt(learned: tuple[Fitted, TrainingData]) -> None:
    assert find_doubts(*learned, GOOD) == ()


def test_few_answers_are_told(tiny_clip: Path) -> None:
    fitted, data = fit_small(tiny_clip, WORDS, held_out=24)  # 144 viewers
    (doubt,) = find_doubts(fitted, data, GOOD)
    assert doubt.startswith("Scores were calibrated on 144 viewers' answers to 24 held-out paintings; ")


def test_words_that_few_named_are_told(learned: tuple[Fitted, TrainingData]) -> None:
    fitted, data = learned
    assert find_doubts(fitted, with_counts(data, 1, [1] * 10 + [0] * 30), GOOD) == ()
    (doubt,) = find_doubts(fitted, with_counts(data, 1, [1] * 9 + [0] * 31), GOOD)
    assert doubt.startswith("Fewer than 10 viewers of held-out paintings named fear (9): ")


def test_of_many_words_that_few_named_eight_are_listed(tiny_clip: Path) -> None:
    words = [f"word {number}" for number in range(11)]
    fitted, data = fit_small(tiny_clip, words, held_out=26)
    rare = replace(data, counts=0 * data.counts)
    (doubt,) = find_doubts(fitted, rare, GOOD)
    assert "named word 0 (0), word 1 (0)," in doubt
    assert "word 7 (0) and 3 more: " in doubt


def test_similarities_of_which_votes_tell_nothing_are_doubted(learned: tuple[Fitted, TrainingData]) -> None:
    fitted, data = learned
    alike = replace(fitted.done, feelings=np.tile(fitted.done.feelings[:1], (40, 1)))
    (doubt,) = find_doubts(replace(fitted, done=alike), data, GOOD)
    assert "than what was assumed of it beforehand" in doubt


@pytest.mark.parametrize(
    ("words", "says"), [(0, "No word could be held out"), (3, "Only 3 words could be held out")]
)
def test_few_words_held_out_are_told(learned: tuple[Fitted, TrainingData], words: int, says: str) -> None:
    (doubt,) = find_doubts(*learned, replace(GOOD, held_out=WORDS[:words]))
    assert doubt.startswith(says)


def test_errors_that_may_be_large_are_told(learned: tuple[Fitted, TrainingData]) -> None:
    doubts = find_doubts(*learned, replace(GOOD, seen=errors(0.12), unseen=errors(0.2)))
    assert ["words with votes may be off by 0.12" in doubts[0], "without votes" in doubts[1]] == [True, True]
    assert find_doubts(*learned, replace(GOOD, unseen={})) == ()
    assert find_doubts(*learned, replace(GOOD, seen=errors(float("nan")))) == ()


def test_a_model_that_is_no_better_than_the_histogram_says_so() -> None:
    assert find_no_gain(1.83, 1.84) == ()
    (doubt,) = find_no_gain(1.844, 1.839)
    assert "(1.844 nats)" in doubt
    assert "(1.839)" in doubt
