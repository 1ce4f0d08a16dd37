import numpy as np
import numpy.typing as npt
import pytest

from tests.small_exam import make_exam
from trainer.evaluation.transfer import Turns, compare

WORDS = ("awe", "fear", "joy")
RNG = np.random.default_rng(0)
VOTES = RNG.multinomial(5, [1 / 3] * 3, 40)
EXAM = make_exam(VOTES, np.full(40, 5), WORDS)
HELD_OUT = np.eye(3, dtype=bool)
PERFECT = np.stack([EXAM.fractions] * 3)
BLIND = np.full_like(PERFECT, 1 / 3)


def turns(
    chances: npt.NDArray[np.float64],
    untrained: npt.NDArray[np.float64] = BLIND[0],
    held_out: npt.NDArray[np.bool_] = HELD_OUT,
) -> Turns:
    return Turns("m", EXAM, held_out, chances, cosines=chances / 10, untrained=untrained)


def test_rounds_that_know_only_what_they_were_trained_on_have_seen_but_not_unseen() -> None:
    found = compare(turns(np.where(HELD_OUT[:, None], BLIND, PERFECT)))
    assert found.seen["spearman"].value == pytest.approx(1)
    assert found.unseen["spearman"].value == found.harmonic["spearman"].value == 0
    assert found.gain["auroc_any_vote"].value == pytest.approx(0)


def test_rounds_that_know_the_unseen_gain_on_the_untrained() -> None:
    found = compare(turns(PERFECT))
    for figures in (found.seen, found.unseen, found.harmonic):
        assert figures["spearman"].value == pytest.approx(1)
    assert found.untrained["auroc_any_vote"].value == pytest.approx(0.5)
    assert found.gain["auroc_any_vote"].value == pytest.approx(0.5)
    assert found.unseen["ece"].value == pytest.approx(0)
    assert found.trust["unseen"]["coherence"].ece.value == pytest.approx(0)


def test_each_word_is_measured_as_the_round_without_it_read_it() -> None:
    found = compare(turns(np.where(HELD_OUT[:, None], PERFECT, BLIND)))
    assert found.held_out == (("awe",), ("fear",), ("joy",))
    for word in WORDS:
        assert found.by_word[word]["spearman"].value == pytest.approx(1)
    assert found.seen["spearman"].value == 0


def test_a_single_turn_speaks_of_its_own_words_only() -> None:
    knowing = np.where(HELD_OUT[1], PERFECT[0], BLIND[0])[None]
    found = compare(
        turns(knowing, untrained=np.where(HELD_OUT[1], BLIND[0], PERFECT[0]), held_out=HELD_OUT[[1]])
    )
    assert found.held_out == (("fear",),)
    assert list(found.by_word) == ["fear"]
    assert found.unseen["spearman"].value == found.by_word["fear"]["spearman"].value == pytest.approx(1)
    assert found.seen["spearman"].value == found.untrained["spearman"].value == 0


def test_a_gain_is_surer_than_the_two_figures_it_comes_from() -> None:
    noise = RNG.normal(0, 0.2, EXAM.fractions.shape)
    chances = np.stack([EXAM.fractions + noise] * 3)
    found = compare(turns(chances.clip(0, 1), (EXAM.fractions + 1.1 * noise).clip(0, 1)))
    gain, unseen = found.gain["spearman"], found.unseen["spearman"]
    assert gain.high - gain.low < unseen.high - unseen.low
