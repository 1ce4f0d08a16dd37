from collections.abc import Sequence

import numpy as np
import pytest

from encoders.backbone import load_backbone
from encoders.errors import WordError
from encoders.fake import FakeEncoder
from encoders.vectors import unit
from encoders.words.emotions import find, vocabulary
from encoders.words.no_feelings import EVERYDAY_WORDS, NO_FEELINGS, NONSENSE
from encoders.words.prompts import Prompts, clean_word
from search_api.answer import Match, WordMatch
from search_api.answering.loanwords import LOANWORDS
from search_api.answering.matching import Discriminant, Matcher, overall
from tests.matching_model import model_that_knows
from tests.word_kinds import FRESH, LOOKED_AT


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """One template, so that a thousand words are read in a moment."""
    return Matcher(model_that_knows(load_backbone("palette"), Prompts(("{word}",)), FRESH.all))


def share(matcher: Matcher, words: Sequence[str], *matches: Match) -> float:
    return np.mean([matcher.match(word) in matches for word in words]).item()


def test_most_feelings_that_no_list_knows_pass(matcher: Matcher) -> None:
    assert share(matcher, FRESH.feelings, "strong", "weak") > 0.75
    assert share(matcher, FRESH.feelings, "strong") > 0.65


def test_most_everyday_words_and_most_nonsense_match_nothing(matcher: Matcher) -> None:
    assert share(matcher, FRESH.everyday, "none") > 0.75
    assert share(matcher, FRESH.nonsense, "none") > 0.7
    assert share(matcher, FRESH.everyday, "strong") < 0.12
    assert share(matcher, FRESH.nonsense, "strong") < 0.15


@pytest.mark.parametrize("word", ["serenity", "joyful", "Weltschmerz", "saudade", "hygge", "sehnsucht"])
def test_feelings_of_the_vocabulary_and_borrowed_ones_are_strong_whatever_the_model(word: str) -> None:
    assert Matcher(FakeEncoder()).match(clean_word(word)) == "strong"


@pytest.mark.parametrize("word", ["invoice", "carburettor", "qwertzu"])
def test_what_is_no_feeling_matches_nothing(matcher: Matcher, word: str) -> None:
    assert matcher.match(word) == "none"


def test_a_phrase_around_a_feeling_is_a_weak_match_at_least() -> None:
    nearest = NearNothing()
    assert Matcher(nearest).match("invoice with joy") == "weak"
    assert Matcher(nearest).match("invoice with stamp") == "none"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("invoice with stamp and joy", "weak"),
        ("joy & invoice with stamp", "weak"),
        ("joy and dread", "strong"),
        ("band of joy", "strong"),
        ("joy and", "strong"),
    ],
)
def test_a_phrase_half_of_which_is_no_feeling_is_a_weak_match(text: str, match: Match) -> None:
    assert Matcher(NearWhatHoldsAFeeling()).match(text) == match


class NearWhatHoldsAFeeling(FakeEncoder):
    """Reads a text with a feeling in it as that feeling, and any other far from all of them."""

    def _word(self, word: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        held = any(find(part) for part in word.split())
        return unit(np.eye(self.feeling_size)[0 if held else 1] + super()._word(word) / 10)


class NearNothing(FakeEncoder):
    """Reads every text that is no feeling as the same, far from all feelings."""

    def _word(self, word: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return unit(np.eye(self.feeling_size)[0 if find(word) else 1] + super()._word(word) / 10)


def test_the_discriminant_parts_what_can_be_parted() -> None:
    rng = np.random.default_rng(0)
    feelings = unit(rng.normal([2, 0, 0], 0.3, (80, 3)))
    others = unit(rng.normal([0, 2, 0], 0.3, (60, 3)))
    made = Discriminant.between(feelings, others)
    feeling, other = (made.score(vector) for vector in unit([[1, 0, 0], [0, 1, 0]]))
    assert other < made.weak <= made.strong < feeling


def test_thresholds_are_what_words_left_out_of_the_fit_reach() -> None:
    rng = np.random.default_rng(1)
    feelings, others = unit(rng.normal(size=(12, 4))), unit(rng.normal(size=(9, 4)))
    made = Discriminant.between(feelings, others)
    left_out = [
        Discriminant.between(feelings, np.delete(others, place, axis=0)).score(others[place])
        for place in range(len(others))
    ]
    # Leaving one out here also changes how much each of the others counts, hence the tolerance.
    assert made.strong == pytest.approx(np.quantile(left_out, 0.96), abs=0.1)


def test_a_text_that_is_none_is_refused() -> None:
    with pytest.raises(WordError):
        Matcher(FakeEncoder()).match("!")


def asked(*matches: Match) -> list[WordMatch]:
    return [WordMatch("word", match) for match in matches]


def test_an_answer_matches_as_its_words_do() -> None:
    assert overall(asked("strong"), 99) == "strong"
    assert overall(asked("strong", "strong"), 99) == "strong"
    assert overall(asked("strong", "none"), 99) == "weak"
    assert overall(asked("weak"), 99) == "weak"
    assert overall(asked("none", "none"), 99) == "none"


def test_an_answer_without_paintings_or_with_none_better_than_chance_matches_nothing() -> None:
    assert overall(asked("strong"), None) == "none"
    assert overall(asked("strong"), 49.9) == "none"
    assert overall(asked("strong"), 50) == "strong"


def test_no_list_of_words_holds_what_another_holds() -> None:
    assert len(set(NO_FEELINGS)) == len(NO_FEELINGS) == len(EVERYDAY_WORDS) + len(NONSENSE)
    assert not [word for word in NO_FEELINGS if find(word) or clean_word(word) != word]
    held_out = (*LOOKED_AT.all, *FRESH.all)
    assert len(set(held_out)) == len(held_out)
    assert not set(held_out) & {*NO_FEELINGS, *LOANWORDS, *vocabulary()}
    assert not [word for word in held_out if find(word)]
    for kind in ("feelings", "everyday", "nonsense"):
        assert len(getattr(LOOKED_AT, kind)) + len(getattr(FRESH, kind)) >= 200
