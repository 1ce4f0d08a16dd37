r"""Reading years: "before 1900", "19th-century", "from 1880 to 1900", "the late 1890s", "circa 1900".

The nth century is the years 100(n-1)+1 to 100n, as historians of art count: the 19th is 1801-1900. The 1890s
are 1890-1899 and the 1800s 1800-1899. "Early", "mid" and "late" are thirds. "Circa" allows five years on
either side. "Before" and "after" leave the year itself out, "until" and "since" keep it. A number is a year
from 1001 to 2099.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_api.errors import QueryError, quoted
from search_api.parsing.forms import words_of

CIRCA = 5
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
LINK = r"(?:\s*[-\u2013\u2014,/&]\s*|,?\s+(?:to|until|till|through|and|or)\s+)"
LATE = rf"(?:the[\s-]+)?(?:{PART}[\s-]+(?:the[\s-]+)?)?"
NTH = rf"{ORDINAL}(?:{CENTURY}|(?={LINK}{LATE}{ORDINAL}))"
DATE = rf"{LATE}(?:{SHORT}|{DECADE}|{YEAR}|{NTH})"
BOUND = (
    r"before|pre|prior\s+to|earlier\s+than|until|till|up\s+to|to|by|no\s+later\s+than|after|post|later\s+than"
    r"|since|starting(?:\s+in)?|circa|around|about|approximately|roughly|ca?|~|between|from|in|during|of|dated"
)
ONWARD = r"\s+(?:onwards?|on|or\s+later|and\s+later|and\s+after(?!\s+(?:the\s+)?\d))\b"
BACKWARD = r"\s+(?:or|and)\s+(?:earlier|before)\b(?!\s+(?:the\s+)?\d)"
PERIOD = re.compile(
    rf"(?<![\w.~#$\u00a3\u20ac])(?:(?P<bound>{BOUND})[\s.-]*)?(?P<dates>{DATE}(?:{LINK}{DATE})*)(?!\w)"
    rf"(?:(?P<onward>{ONWARD})|(?P<backward>{BACKWARD}))?",
    re.IGNORECASE,
)
ONE_DATE = re.compile(
    rf"(?:(?P<part>{PART})[\s-]+(?:the[\s-]+)?)?"
    rf"(?:(?P<short>{SHORT})|(?P<decade>{DECADE})|(?P<year>{YEAR})|(?P<ordinal>{ORDINAL})(?P<century>{CENTURY})?)",
    re.IGNORECASE,
)
OPEN = re.compile(r"(?P<first>\d{1,4})?\s*[-\u2013]\s*(?P<last>\d{1,4})?|(?P<only>\d{1,4})")

BEFORE = {"before", "pre", "prior to", "earlier than"}
UNTIL = {"until", "till", "up to", "to", "by", "no later than"}
AFTER = {"after", "post", "later than"}
SINCE = {"since", "starting", "starting in"}
ABOUT = {"circa", "around", "about", "approximately", "roughly", "c", "ca", "~"}


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years, both ends inclusive; None leaves an end open."""

    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        if self.first is None:
            return f"up to {self.last}"
        if self.last is None:
            return f"from {self.first}"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


ANY_YEAR = Years()


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
        dates = _dates(found["dates"])
        if dates:
            yield Period(_bounded(found, dates), *found.span())


def read_years(text: str) -> Years:
    """The years of a written-out filter: "1880-1900", "1890", "1880-", "-1900", "1890s", "19th century".

    Raises:
        QueryError: the text names no years, or years that hold none.
    """
    if (found := OPEN.fullmatch(text.strip())) and any(found.groups()):
        first = _end(found["first"] or found["only"])
        last = _end(found["last"] or found["only"])
        if first is None or last is None or last >= 100 or first < 1000:
            return meet(Years(first), Years(None, last))
    periods = list(find_periods(text))
    if len(periods) != 1 or text.strip() != text[periods[0].start : periods[0].end].strip():
        raise QueryError(f"The years {quoted(text)} are not understood; give them as in year:1880-1900.")
    return periods[0].years


def _end(digits: str | None) -> int | None:
    return int(digits) if digits else None


def meet(one: Years, other: Years) -> Years:
    """The years in both spans.

    Raises:
        QueryError: there are none.
    """
    first = max((end for end in (one.first, other.first) if end is not None), default=None)
    last = min((end for end in (one.last, other.last) if end is not None), default=None)
    if first is not None and last is not None and first > last:
        raise QueryError(f"The years {first} to {last} hold none; swap them.")
    return Years(first, last)


def beyond(years: Years) -> Years:
    """The years outside a span that is open at one end: "not before 1900".

    Raises:
        QueryError: what is left would be two spans.
    """
    if years.first is None and years.last is not None:
        return Years(years.last + 1)
    if years.last is None and years.first is not None:
        return Years(None, years.first - 1)
    raise QueryError(f"The years {years} cannot be left out of the middle; ask for those before or after.")


@dataclass(frozen=True, slots=True)
class _Date:
    first: int
    last: int
    link: str
    """What joins it to the date before: "to", "and", ","; empty for the first."""


def _dates(text: str) -> list[_Date]:
    """The dates of a chain such as "16th and 17th century"; none where ordinals count no century."""
    founds = list(ONE_DATE.finditer(text))
    if any(found["ordinal"] for found in founds) and not any(found["century"] for found in founds):
        return []
    ends = [0, *(found.end() for found in founds)]
    links = [text[end : found.start()] for end, found in zip(ends, founds, strict=False)]
    return [_Date(*_span(found), _link(link)) for found, link in zip(founds, links, strict=True)]


def _link(between: str) -> str:
    return " ".join(word for word in between.casefold().split() if word != "the")


def _span(found: re.Match[str]) -> tuple[int, int]:
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


def _bounded(found: re.Match[str], dates: Sequence[_Date]) -> Years:
    bound = " ".join((found["bound"] or "").casefold().split())
    between = bound in {"between", "from"}
    first, last = _joined(dates, between=between)
    if bound in BEFORE:
        return Years(None, first - 1)
    if bound in UNTIL or found["backward"]:
        return Years(None, last)
    if bound in AFTER:
        return Years(last + 1)
    if bound in SINCE or found["onward"]:
        return Years(first)
    return Years(max(first - CIRCA, 1), last + CIRCA) if bound in ABOUT else Years(first, last)


def _joined(dates: Sequence[_Date], *, between: bool) -> tuple[int, int]:
    """One span of several dates: from the first to the last, or of such as touch each other."""
    first, last = dates[0].first, dates[0].last
    for date in dates[1:]:
        apart = date.link.strip(", ") in {"and", "or", "", "&", "/"} and not between
        if date.last < first and not apart:
            raise QueryError(f"The years {first} to {date.last} hold none; swap them.")
        if apart and (date.first > last + 1 or date.last < first - 1):
            raise QueryError(
                f"The years {Years(first, last)} and {Years(date.first, date.last)} are two spans; "
                "ask for one at a time, or 'from' one 'to' the other."
            )
        first, last = min(first, date.first), max(last, date.last)
    return first, last
