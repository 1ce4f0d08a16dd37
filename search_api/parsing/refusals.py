"""Turning filters into exclusions: "not Cubist", "except portraits", "no portraits or landscapes"."""

from collections.abc import Sequence
from dataclasses import replace

from search_api.parsing.clauses import Words, is_filler
from search_api.parsing.denials import LONGEST_DENIAL, MILD_DENIALS, denial_at
from search_api.parsing.spans import Span
from search_api.parsing.text import broken, keys
from search_api.parsing.words import JOINERS
from search_api.parsing.years import beyond

ALTERNATIVE, ADDITION, COMMA = "or", "and", ","
LINKS = {"or": ALTERNATIVE, "nor": ALTERNATIVE, "and": ADDITION, "&": ADDITION}


def refuse(text: str, runs: Sequence[Words], filters: Sequence[Span]) -> tuple[list[Words], list[Span]]:
    """Apply each denial at the end of a run to the filter, or the written-out feeling, after it.

    It goes on over "or", and over "and" and commas to names of the same field. The runs come back without
    their denials, which stand among the filters, each before its own.

    Raises:
        QueryError: years in the middle are to be left out.
    """
    left, found, denied = list(runs), list[Span](), False
    for place, span in enumerate(filters):
        left[place], denial = _split(runs[place])
        denied = bool(denial) or (denied and _goes_on(text, runs, filters, place))
        found += [Span("denial", denial)] * bool(denial) + [_refused(span) if denied else span]
    return left, found


def _split(run: Words) -> tuple[Words, Words]:
    """A run without the denial at its end, and that denial with the fillers behind it: "not by"."""
    folded, end = keys(run), len(run)
    while True:
        for start in range(max(0, end - LONGEST_DENIAL), end):
            form = denial_at(folded, start)
            if form and start + len(form) == end and form not in MILD_DENIALS:
                return run[:start], run[start:]
        if end == 0 or not is_filler(run[end - 1]):
            return run, ()
        end -= 1


def _refused(span: Span) -> Span:
    if span.role == "years":
        return replace(span, years=beyond(span.years))
    return replace(span, weight=-abs(span.weight)) if span.role == "feeling" else replace(span, refused=True)


def _goes_on(text: str, runs: Sequence[Words], filters: Sequence[Span], place: int) -> bool:
    """Whether what is said of the filter before `place` holds for the one at `place` too."""
    before, here = filters[place - 1], filters[place]
    link = _link(text, runs, filters, place)
    if link == ALTERNATIVE:
        return True
    if link is None or before.role != here.role:
        return False
    if link == ADDITION:
        return True
    return place + 1 < len(filters) and _goes_on(text, runs, filters, place + 1)


def _link(text: str, runs: Sequence[Words], filters: Sequence[Span], place: int) -> str | None:
    """What joins the filter at `place` to the one before: a word, a comma, or nothing."""
    before, run, here = filters[place - 1].words, runs[place], filters[place].words
    if not all(is_filler(word) or (word.key,) in JOINERS for word in run):
        return None
    links = [LINKS[word.key] for word in run if word.key in LINKS]
    if links or any(word.key == "but" for word in run):
        return links[0] if links else None
    return COMMA if broken(text, before[-1], (*run, *here)[0]) else None
