"""Which words name feelings, to tell "joyful and nostalgic" from "love and war"."""

from collections.abc import Mapping
from functools import cache

from encoders.words.emotions import Emotion, vocabulary
from search_api.parsing.forms import Form, words_of

LONGEST_FEELING = 4
"""Words in the longest entries of the vocabulary, such as "joie de vivre"; a test holds it."""


def named_feeling(keys: Form) -> Emotion | None:
    """The last emotion of words that all name emotions: "sad", "quiet joy", "bitterly sad"; else None."""
    position, last = 0, None
    while position < len(keys):
        if found := feeling_at(keys, position):
            position += len(found)
            last = _feelings()[found][1]
        elif keys[position].endswith("ly"):
            position, last = position + 1, None
        else:
            return None
    return last


def feeling_at(keys: Form, start: int) -> Form | None:
    """The longest name of an emotion that begins at `start`."""
    windows = (keys[start:end] for end in range(min(len(keys), start + LONGEST_FEELING), start, -1))
    return next((window for window in windows if window in _feelings()), None)


def spelling(keys: Form) -> str | None:
    """How the vocabulary spells an emotion: ("light", "hearted") is "light-hearted"."""
    return _feelings()[keys][0] if keys in _feelings() else None


@cache
def one_word_feelings() -> Mapping[str, str]:
    """The feelings of one word, folded -> how the vocabulary spells them."""
    return {form[0]: text for form, (text, _) in _feelings().items() if len(form) == 1}


@cache
def _feelings() -> Mapping[Form, tuple[str, Emotion]]:
    forms: dict[Form, tuple[str, Emotion]] = {}
    for emotion in vocabulary().values():
        for text in (emotion.word, *emotion.synonyms):
            forms.setdefault(words_of(text), (text, emotion))
    return forms
