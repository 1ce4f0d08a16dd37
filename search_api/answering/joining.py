"""One filter of two: what a text says, and what was given beside it."""

from collections.abc import Callable, Mapping

from indexer.store.base import FacetField, Filter
from search_api.errors import QueryError, blame, quoted
from search_api.limits import EARLIEST, LATEST
from search_api.parsing.names import KnownValues

FIELD_OF: Mapping[str, FacetField] = {
    "style": "style",
    "artist": "artist",
    "genre": "genre",
    "without_style": "style",
    "without_artist": "artist",
    "without_genre": "genre",
}
"""What the values of each part of a filter are of."""


def join(said: Filter, given: Filter, known: KnownValues) -> Filter:
    """Alternatives within a field add up, so do exclusions, and years must fit both.

    The given values are matched like words of a text.

    Raises:
        QueryError: the index has no such value, or a given year is out of range, or they run backwards; the
            part is to blame.
    """
    _check_years(given.year_from, given.year_to)
    either = {name: _either(name, said, given, known) for name in FIELD_OF}
    return Filter(
        **either,
        year_from=_of_both(max, said.year_from, given.year_from),
        year_to=_of_both(min, said.year_to, given.year_to),
        without_ids=(*said.without_ids, *given.without_ids),
    )


def _check_years(first: int | None, last: int | None) -> None:
    for name, year in (("year_from", first), ("year_to", last)):
        with blame(name, QueryError):
            if year is not None and not EARLIEST <= year <= LATEST:
                raise QueryError(
                    f"The year {quoted(str(year))} is out of range; give {EARLIEST} to {LATEST}."
                )
    with blame("year_from", QueryError):
        if first is not None and last is not None and first > last:
            raise QueryError(f"The years {first} to {last} hold none; swap them.")


def _either(name: str, said: Filter, given: Filter, known: KnownValues) -> tuple[str, ...]:
    with blame(name, QueryError):
        resolved = [
            stored for value in getattr(given, name) for stored in known.names.resolve(FIELD_OF[name], value)
        ]
    return tuple(dict.fromkeys([*getattr(said, name), *resolved]))


def _of_both(stricter: Callable[[int, int], int], said: int | None, given: int | None) -> int | None:
    if said is None or given is None:
        return given if said is None else said
    return stricter(said, given)
