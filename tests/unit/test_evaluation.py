import json
import math
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.fake import FakeEncoder
from encoders.model_folder import RECORD
from tests.small_exam import drawn_exam, make_exam, make_papers
from trainer.artefacts.known_paintings import FILE, KnownPaintings, read_known, write_known
from trainer.artefacts.record import digest_keys
from trainer.dataset.split import Split
from trainer.errors import TrainingError
from trainer.evaluation.contenders import coherences, untrained_chances
from trainer.evaluation.exam import Exam, as_distribution
from trainer.evaluation.protocol import assess
from trainer.evaluation.provenance import read_provenance
from trainer.evaluation.standing import (
    ANSWERS,
    LEAST_IN_STYLE,
    OVERALL,
    WITHIN_STYLE,
    figures,
    of_ceiling,
    questions,
)
from trainer.heads.losses import INITIAL_SCALE
from trainer.metrics.bootstrap import Figure
from trainer.metrics.measure import Table
from trainer.metrics.retention import Retention

RETENTION = Retention(paintings=0.5, paintings_chance=0.1, words=0.7, words_chance=0.02)
KEYS = ["Cubism/x_a", "Fauvism/x_b", "Cubism/x_c", "Fauvism/x_a"]


def found(scores: Table, exam: Exam, rest: float, part: str) -> dict[str, Figure]:
    """The figures of one part of all questions."""
    answers = {question: work() for question, work in questions("trained", scores, exam, rest)}
    return figures(answers, "trained", part)


def write_model(folder: Path, keys: list[str], tuning: object = None, **changes: object) -> None:
    sources = {
        "paintings_digest": digest_keys(KEYS),
        "train_votes": {"awe": 3, "fear": 1},
        "train_viewers": 5,
    }
    training = {
        "settings": {"seed": 7},
        "tuning": tuning,
        "sources": sources | changes,
        "retention": asdict(RETENTION),
    }
    (folder / RECORD).write_text(json.dumps({"training": training}))
    write_known(folder, keys, Split(train=np.array([0, 2, 3]), held_out=np.array([1])))


def test_a_model_recalls_what_it_learned_from(tmp_path: Path) -> None:
    write_model(tmp_path, KEYS)
    training = read_provenance(tmp_path)
    assert training.known == KnownPaintings(frozenset({"x_a", "x_c"}), frozenset({"x_b"}))
    assert training.shares(["fear", "awe", "joy"]) == [0.2, 0.6, 0]
    assert training.settings.seed == 7
    assert training.retention == RETENTION
    assert not training.tuned


def test_a_model_recalls_that_its_backbone_was_tuned(tmp_path: Path) -> None:
    write_model(tmp_path, KEYS, tuning={"tune": "last-2"})
    assert read_provenance(tmp_path).tuned


@given(keys=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1))
def test_every_key_survives_the_list(keys: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("model")
    write_known(folder, keys, Split(train=np.arange(1, len(keys)), held_out=np.array([0])))
    assert read_known(folder)[0] == keys


def test_those_who_named_no_word_are_known_from_training_not_from_the_exam(tmp_path: Path) -> None:
    write_model(tmp_path, KEYS, train_votes={"awe": 3, "fear": 1, "something else": 1})
    assert read_provenance(tmp_path).rest == pytest.approx(0.2)


def test_a_record_in_which_nobody_was_asked_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, KEYS, train_viewers=0)
    with pytest.raises(TrainingError, match="nobody was asked"):
        read_provenance(tmp_path)


@pytest.mark.parametrize("votes", [None, 5, {"awe": "many"}, {"awe": None}])
def test_a_record_whose_votes_are_no_counts_is_refused(tmp_path: Path, votes: object) -> None:
    write_model(tmp_path, KEYS, train_votes=votes)
    with pytest.raises(TrainingError, match="does not say which paintings"):
        read_provenance(tmp_path)


def test_a_model_that_does_not_say_what_it_learned_from_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"does not say which paintings.*moodseum train --overwrite"):
        read_provenance(tmp_path)
    write_model(tmp_path, KEYS, train_viewers=None)
    (tmp_path / FILE).write_text("garbage\n")
    with pytest.raises(TrainingError, match="no list of paintings"):
        read_provenance(tmp_path)


def test_a_list_of_other_paintings_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path, ["Cubism/x_d", *KEYS[1:]])
    with pytest.raises(TrainingError, match="not the one it was trained with"):
        read_provenance(tmp_path)


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
    exam = make_exam([[2, 1], [0, 3]], [4, 4])
    np.testing.assert_allclose(exam.fractions, [[0.5, 0.25], [0, 0.75]])
    overall = found(exam.fractions, exam, 0.25, OVERALL)
    for name in ("kl", "ece", "brier"):
        assert overall[name].value == pytest.approx(0, abs=1e-9)
    assert found(exam.fractions, exam, 0.25, WITHIN_STYLE) == {}


def test_as_answers_something_else_is_a_word_like_the_others() -> None:
    # two words and something else: fractions 3/5 1/5 1/5 and 1/5 1/5 3/5, chances 1/2 1/4 1/4 for both
    exam = make_exam([[3, 1], [1, 1]], [5, 5])
    scores = np.array([[0.5, 0.25], [0.5, 0.25]])
    assert found(scores, exam, 0.25, OVERALL)["accuracy_dominant"].value == 1
    answers = found(scores, exam, 0.25, ANSWERS)
    assert answers["accuracy_dominant"].value == pytest.approx(1 / 2)
    assert answers["brier"].value == pytest.approx((0.01 + 0.0025 + 0.0025 + 0.09 + 0.0025 + 0.1225) / 2)
    assert answers["kl"] == found(scores, exam, 0.25, OVERALL)["kl"]


