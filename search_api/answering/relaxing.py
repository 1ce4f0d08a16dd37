"""What a filter costs: counts under it, and what letting go of it would give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import combinations

from indexer.store.base import FacetField, Filter, Store
from search_api.answer import FacetCount, Facets, Relaxation

YEARS: Mapping[str, tuple[str, ...]] = {
    "years": ("year_from", "year_to"),
    "year_from": ("year_from",),
    "year_to": ("year_to",),
}
IDS = "without_ids"
"""Nobody types it, so nobody needs to let go of it."""


def relaxations(store: Store, where: Filter, candidates: int, answered: bool) -> tuple[Relaxation, ...]:
    """What to let go of where no painting answers, the most rewarding first; nothing where one does.

    Where paintings pass the filters, it is the minimum coherence that none of them reaches. Else as few
    filters at a time as help: one if letting go of one gives any painting, else two, and so on.
    """
    if answered:
        return ()
    if candidates:
        return (Relaxation(("min_coherence",), where, candidates),)
    return _looser(store, where)


def _looser(store: Store, where: Filter) -> tuple[Relaxation, ...]:
    names = list(_names(where))
    for together in range(1, len(names) + 1):
        ways = [_without(where, chosen) for chosen in combinations(names, together) if _apart(chosen)]
        counted = [Relaxation(dropped, rest, store.count(rest)) for dropped, rest in ways]
        if helpful := [way for way in counted if way.paintings]:
            return tuple(sorted(helpful, key=lambda way: (-way.paintings, way.dropped)))
    return ()


def count_facets(store: Store, where: Filter) -> Facets:
    """How many of the paintings let through have each style, artist and genre."""
    return Facets(
        _counts(store, "style", where), _counts(store, "artist", where), _counts(store, "genre", where)
    )


def _counts(store: Store, field: FacetField, where: Filter) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(value, count) for value, count in store.facet(field, where).items())


def _names(where: Filter) -> Iterator[str]:
    """What a filter asks for; with two ends the years can be let go together or either end alone."""
    given = [name for name, value in asdict(where).items() if value not in ((), None) and name != IDS]
    yield from (name for name in given if name not in YEARS)
    ends = [name for name in given if name in YEARS]
    yield from ends
    if len(ends) == 2:
        yield "years"


def _apart(names: Sequence[str]) -> bool:
    """Whether no two of the names let go of the same."""
    return not ("years" in names and ({"year_from", "year_to"} & set(names)))


def _without(where: Filter, names: Sequence[str]) -> tuple[tuple[str, ...], Filter]:
    free = Filter()
    fields = [field for name in names for field in YEARS.get(name, (name,))]
    return tuple(names), replace(where, **{field: getattr(free, field) for field in fields})
