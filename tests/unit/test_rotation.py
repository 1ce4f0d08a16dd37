from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from encoders.backbone import Backbone, load_backbone
from encoders.projection import make_heads
from encoders.words.prompts import Prompts
from tests.small_data import make_data
from trainer.dataset.examples import Texts
from trainer.dataset.split import Split
from trainer.dataset.training_data import Said, TrainingData
from trainer.errors import TrainingError
from trainer.fitting.model import fit_model
from trainer.fitting.rotation import BLENDS, MOST_ROUNDS, Rotation, groups, rotate, without
from trainer.fitting.round import Recipe
from trainer.fitting.unseen import learn_unseen
from trainer.heads.training import TrainSettings

WORDS = ("awe", "fear", "calm", "joy", "rage")


@pytest.mark.parametrize("words", range(3, 12))
def test_every_word_is_held_out_once_and_two_always_stay(words: int) -> None:
    turns = groups(words)
    assert sorted(column for turn in turns for column in turn) == list(range(words))
    assert all(words - len(turn) >= 2 for turn in turns)


def test_positive_and_negative_emotions_of_artemis_are_held_out_together() -> None:
    assert groups(8) == [[0, 4], [1, 5], [2, 6], [3, 7]]


@pytest.mark.parametrize("words", [8, 19, 27, 200])
def test_of_many_words_more_are_held_out_together(words: int) -> None:
    turns = groups(words)
    assert len(turns) <= MOST_ROUNDS
    assert sorted(column for turn in turns for column in turn) == list(range(words))


@pytest.mark.parametrize("words", [1, 2])
def test_of_two_words_none_can_be_held_out(words: int) -> None:
    assert groups(words) == []


COUNTS = np.array([[4, 1, 0], [1, 3, 1], [0, 0, 5], [2, 2, 2], [0, 0, 0]])


def five_paintings(viewers: int) -> TrainingData:
    return TrainingData(
        words=("awe", "fear", "joy"),
        looks=np.eye(5, dtype=np.float32),
        counts=COUNTS,
        viewers=np.full(5, viewers),
        shares=np.full((5, 3), 1 / 3, np.float32),
        texts=Texts(prompts=torch.eye(3)[:, None], utterances=torch.eye(3), vocabulary=torch.eye(3)),
        said=Said(np.array([10, 11, 12, 13]), np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2])),
        split=Split(train=np.array([3, 1, 0, 2]), held_out=np.array([4])),
    )


def test_held_out_words_leave_no_vote_no_sentence_and_no_painting_they_dominate() -> None:
    data = five_paintings(viewers=6)
    rest = without(data, [0])
    assert torch.equal(rest.texts.prompts, data.texts.prompts[1:])
    assert rest.words == ("fear", "joy")
    assert rest.counts.tolist() == COUNTS[:, 1:].tolist()
    assert rest.split.train.tolist() == [1, 2]  # 0 and, by the order of the tie, 3 are awe's
    assert rest.viewers.tolist() == [2, 5, 6, 4, 6]  # also they are gone who named awe
    assert rest.said.texts.tolist() == [11, 12, 13]
    assert rest.said.paintings.tolist() == [1, 1, 2]
    assert rest.said.words.tolist() == [0, 1, 1]
    np.testing.assert_allclose(rest.shares.sum(axis=1), 1, rtol=1e-6)


def test_where_a_viewer_names_several_words_all_viewers_stay() -> None:
    assert without(five_paintings(viewers=5), [0]).viewers.tolist() == [5] * 5  # six votes for one


@pytest.fixture
def backbone(tiny_clip: Path) -> Backbone:
    return load_backbone(str(tiny_clip))


def recipe(backbone: Backbone, blend: float | None = None) -> Recipe:
    return Recipe(backbone, Prompts(), TrainSettings(epochs=2, blend=blend))


def test_each_word_is_read_by_a_round_that_never_saw_it(backbone: Backbone) -> None:
    data = make_data(backbone, WORDS)
    turns = rotate(recipe(backbone), data).turns
    assert [turn.words for turn in turns] == [("awe", "joy"), ("fear", "rage"), ("calm",)]
    for turn in turns:
        assert list(turn.calibration.log_odds) == [word for word in WORDS if word not in turn.words]
        assert turn.similarities.shape == turn.votes.shape == (20, len(turn.words))
        assert turn.votes.tolist() == data.counts[:20, turn.columns].tolist()


def test_an_open_blend_is_one_of_those_tried_and_a_given_one_is_kept(backbone: Backbone) -> None:
    data = make_data(backbone, WORDS)
    assert rotate(recipe(backbone), data).blend in BLENDS
    half, whole = (rotate(recipe(backbone, blend), data) for blend in (0.5, 1.0))
    assert (half.blend, whole.blend) == (0.5, 1.0)
    assert not np.allclose(half.turns[0].similarities, whole.turns[0].similarities)


def test_with_two_words_none_is_held_out_and_heads_stay_as_trained(backbone: Backbone) -> None:
    data = make_data(backbone, WORDS[:2])
    assert rotate(recipe(backbone), data) == Rotation(1.0, ())
    assert rotate(recipe(backbone, 0.5), data) == Rotation(0.5, ())


def test_a_model_of_blend_zero_has_the_untrained_heads(backbone: Backbone) -> None:
    model = fit_model("untrained", recipe(backbone, 0.0), make_data(backbone, WORDS)).model
    for found, start in zip(
        model.heads.parameters(), make_heads(backbone.look_size, backbone.text_size).parameters(), strict=True
    ):
        assert torch.equal(found, start)


def test_what_held_out_words_taught_is_in_the_model(backbone: Backbone) -> None:
    fitted = fit_model("whole", recipe(backbone), make_data(backbone, WORDS))
    assert fitted.model.calibration == learn_unseen(fitted.done.calibration, fitted.rotation.turns)
    assert fitted.model.calibration != fitted.done.calibration


def test_a_round_that_leaves_nothing_to_learn_from_is_left_out(backbone: Backbone) -> None:
    data = make_data(backbone, WORDS[:4])
    data = replace(data, counts=np.array([[5, 0, 0, 0], [0, 0, 5, 0]] * 30))
    with pytest.raises(TrainingError, match=r"Without awe and calm .* no vote is left"):
        without(data, [0, 2])
    assert [turn.words for turn in rotate(recipe(backbone), data).turns] == [("fear", "joy")]


def test_many_held_out_words_are_named_briefly(backbone: Backbone) -> None:
    data = make_data(backbone, WORDS)
    with pytest.raises(TrainingError, match="Without awe and 4 other words and"):
        without(data, range(5))
