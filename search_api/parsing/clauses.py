"""Cutting the words between two filters at "and", at commas and at denials."""

from dataclasses import dataclass, replace

from search_api.parsing.degrees import read_degrees
from search_api.parsing.denials import FIRST_WORDS, MILD_DENIALS, PREPOSITIONS, denial_at
from search_api.parsing.feeling_words import feeling_at, named_feeling
from search_api.parsing.text import Word, broken, hyphened, keys
from search_api.parsing.words import FILLERS, JOINERS, LONGEST_JOINER

Words = tuple[Word, ...]

MOST_DENIALS = 2
"""As many in a row are understood, and cancel each other: "not without hope"."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that may be one feeling, and what stands before them."""

    words: Words = ()
    link: Words = ()
    """"and", "mixed with": what joins them to the clause before."""
    denial: Words = ()
    denied: bool = False
    mild: bool = False
    """Denied as "less" and "hardly" deny."""
    opens: bool = False
    """It is never a part of the phrase before it."""
    closed: bool = False
    """It ends with its last word: "-fear"."""
    filtered: bool = False
    """A filter stands before it."""


def cut_clauses(text: str, words: Words, *, filtered: bool = False) -> list[Clause]:
    """Cut at joining words, commas and denials; every word is in a clause, its link or its denial.

    `filtered` says that a filter stands before the words: "landscapes without people".
    """
    clauses, position = [Clause(filtered=filtered)], 0
    while position < len(words):
        here = clauses[-1]
        if words[position].refused:
            size = _compound(text, words, position)
            refused = Clause(words[position : position + size], denied=True, opens=True, closed=True)
            clauses += [refused, Clause()]
        elif denial := _denial(text, words, position, here):
            size = len(denial.denial)
            if here.words:
                clauses.append(denial)
            else:
                clauses[-1] = replace(
                    denial,
                    link=here.link,
                    denial=(*here.denial, *denial.denial),
                    denied=here.denied != denial.denied,
                )
        elif size := _joiner(text, words, position):
            clauses.append(Clause(link=words[position : position + size]))
        else:
            size = 1
            word = words[position]
            if here.words and broken(text, here.words[-1], word) and not _is_degree(here.words):
                clauses.append(Clause((word,)))
            else:
                clauses[-1] = replace(here, words=(*here.words, word))
        position += size
    return clauses


def is_filler(word: Word) -> bool:
    """Whether a word names no feeling, as "the" and an emoji name none."""
    return word.key in FILLERS or not any(letter.isalnum() for letter in word.text)


def past_fillers(words: Words, start: int = 0) -> int:
    """The place of the first word at or after `start` that is no filler."""
    return next((place for place in range(start, len(words)) if not is_filler(words[place])), len(words))


def _compound(text: str, words: Words, start: int) -> int:
    """How many words hang together by hyphens from `start` on."""
    end = start + 1
    while end < len(words) and hyphened(text, words[end - 1], words[end]):
        end += 1
    return end - start


def _joiner(text: str, words: Words, start: int) -> int:
    """The length of the longest joining phrase that begins here, or 0."""
    for end in range(min(len(words), start + LONGEST_JOINER), start, -1):
        if keys(words[start:end]) in JOINERS and not _hangs(text, words, start, end):
            return end - start
    return 0


def _hangs(text: str, words: Words, start: int, end: int) -> bool:
    """Whether a hyphen ties words to one of their neighbours: "up-and-down"."""
    before = start > 0 and hyphened(text, words[start - 1], words[start])
    return before or (end < len(words) and hyphened(text, words[end - 1], words[end]))


def _denial(text: str, words: Words, start: int, here: Clause) -> Clause | None:
    """The denial that begins here, where a feeling follows or it is plain that something is refused."""
    folded, end, times, mild = keys(words), start, 0, False
    if folded[start] not in FIRST_WORDS:
        return None
    while (
        times < MOST_DENIALS
        and (form := denial_at(folded, end))
        and not _hangs(text, words, end, end + len(form))
    ):
        end, times, mild = end + len(form), times + 1, mild or form in MILD_DENIALS
    if not times or not (_feels(words, end) or _contrasts(text, words, start, end, here)):
        return None
    return Clause(denial=words[start:end], denied=times % 2 == 1, mild=mild, opens=True)


def _feels(words: Words, start: int) -> bool:
    """Whether a feeling comes next, in whatever degree: "a bit sad", "bitterly sad"."""
    place = past_fillers(words, start)
    place = past_fillers(words, place + read_degrees(keys(words[place:]))[0])
    folded = keys(words)
    if place < len(folded) and folded[place].endswith("ly") and not feeling_at(folded, place):
        place += 1
    return feeling_at(folded, place) is not None


def _contrasts(text: str, words: Words, start: int, end: int, here: Clause) -> bool:
    """Whether a denial refuses whatever follows: after "but", a comma, a feeling, a filter or a denial."""
    if past_fillers(words, end) == len(words):
        return False
    after_but = not here.words and any(word.key == "but" for word in here.link)
    after_comma = start > 0 and broken(text, words[start - 1], words[start])
    after_denial = here.denied and bool(here.words)
    said = here.words[past_fillers(here.words) :]
    after_sense = named_feeling(keys(said)) is not None if said else here.filtered
    return (
        after_but or after_comma or after_denial or (keys(words[start:end]) in PREPOSITIONS and after_sense)
    )


def _is_degree(words: Words) -> bool:
    """Whether words are degrees alone: the first half of "very, very sad"."""
    said = keys(words[past_fillers(words) :])
    return bool(said) and read_degrees(said)[0] == len(said)
