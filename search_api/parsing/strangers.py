"""Artists that an index lacks: "by Monet" is no part of a feeling, whether or not it has a Monet."""

from search_api.parsing.clauses import Words, is_filler
from search_api.parsing.degrees import read_degrees
from search_api.parsing.denials import FIRST_WORDS
from search_api.parsing.feeling_words import feeling_at
from search_api.parsing.names import is_cue
from search_api.parsing.spans import Span
from search_api.parsing.text import Word, broken, keys
from search_api.parsing.words import BEFALLING, JOINERS, MAKING, NOBODY, NOBODYS_ENDS

PARTICLES = frozenset(["da", "de", "del", "della", "der", "di", "du", "la", "le", "van", "von"])
LINKS = frozenset({"and", "or", "nor", "&"})
NAMELESS = frozenset({"anonymous", "unidentified", "unknown", "unnamed"})
ARTICLES = frozenset({"a", "an", "some", "the"})
TITLES = frozenset({"artist", "artists", "painter", "painters"})
LONGEST_SIGNATURE = 4
"""Words of a name that is written small."""


def stranger(text: str, words: Words, start: int, after: Span | None) -> Words:
    """The words of an unknown artist's name that begins here, or none; `after` is an artist one word before.

    Capitalised, it stands behind a small cue, or behind an artist and a small "and". Written small, it is
    all that stands between a cue and the end of the clause: "sad works by hockney", but "sad by the sea".
    """
    before = _before(words, start)
    if not before:
        return ()
    link, cued = before[-1], is_cue(before)
    due = (cued and link.text.islower()) or (after and link.text in LINKS)
    if due and (name := words[start : _end_of_name(words, start)]):
        return name
    if cued or (after and after.lacking and link.key in LINKS):
        return _signature(text, words, start)
    return ()


def _before(words: Words, start: int) -> Words:
    """The words before a name; those of "by an unknown artist" end with "by"."""
    if start > 1 and words[start].key in NAMELESS and words[start - 1].key in ARTICLES:
        return words[: start - 1]
    return words[:start]


def _end_of_name(words: Words, start: int) -> int:
    end = start
    while _is_of_name(words, end):
        end += 1
    return end


def _is_of_name(words: Words, place: int) -> bool:
    """Whether a capitalised name goes on here; also "van Gogh" begins with a capital."""
    while place < len(words) and words[place].key in PARTICLES:
        place += 1
    return place < len(words) and words[place].text[0].isupper() and _may_name(words, place)


def _signature(text: str, words: Words, start: int) -> Words:
    """A name behind its cue up to the end of its clause, unless something befalls: "haunted by ghosts"."""
    if start > 1 and _befalls(words, start):
        return ()
    end = start
    while end < len(words) and _may_name(words, end) and not _is_nobody(words[end]):
        end += 1
        if _ends(text, words, end):
            return words[start:end] if end - start <= LONGEST_SIGNATURE else ()
    return ()


def _is_nobody(word: Word) -> bool:
    return word.key in NOBODY or word.key.endswith(NOBODYS_ENDS)


def _befalls(words: Words, start: int) -> bool:
    """Whether "by" tells what does something to somebody, or how: "day by day"."""
    verb = words[start - 2].key
    return verb not in MAKING and (verb.endswith("ed") or verb in BEFALLING or verb == words[start].key)


def _ends(text: str, words: Words, end: int) -> bool:
    if end == len(words) or broken(text, words[end - 1], words[end]):
        return True
    key = words[end].key
    return (key,) in JOINERS or key in FIRST_WORDS or key in TITLES


def _may_name(words: Words, place: int) -> bool:
    """Whether a word may be one of a name: it says nothing of a feeling."""
    said = keys(words[place : place + 2])
    graded = read_degrees(said)[0] > 0
    says = is_filler(words[place]) or said[0] in FIRST_WORDS or (said[0],) in JOINERS
    return not (says or graded or feeling_at(keys(words), place))