def test_an_answer_that_nobody_gives_and_nobody_expects_is_left_out() -> None:
    exam = make_exam([[4, 1], [2, 3]], [5, 5])
    scores = np.array([[0.7, 0.3], [0.7, 0.3]])
    # one bin for each word: means .7 and .3 against .6 and .4
    assert found(scores, exam, 0, ANSWERS)["ece"].value == pytest.approx(0.1)


def test_where_viewers_may_name_several_words_there_is_no_choice_to_be_right_about() -> None:
    exam = make_exam([[4, 5], [1, 4]], [5, 5], one_answer_each=False)
    overall = found(exam.fractions, exam, 0, OVERALL)
    assert math.isnan(overall["accuracy_dominant"].value)
    assert overall["brier"].value == 0
    assert found(exam.fractions, exam, 0, ANSWERS) == {}


def test_a_word_that_gets_no_chance_at_all_leaves_the_divergence_undefined() -> None:
    exam = drawn_exam()
    never = np.tile([0.5, 0.0], (40, 1))
    assert math.isnan(found(never, exam, 0.5, OVERALL)["kl"].value)
    assert found(never, exam, 0.5, OVERALL)["brier"].value > 0


def test_who_gives_no_answer_any_chance_is_not_measured_by_answers() -> None:
    exam, nothing = drawn_exam(), np.zeros((40, 2))
    assert np.isnan(as_distribution(nothing, 0)).all()
    assert found(nothing, exam, 0, ANSWERS) == {}
    assert found(nothing, exam, 0, OVERALL)["brier"].value > 0


def test_what_only_tells_styles_apart_is_worth_nothing_within_them() -> None:
    rng = np.random.default_rng(0)
    draws = rng.binomial(5, np.tile([0.8, 0.2], 40))
    exam = make_exam(np.column_stack([draws, 5 - draws]), np.full(80, 5), styles=("A", "B"))
    assert list(exam.styles(LEAST_IN_STYLE)) == ["A", "B"]
    scores = np.tile([[0.8, 0.2], [0.2, 0.8]], (40, 1))
    assert found(scores, exam, 0, OVERALL)["spearman"].low > 0.6
    within = found(scores, exam, 0, WITHIN_STYLE)
    assert within["spearman"].value == 0
    assert within["auroc_any_vote"].value == pytest.approx(0.5)


def test_small_styles_are_not_counted() -> None:
    assert drawn_exam(LEAST_IN_STYLE - 1).styles(LEAST_IN_STYLE) == {}


def test_a_correlation_is_told_as_a_part_of_what_votes_allow() -> None:
    assert of_ceiling(Figure(0.3, 0.2, 0.4), 0.5) == Figure(0.6, 0.4, 0.8)
    assert math.isnan(of_ceiling(Figure(0.3, 0.2, 0.4), math.nan).value)


def test_every_word_is_told_of_by_itself() -> None:
    papers = make_papers(drawn_exam(), seen=(True, False))
    evaluation = assess(papers)
    assert (evaluation.seen, evaluation.unseen) == (("awe",), ("fear",))
    awe, fear = evaluation.words
    assert (awe.word, awe.seen, fear.seen) == ("awe", True, False)
    assert awe.named == pytest.approx(papers.exam.votes[:, 0].mean() / 5)
    trained = evaluation.standings[0].overall
    for name in ("spearman", "auroc_any_vote", "ndcg_at_100", "ece"):
        both = awe.figures[name].value + fear.figures[name].value
        assert trained[name].value == pytest.approx(both / 2)


def test_seen_and_unseen_words_are_told_of_by_themselves() -> None:
    alike = assess(make_papers(drawn_exam()))
    assert list(alike.trust) == ["seen"]
    assert alike.by_group == {}
    mixed = assess(make_papers(drawn_exam(), seen=(True, False)))
    assert list(mixed.trust) == ["seen", "unseen"]
    awe, fear = (word.figures["auroc_any_vote"] for word in mixed.words)
    assert mixed.by_group["seen"]["auroc_any_vote"] == awe
    assert mixed.by_group["unseen"]["auroc_any_vote"] == fear
    harmonic = 2 * awe.value * fear.value / (awe.value + fear.value)
    assert mixed.by_group["harmonic"]["auroc_any_vote"].value == pytest.approx(harmonic)


def test_an_evaluation_says_why_a_figure_is_missing() -> None:
    papers = make_papers(drawn_exam(one_answer_each=False), seen=(True, False))
    evaluation = assess(papers)
    assert evaluation.confusion is None
    assert "several words" in evaluation.undefined["accuracy_dominant"]
    assert "no chance to new words" in evaluation.undefined["kl"]
    unclear = make_papers(make_exam([[1, 1], [2, 2]], [4, 4]))
    assert "no painting" in assess(unclear).undefined["accuracy_dominant"]


def test_one_painting_is_enough_to_measure_what_it_defines() -> None:
    evaluation = assess(make_papers(make_exam([[3, 1]], [5])))
    assert evaluation.standings[0].hubness is None
    assert math.isnan(evaluation.standings[0].overall["spearman"].value)
    assert evaluation.standings[0].overall["brier"].value > 0
