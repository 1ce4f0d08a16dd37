"""Finding periods: "before 1900", "19th-century", "from 1880 to 1900", "1890 or later", "circa 1900".

"Circa" allows five years on either side. "Before" and "after" leave the year itself out, "until" and "since"
keep it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from search_api.errors import QueryError, quoted
from search_api.parsing.dates import DATES, joined, read_dates
from search_api.parsing.years import Years, meet

CIRCA = 5

Bound = Literal["before", "until", "after", "since", "circa", "range", "within"]
BOUNDS: Mapping[str, Bound] = {
    **dict.fromkeys(("before", "pre", "prior to", "earlier than", "older than"), "before"),
    **dict.fromkeys(("until", "till", "up to", "to", "by", "no later than"), "until"),
    **dict.fromkeys(
        ("after", "post", "later than", "newer than", "younger than", "more recent than"), "after"
    ),
    **dict.fromkeys(("since", "starting", "starting in"), "since"),
    **dict.fromkeys(("circa", "around", "about", "approximately", "roughly", "c", "ca", "~"), "circa"),
    **dict.fromkeys(("between", "from"), "range"),
    **dict.fromkeys(("in", "during", "of", "dated"), "within"),
}
"""What stands before dates, and what it makes of them."""
BOUND = "|".join(bound.replace(" ", r"\s+") for bound in BOUNDS)
ONWARD = r"\s+(?:onwards?|on|or\s+later|and\s+later|and\s+after(?!\s+(?:the\s+)?\d))\b"
BACKWARD = r"\s+(?:or|and)\s+(?:earlier|before)\b(?!\s+(?:the\s+)?\d)"
PERIOD = re.compile(
    rf"(?<![\w.~#$\u00a3\u20ac])(?:(?P<bound>{BOUND})[\s.-]*)?(?P<dates>{DATES})(?!\w)"
    rf"(?:(?P<onward>{ONWARD})|(?P<backward>{BACKWARD}))?",
    re.IGNORECASE,
)
WRITTEN = re.compile(r"(?P<first>\d{1,4})?\s*[-\u2013]\s*(?P<last>\d{1,4})?|(?P<only>\d{1,4})")


@dataclass(frozen=True, slots=True)
class Period:
    """Years that a text names, and where."""

    years: Years
    start: int
    end: int


def find_periods(text: str) -> Iterator[Period]:
    """All years that a text names, in order.

    Raises:
        QueryError: it asks for years that hold none, or for two spans of years at once.
    """
    if not any(letter.isdigit() for letter in text) and "centur" not in text.casefold():
        return
    for found in PERIOD.finditer(text):
        if dates := read_dates(found["dates"]):
            bound = _bound(found)
            yield Period(_bounded(bound, *joined(dates, ranging=bound == "range")), *found.span())


def read_years(text: str) -> Years:
    """The years of a written-out filter: "1880-1900", "1890", "1880-", "-1900", "1890s", "19th century".

    Raises:
        QueryError: the text names no years, or years that hold none.
    """
    if (found := WRITTEN.fullmatch(text.strip())) and any(found.groups()):
        first = _end(found["first"] or found["only"])
        last = _end(found["last"] or found["only"])
        if first is None or last is None or last >= 100 or first < 1000:  # not shortened, as 1880-85 is
            return meet(Years(first), Years(None, last))
    periods = list(find_periods(text))
    if len(periods) != 1 or text.strip() != text[periods[0].start : periods[0].end].strip():
        raise QueryError(f"The years {quoted(text)} are not understood; give them as in year:1880-1900.")
    return periods[0].years


def _end(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _bound(found: re.Match[str]) -> Bound:
    """What is made of dates, by what stands before or behind them."""
    bound = BOUNDS[" ".join((found["bound"] or "in").casefold().split())]
    if found["backward"] and bound != "before":
        return "until"
    return "since" if found["onward"] and bound not in {"before", "until", "after"} else bound


def _bounded(bound: Bound, first: int, last: int) -> Years:
    match bound:
        case "before":
            return Years(None, first - 1)
        case "until":
            return Years(None, last)
        case "after":
            return Years(last + 1)
        case "since":
            return Years(first)
        case "circa":
            return Years(max(first - CIRCA, 1), last + CIRCA)
        case _:
            return Years(first, last)
