from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.small_data import fit_small
from trainer.calibration.trust import COHERENCE, PER_EMOTION, RESCALED_COSINE
from trainer.dataset.training_data import TrainingData
from trainer.fitting.model import Fitted
from trainer.fitting.validation import CHECKED, validate

WORDS = ("awe", "fear", "calm", "joy", "rage")


@pytest.fixture(scope="module")
def learned(tiny_clip: Path) -> tuple[Fitted, TrainingData]:
    return fit_small(tiny_clip, WORDS)


def test_both_kinds_of_words_are_checked_on_every_scale(learned: tuple[Fitted, TrainingData]) -> None:
    found = validate(*learned)
    assert found.check.paintings == 40
    assert sorted(found.check.held_out) == sorted(WORDS)
    for tables, errors in ((found.seen, found.check.seen), (found.unseen, found.check.unseen)):
        assert tables is not None
        assert list(errors) == [COHERENCE, RESCALED_COSINE, PER_EMOTION]
        assert {its.shape for its in (*tables.chances.values(), tables.fractions)} == {(40, 5)}
        assert errors[COHERENCE].ece.value < errors[RESCALED_COSINE].ece.value


def test_the_words_of_a_turn_stand_beside_their_own_votes(learned: tuple[Fitted, TrainingData]) -> None:
    fitted, data = learned
    unseen = validate(fitted, data).unseen
    assert unseen is not None
    columns = [column for turn in fitted.rotation.turns for column in turn.columns]
    np.testing.assert_array_equal(unseen.fractions, data.counts[:40, columns] / 6)


def test_no_painting_is_calibrated_by_its_own_votes(learned: tuple[Fitted, TrainingData]) -> None:
    fitted, data = learned
    counts = data.counts.copy()
    counts[0] = 0
    before, after = (validate(fitted, its).seen for its in (data, replace(data, counts=counts)))
    np.testing.assert_array_equal(before.chances[COHERENCE][0], after.chances[COHERENCE][0])
    assert (before.chances[COHERENCE][1] != after.chances[COHERENCE][1]).any()


def test_a_painting_without_viewers_is_left_out(learned: tuple[Fitted, TrainingData]) -> None:
    fitted, data = learned
    viewers, counts = data.viewers.copy(), data.counts.copy()
    viewers[3], counts[3] = 0, 0
    found = validate(fitted, replace(data, viewers=viewers, counts=counts))
    assert found.check.paintings == 39
    assert np.isfinite(found.check.seen[COHERENCE].ece.value)


def test_without_any_viewer_nothing_is_checked(learned: tuple[Fitted, TrainingData]) -> None:
    fitted, data = learned
    nobody = replace(data, viewers=0 * data.viewers, counts=0 * data.counts)
    assert validate(fitted, nobody).check.seen == {}


def test_where_no_word_was_held_out_only_seen_words_are_checked(tiny_clip: Path) -> None:
    found = validate(*fit_small(tiny_clip, WORDS[:2]))
    assert (found.unseen, found.check.unseen, found.check.held_out) == (None, {}, ())
    assert found.check.seen[COHERENCE].ece.value < 0.5


def test_of_a_great_many_paintings_some_are_checked(learned: tuple[Fitted, TrainingData]) -> None:
    fitted, data = learned
    times = CHECKED // 40 + 1
    rows = np.tile(np.arange(40), times)
    many = replace(data, split=replace(data.split, held_out=rows))
    turns = tuple(
        replace(
            turn,
            similarities=np.tile(turn.similarities, (times, 1)),
            votes=np.tile(turn.votes, (times, 1)),
            viewers=np.tile(turn.viewers, times),
        )
        for turn in fitted.rotation.turns
    )
    more = replace(
        fitted,
        done=replace(fitted.done, feelings=np.tile(fitted.done.feelings, (times, 1))),
        rotation=replace(fitted.rotation, turns=turns),
    )
    assert validate(more, many).check.paintings == CHECKED
