r"""Reading dates: "1890", "1914-18", "the late 1890s", "16th and 17th century".

The nth century is the years 100(n-1)+1 to 100n, as historians of art count: the 19th is 1801-1900. The 1890s
are 1890-1899 and the 1800s 1800-1899. "Early", "mid" and "late" are thirds. A number is a year from 1001 to
2099.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search_api.errors import QueryError
from search_api.parsing.forms import words_of
from search_api.parsing.years import Years

ORDINALS = words_of(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)

YEAR = r"(?:1(?!000)\d{3}|20\d\d)(?!\d)"
SHORT = rf"{YEAR}[-\u2013/]\d\d(?!\d)"
DECADE = r"(?:1\d|20)\d0['\u2019]?s"
ORDINAL = rf"(?a:[1-9]\d?(?:st|nd|rd|th)|{'|'.join(reversed(ORDINALS))})"
CENTURY = r"(?:[\s-]+(?:centur(?:y|ies)|cent\b|c\b)\.?(?:['\u2019]s)?)"
PART = r"(?:(?:early|mid)[\s-]+to[\s-]+(?:mid|late)|early|mid|late|(?:first|second)[\s-]+half[\s-]+of)"
IN_PART = rf"(?:the[\s-]+)?(?:{PART}[\s-]+(?:the[\s-]+)?)?"
LINK = r"(?:\s*[-\u2013\u2014,/&]\s*|,?\s+(?:to|until|till|through|and|or)\s+)"
NTH = rf"{ORDINAL}(?:{CENTURY}|(?={LINK}{IN_PART}{ORDINAL}))"
DATE = rf"{IN_PART}(?:{SHORT}|{DECADE}|{YEAR}|{NTH})"
DATES = rf"{DATE}(?:{LINK}{DATE})*"
"""One date, or several that links join; of ordinals in a row the last may count the centuries of all."""

ONE_DATE = re.compile(
    rf"(?:(?P<part>{PART})[\s-]+(?:the[\s-]+)?)?"
    rf"(?:(?P<short>{SHORT})|(?P<decade>{DECADE})|(?P<year>{YEAR})|(?P<ordinal>{ORDINAL})(?P<century>{CENTURY})?)",
    re.IGNORECASE,
)
LISTING = {"and", "or", "", "&", "/"}
"""Links between dates that a range may not stand for: "1880s and 1890s"."""


@dataclass(frozen=True, slots=True)
class Date:
    """The years of one date, and what joins it to the date before: "to", "and"; nothing for the first."""

    first: int
    last: int
    link: str


def read_dates(text: str) -> list[Date]:
    """The dates of a text that `DATES` matches; none where its ordinals count no century."""
    founds = list(ONE_DATE.finditer(text))
    if any(found["ordinal"] for found in founds) and not any(found["century"] for found in founds):
        return []
    ends = [0, *(found.end() for found in founds)]
    links = [text[end : found.start()] for end, found in zip(ends, founds, strict=False)]
    return [Date(*_span(found), _plain(link)) for found, link in zip(founds, links, strict=True)]


def joined(dates: Sequence[Date], *, ranging: bool) -> tuple[int, int]:
    """First and last year of several dates, of a list if they touch; `ranging`: "and" means "to".

    Raises:
        QueryError: they run backwards, or leave a gap.
    """
    first, last = dates[0].first, dates[0].last
    for date in dates[1:]:
        listed = date.link in LISTING and not ranging
        if date.last < first and not listed:
            raise QueryError(f"The years {first} to {date.last} hold none; swap them.")
        if listed and (date.first > last + 1 or date.last < first - 1):
            raise QueryError(
                f"The years {Years(first, last)} and {Years(date.first, date.last)} are two spans; "
                "ask for one at a time, or 'from' one 'to' the other."
            )
        first, last = min(first, date.first), max(last, date.last)
    return first, last


def _plain(link: str) -> str:
    return " ".join(word for word in link.casefold().split() if word != "the").strip(", ")


def _span(found: re.Match[str]) -> tuple[int, int]:
    """First and last year of one date."""
    if found["short"]:
        first = int(found["short"][:4])
        return first, first - first % 100 + int(found["short"][-2:])
    if found["year"]:
        return int(found["year"]), int(found["year"])
    if found["decade"]:
        first = int(found["decade"][:4])
        return _part(found["part"], first, 100 if first % 100 == 0 else 10)
    return _part(found["part"], 100 * (_count(found["ordinal"]) - 1) + 1, 100)


def _count(ordinal: str) -> int:
    digits = re.match(r"\d+", ordinal)
    return int(digits.group()) if digits else ORDINALS.index(ordinal.casefold()) + 1


def _part(part: str | None, first: int, length: int) -> tuple[int, int]:
    """Of `length` years from `first` on those that "early", "mid to late" or "second half of" leaves."""
    third, half = length // 3, length // 2
    parts = {
        "early": (0, third),
        "mid": (third, length - third),
        "late": (length - third, length),
        "first": (0, half),
        "second": (half, length),
    }
    named = [parts[word] for word in re.findall(r"[a-z]+", (part or "").casefold()) if word in parts]
    starts, ends = zip(*(named or [(0, length)]), strict=True)
    return first + min(starts), first + max(ends) - 1
