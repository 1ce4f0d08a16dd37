"""Slips of the pen: what the misspelt forms of a word have in common with it."""

import re
from functools import lru_cache


@lru_cache(maxsize=10_000)
def undouble(word: str) -> str:
    """Each run of a letter as one: whether letters are doubled tells no two words apart."""
    return re.sub(r"(.)\1+", r"\1", word)


def shelf(word: str) -> str:
    """The first and the last letter of a word, which no slip changes."""
    return word[:1] + word[-1:]
