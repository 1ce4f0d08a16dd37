"""Artists that an index lacks: "by Monet" is no part of a feeling, whether or not it has a Monet."""

from search_api.parsing.clauses import Words
from search_api.parsing.feeling_words import feeling_at
from search_api.parsing.names import CUE
from search_api.parsing.text import keys

PARTICLES = frozenset(["da", "de", "del", "della", "der", "di", "du", "la", "le", "van", "von"])
LINKS = frozenset({"and", "or", "nor", "&"})


def stranger(words: Words, start: int, *, after_artist: bool) -> Words:
    """The words of an unknown artist's name that begins here, or none.

    It is capitalised, is no emotion, and stands behind a small "by", or behind an artist and a joining word.
    """
    if start == 0 or not _is_capital(words, start) or feeling_at(keys(words), start):
        return ()
    before = words[start - 1]
    if before.text != CUE and not (after_artist and before.key in LINKS):
        return ()
    end = start
    while _is_capital(words, end) or (end < len(words) and words[end].key in PARTICLES):
        end += 1
    return words[start:end]


def _is_capital(words: Words, place: int) -> bool:
    """Also "van Gogh" begins with a capital."""
    while place < len(words) and words[place].key in PARTICLES:
        place += 1
    return place < len(words) and words[place].text[0].isupper()
