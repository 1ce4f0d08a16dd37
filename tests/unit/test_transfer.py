import numpy as np
import pytest

from trainer.evaluation.transfer import Rounds, compare

WORDS = ("awe", "fear", "joy")
RNG = np.random.default_rng(0)
FRACTIONS = RNG.multinomial(5, [1 / 3] * 3, 40) / 5
HELD_OUT = np.eye(3, dtype=bool)
PERFECT = np.stack([FRACTIONS] * 3)
BLIND = np.full_like(PERFECT, 1 / 3)


def test_rounds_that_know_only_what_they_were_trained_on_have_seen_but_not_unseen() -> None:
    rounds = Rounds(np.where(HELD_OUT[:, None], BLIND, PERFECT), HELD_OUT)
    found = compare(rounds, BLIND[0], FRACTIONS, WORDS)
    assert found.seen["spearman"].value == pytest.approx(1)
    assert found.unseen["spearman"].value == found.harmonic["spearman"].value == 0
    assert found.gain["auroc_any_vote"].value == pytest.approx(0)


def test_rounds_that_know_the_unseen_gain_on_the_untrained() -> None:
    found = compare(Rounds(PERFECT, HELD_OUT), BLIND[0], FRACTIONS, WORDS)
    for figures in (found.seen, found.unseen, found.harmonic):
        assert figures["spearman"].value == pytest.approx(1)
    assert found.untrained["auroc_any_vote"].value == pytest.approx(0.5)
    assert found.gain["auroc_any_vote"].value == pytest.approx(0.5)
    assert found.unseen["ece"].value == pytest.approx(0)


def test_each_word_is_measured_as_the_round_without_it_read_it() -> None:
    rounds = Rounds(np.where(HELD_OUT[:, None], PERFECT, BLIND), HELD_OUT)
    found = compare(rounds, BLIND[0], FRACTIONS, WORDS)
    assert found.held_out == (("awe",), ("fear",), ("joy",))
    for word in WORDS:
        assert found.by_word[word]["spearman"].value == pytest.approx(1)
    assert found.seen["spearman"].value == 0


def test_a_gain_is_surer_than_the_two_figures_it_comes_from() -> None:
    noise = RNG.normal(0, 0.2, FRACTIONS.shape)
    chances = np.stack([FRACTIONS + noise] * 3)
    found = compare(
        Rounds(chances.clip(0, 1), HELD_OUT), (FRACTIONS + 1.1 * noise).clip(0, 1), FRACTIONS, WORDS
    )
    gain, unseen = found.gain["spearman"], found.unseen["spearman"]
    assert gain.high - gain.low < unseen.high - unseen.low
