"""Spans of years, and what is left where two of them meet or one is refused."""

from dataclasses import dataclass

from search_api.errors import QueryError


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
