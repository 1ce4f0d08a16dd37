from pathlib import Path

import numpy as np
import pytest
import torch

from encoders.backbone import load_backbone
from encoders.coherence import Calibration
from encoders.prompts import Prompts
from encoders.vectors import unit
from trainer.calibrate import fit_slope
from trainer.errors import TrainingError
from trainer.fitting import Recipe
from trainer.heads import Texts, TrainSettings
from trainer.lessons import Lessons, Said
from trainer.rotation import calibrate_unseen, groups, without
from trainer.split import Split


@pytest.mark.parametrize("words", range(3, 12))
def test_every_word_is_held_out_once_and_two_always_stay(words: int) -> None:
    turns = groups(words)
    assert sorted(column for turn in turns for column in turn) == list(range(words))
    assert all(words - len(turn) >= 2 for turn in turns)


def test_positive_and_negative_emotions_of_artemis_are_held_out_together() -> None:
    assert groups(8) == [[0, 4], [1, 5], [2, 6], [3, 7]]


@pytest.mark.parametrize("words", [1, 2])
def test_of_two_words_none_can_be_held_out(words: int) -> None:
    assert groups(words) == []


def test_held_out_words_leave_no_vote_no_sentence_and_no_painting_they_dominate() -> None:
    counts = np.array([[4, 1, 0], [1, 3, 1], [0, 0, 5], [2, 2, 2], [0, 0, 0]])
    lessons = Lessons(
        words=("awe", "fear", "joy"),
        looks=np.eye(5, dtype=np.float32),
        counts=counts,
        viewers=np.full(5, 6),
        shares=np.full((5, 3), 1 / 3, np.float32),
        texts=Texts(prompts=torch.eye(3)[:, None], utterances=torch.eye(3)),
        said=Said(np.array([10, 11, 12, 13]), np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2])),
        split=Split(train=np.array([3, 1, 0, 2]), held_out=np.array([4])),
    )
    rest = without(lessons, [0])
    assert torch.equal(rest.texts.prompts, lessons.texts.prompts[1:])
    assert rest.words == ("fear", "joy")
    assert rest.counts.tolist() == counts[:, 1:].tolist()
    assert rest.split.train.tolist() == [1, 2]  # 0 and, by the order of the tie, 3 are awe's
    assert rest.said.texts.tolist() == [11, 12, 13]
    assert rest.said.paintings.tolist() == [1, 1, 2]
    assert rest.said.words.tolist() == [0, 1, 1]
    np.testing.assert_allclose(rest.shares.sum(axis=1), 1, rtol=1e-6)


def test_a_known_slope_is_found_again() -> None:
    rng = np.random.default_rng(0)
    z, odds = rng.standard_normal(5000), rng.normal(-2, 0.5, 5000)
    votes = rng.binomial(8, 1 / (1 + np.exp(-(0.6 * z + odds))))
    assert fit_slope(z, odds, votes, np.full(5000, 8)) == pytest.approx(0.6, abs=0.05)


def test_without_votes_little_is_claimed() -> None:
    assert fit_slope(np.ones(1), np.zeros(1), np.zeros(1, np.int64), np.zeros(1, np.int64)) == pytest.approx(
        0.25, abs=0.01
    )


def test_the_nearer_a_word_is_to_a_seen_one_the_more_it_may_claim() -> None:
    calibration = Calibration(1.0, {"awe": 0.0, "fear": 0.0}, unseen_slope=0.2, unseen_nearness=0.6)
    assert calibration.slope_of("awe", [0.1, 0.2]) == 1.0
    assert calibration.slope_of("far", [0.1, 0.6]) == pytest.approx(0.2)
    assert calibration.slope_of("near", [0.8, 0.1]) == pytest.approx(0.6)
    assert calibration.slope_of("same", [1.0, 0.1]) == pytest.approx(1.0)


def test_an_unseen_word_never_claims_more_than_a_seen_one() -> None:
    timid = Calibration(0.1, {"awe": 0.0}, unseen_slope=0.25)
    assert timid.slope_of("far", [0.0]) == pytest.approx(0.1)


def test_a_round_that_leaves_nothing_to_learn_from_is_left_out(tiny_clip: Path) -> None:
    backbone = load_backbone(str(tiny_clip))
    counts = np.array([[5, 0, 0, 0], [0, 0, 5, 0]] * 4)
    no_rows = np.empty(0, np.int64)
    lessons = Lessons(
        words=("awe", "fear", "joy", "rage"),
        looks=unit(np.random.default_rng(0).standard_normal((8, backbone.look_size))),
        counts=counts,
        viewers=np.full(8, 5),
        shares=np.full((8, 4), 0.25, np.float32),
        texts=Texts(torch.rand(4, 5, backbone.text_size), torch.empty(0, backbone.text_size)),
        said=Said(no_rows, no_rows, no_rows),
        split=Split(train=np.arange(6), held_out=np.arange(6, 8)),
    )
    calibration = Calibration(1.0, dict.fromkeys(lessons.words, 0.0))
    recipe = Recipe(backbone, Prompts(), TrainSettings(epochs=1))
    with pytest.raises(TrainingError, match=r"Without awe and joy .* no vote is left"):
        without(lessons, [0, 2])
    calibrated = calibrate_unseen(calibration, recipe, lessons)
    assert 0 < calibrated.unseen_slope <= 1
