import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.fake import FakeEncoder
from encoders.model_folder import RECORD
from indexer.painting import Painting
from trainer.errors import TrainingError
from trainer.evaluation.bootstrap import Figure
from trainer.evaluation.contenders import coherences, untrained_chances
from trainer.evaluation.exam import Exam, as_distribution
from trainer.evaluation.measure import Table
from trainer.evaluation.protocol import LEAST_IN_STYLE, Evaluation, Standing, measure_scores
from trainer.evaluation.recall import recall
from trainer.evaluation.report import as_text, to_json
from trainer.known_paintings import FILE, KnownPaintings, read_known, write_known
from trainer.losses import INITIAL_SCALE
from trainer.record import digest_keys
from trainer.split import Split

KEYS = ["Cubism/x_a", "Fauvism/x_b", "Cubism/x_c", "Fauvism/x_a"]
NONE = Figure(math.nan, math.nan, math.nan)


def exam(votes: Table, viewers: Table, style: str = "Cubism") -> Exam:
    return Exam(
        words=("awe", "fear"),
        paintings=tuple(Painting(f"{style}/{row}", Path(), "", style=style) for row in range(len(votes))),
        looks=np.zeros((len(votes), 3), np.float32),
        votes=votes.astype(np.int64),
        viewers=viewers.astype(np.int64),
        trained_on=0,
        calibrated_on=0,
        unreadable=(),
    )


def write_model(folder: Path, keys: list[str], **changes: object) -> None:
    training = {
        "paintings_digest": digest_keys(KEYS),
        "train_votes": {"awe": 3, "fear": 1},
        "train_viewers": 5,
        "settings": {"seed": 7},
    }
    (folder / RECORD).write_text(json.dumps({"training": training | changes}))
    write_known(folder, keys, Split(train=np.array([0, 2, 3]), held_out=np.array([1])))


def test_a_model_recalls_what_it_learned_from(tmp_path: Path) -> None:
    write_model(tmp_path, KEYS)
    recalled = recall(tmp_path)
    assert recalled.known == KnownPaintings(frozenset({"x_a", "x_c"}), frozenset({"x_b"}))
    assert recalled.shares(["fear", "awe", "joy"]) == [0.2, 0.6, 0]
    assert recalled.settings.seed == 7


@given(keys=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1))
def test_every_key_survives_the_list(keys: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("model")
    write_known(folder, keys, Split(train=np.arange(1, len(keys)), held_out=np.array([0])))
    assert read_known(folder)[0] == keys


def test_those_who_named_no_word_are_known_from_training_not_from_the_exam(tmp_path: Path) -> None:
    write_model(tmp_path, KEYS, train_votes={"awe": 3, "fear": 1, "something else": 1})
    assert recall(tmp_path).rest == pytest.approx(0.2)


def test_a_record_in_which_nobody_was_asked_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, KEYS, train_viewers=0)
    with pytest.raises(TrainingError, match="nobody was asked"):
        recall(tmp_path)


def test_a_model_that_does_not_say_what_it_learned_from_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"does not say which paintings.*moodseum train --overwrite"):
        recall(tmp_path)
    write_model(tmp_path, KEYS, train_viewers=None)
    (tmp_path / FILE).write_text("garbage\n")
    with pytest.raises(TrainingError, match="no list of paintings"):
        recall(tmp_path)


def test_a_list_of_other_paintings_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, ["Cubism/x_d", *KEYS[1:]])
    with pytest.raises(TrainingError, match="not the one it was trained with"):
        recall(tmp_path)


def test_what_is_measured_is_what_is_served() -> None:
    model = FakeEncoder()
    looks = np.eye(3, model.look_size, dtype=np.float32)
    feelings = model.feeling(looks)
    scores = coherences(model, looks, ["awe", "calm"])
    for column, word in enumerate(("awe", "calm")):
        reading = model.read(word)
        np.testing.assert_allclose(scores[:, column], reading.coherence(feelings @ reading.vector))


def test_untrained_chances_are_a_softmax_beside_who_names_no_word() -> None:
    distance = math.log(3) / INITIAL_SCALE  # one word three times as likely as the other
    np.testing.assert_allclose(untrained_chances(np.array([[distance, 0.0]]), 0.2), [[0.6, 0.2]])


def test_chances_and_the_rest_become_a_distribution() -> None:
    np.testing.assert_allclose(as_distribution(np.array([[0.6, 0.9]]), 0.5), [[0.3, 0.45, 0.25]])


def test_fractions_are_of_all_viewers_also_those_who_named_no_word() -> None:
    paintings = exam(np.array([[2, 1], [0, 3]]), np.array([4, 4]))
    np.testing.assert_allclose(paintings.fractions, [[0.5, 0.25], [0, 0.75]])
    overall, within = measure_scores(paintings.fractions, paintings, rest=0.25)
    for name in ("kl", "ece", "brier"):
        assert overall[name].value == pytest.approx(0, abs=1e-9)
    assert within == {}


def test_what_only_tells_styles_apart_is_worth_nothing_within_them() -> None:
    rng = np.random.default_rng(0)
    votes = [np.column_stack([draws, 5 - draws]) for draws in rng.binomial(5, [[0.8], [0.2]], (2, 40))]
    works = [painting for style in "AB" for painting in exam(votes[0], np.full(40, 5), style).paintings]
    paintings = replace(exam(np.concatenate(votes), np.full(80, 5)), paintings=tuple(works))
    assert list(paintings.styles(LEAST_IN_STYLE)) == ["A", "B"]
    overall, within = measure_scores(np.repeat([[0.8, 0.2], [0.2, 0.8]], 40, axis=0), paintings, rest=0)
    assert overall["spearman"].low > 0.6
    assert within["spearman"].value == 0
    assert within["auroc_any_vote"].value == pytest.approx(0.5)


def test_small_styles_are_not_counted() -> None:
    votes = np.ones((LEAST_IN_STYLE - 1, 2))
    assert exam(votes, votes.sum(axis=1)).styles(LEAST_IN_STYLE) == {}


def test_a_report_says_what_a_reader_must_know() -> None:
    evaluation = Evaluation(
        model="m",
        reading_id="0" * 16,
        seen=("awe",),
        unseen=("joy",),
        paintings=9,
        votes=30,
        trained_on=4,
        calibrated_on=9,
        unreadable=("a.jpg is no image",),
        styles=(),
        spearman_ceiling=0.54,
        standings=(Standing("trained", {"kl": NONE}, {}, 1.5),),
    )
    text = as_text(evaluation)
    for part in (
        "unseen in training: joy",
        "4 paintings",
        "beware     9",
        "a.jpg",
        "about 0.54",
        "1.50 trained",
    ):
        assert part in text
    assert json.loads(to_json(evaluation))["standings"][0]["overall"]["kl"]["value"] is None
