"""Artists that an index lacks: "by Monet" is no part of a feeling, whether or not it has a Monet."""

from search_api.parsing.clauses import Words, is_filler
from search_api.parsing.degrees import read_degrees
from search_api.parsing.denials import FIRST_WORDS
from search_api.parsing.feeling_words import feeling_at
from search_api.parsing.names import CUE
from search_api.parsing.text import keys

PARTICLES = frozenset(["da", "de", "del", "della", "der", "di", "du", "la", "le", "van", "von"])
LINKS = frozenset({"and", "or", "nor", "&"})


def stranger(words: Words, start: int, *, after_artist: bool) -> Words:
    """The words of an unknown artist's name that begins here, or none.

    They are capitalised, say nothing of a feeling, and stand behind a small "by", or behind an artist and a
    joining word.
    """
    if start == 0 or not _is_of_name(words, start):
        return ()
    before = words[start - 1]
    if before.text != CUE and not (after_artist and before.key in LINKS):
        return ()
    end = start
    while _is_of_name(words, end):
        end += 1
    return words[start:end]


def _is_of_name(words: Words, place: int) -> bool:
    """Whether a name goes on here; also "van Gogh" begins with a capital."""
    while place < len(words) and words[place].key in PARTICLES:
        place += 1
    if place == len(words) or not words[place].text[0].isupper():
        return False
    said = keys(words[place : place + 2])
    graded = read_degrees(said)[0] > 0
    return not (is_filler(words[place]) or said[0] in FIRST_WORDS or graded or feeling_at(keys(words), place))
