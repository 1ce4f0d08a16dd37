"""Words that name no feeling by themselves: degrees of nothing, and numbers that are no years."""

from search_api.parsing.clauses import Words, is_filler, past_fillers
from search_api.parsing.degrees import QUALITIES, degree_at, read_degrees
from search_api.parsing.denials import denial_at
from search_api.parsing.feeling_words import named_feeling
from search_api.parsing.forms import Form
from search_api.parsing.periods import BOUNDS
from search_api.parsing.text import keys

DATING = frozenset({word for bound in BOUNDS for word in bound.split()} - {"of", "about"} | {"the", "year"})
"""What stands before a year: "in the year 99999"."""
ARTICLES = frozenset({"a", "an", "the"})
SHORTEST_DATE = 3
"""Digits of a number that may be meant for a year: "in 500", but not "ready in 10"."""


def only_grades(words: Words) -> bool:
    """Whether words say how much, and not of what: "very", "not very", "a bit"; but "intense" says both."""
    said = words[past_fillers(words) :]
    while said and is_filler(said[-1]):
        said = said[:-1]
    folded = tuple(key for key in keys(said) if key not in ARTICLES)
    place, graded = 0, False
    while form := denial_at(folded, place) or _mere_degree(folded, place):
        graded = graded or denial_at(folded, place) is None
        place += len(form)
    return graded and place == len(folded)


def before_number(words: Words) -> int:
    """How many words stand before a number at the end that is no year, and before what dates it.

    A number that is behind no feeling and undated may belong to a phrase: "catch 22".
    """
    end = len(words)
    while end and words[end - 1].key.isdecimal():
        end -= 1
    if end == len(words):
        return end
    start = end
    while start and words[start - 1].key in DATING:
        start -= 1
    dated = start < end and len(words[end].key) >= SHORTEST_DATE
    return start if dated or not start or _feels(keys(words[:start])) else len(words)


def _feels(folded: Form) -> bool:
    """Whether words are one feeling, in whatever degree."""
    graded = folded[read_degrees(folded)[0] :]
    return any(named_feeling(said) for said in (folded, graded))


def _mere_degree(folded: Form, start: int) -> Form | None:
    form = degree_at(folded, start)
    return None if form in QUALITIES else form
