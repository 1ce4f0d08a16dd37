"""Misspelt feelings: "sernity", "melancoly" and "joyfull" are read as what they were to be.

A slip is letters doubled or not; or just one of these: a letter too few or too many, two neighbours that
changed places, a vowel for another, or c, s or z for another. The first and the last letter are never wrong.
Short feelings allow fewer slips, for too many other words lie one letter away; the English words that lie so
near to a feeling all the same are `LOOKALIKES`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from rapidfuzz.distance import OSA

from search_api.parsing.feeling_words import one_word_feelings
from search_api.parsing.slips import shelf, undouble
from search_api.parsing.text import Word
from search_api.parsing.words import LOOKALIKES

SHORTEST_SWAPPED, SHORTEST = 5, 7
"""Letters of a feeling in which letters may be doubled or swapped, and may be wrong in any other way."""
SOUNDS = str.maketrans("aeiouycz", "aaaaaass")
"""What is easily taken for each other becomes the same."""


def respelt(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, each misspelt feeling with what it was to be."""
    return tuple(map(_respelt, words))


def intended(key: str) -> str | None:
    """The folded feeling that a folded word misspells; None where it is spelt well or is another word."""
    if key in one_word_feelings() or key in LOOKALIKES:
        return None
    near = [
        (slips, feeling)
        for feeling in _shelves().get(shelf(key), ())
        if (slips := _slips(key, feeling)) is not None
    ]
    return min(near)[1] if near else None


def _respelt(word: Word) -> Word:
    feeling = intended(word.key)
    return replace(word, key=feeling, meant=one_word_feelings()[feeling]) if feeling else word


def _slips(key: str, feeling: str) -> int | None:
    """0 where only doubled letters differ, 1 for another slip; None where the two are different things."""
    if undouble(key) == undouble(feeling):
        return 0 if len(feeling) >= SHORTEST_SWAPPED else None
    if OSA.distance(key, feeling, score_cutoff=1) > 1:
        return None
    if sorted(key) == sorted(feeling):
        return 1 if len(feeling) >= SHORTEST_SWAPPED else None
    substituted = len(key) == len(feeling) and key.translate(SOUNDS) != feeling.translate(SOUNDS)
    return 1 if len(feeling) >= SHORTEST and not substituted else None


@cache
def _shelves() -> Mapping[str, list[str]]:
    """Feelings by their shelves, so that few are compared with a word."""
    shelves: defaultdict[str, list[str]] = defaultdict(list)
    for feeling in one_word_feelings():
        shelves[shelf(feeling)].append(feeling)
    return shelves
