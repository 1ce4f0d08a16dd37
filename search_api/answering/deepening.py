"""The first of a ranking that pass a sieve, when nobody knows how deep they lie."""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from indexer.painting import Painting


class Listed(Protocol):
    """What every hit has, whether it came from a store or was scored."""

    @property
    def painting(self) -> Painting: ...
    @property
    def duplicate_of(self) -> str | None: ...


H = TypeVar("H", bound=Listed)


def first_passing(
    ask: Callable[[int], Sequence[H]],
    wanted: int,
    sieve: Callable[[Iterable[H]], Iterable[H]],
    reach: int = sys.maxsize,
) -> list[H]:
    """The first `wanted` of the `reach` best that a sieve lets through; `ask` gives so many of the best.

    It is asked for twice as many until enough have passed, or it has no more.
    """
    limit = min(wanted, reach)
    while True:
        hits = ask(limit)
        passed = list(islice(sieve(hits), wanted))
        if len(passed) >= wanted or len(hits) < limit or limit == reach:
            return passed
        limit = min(2 * limit, reach)


def firsts(hits: Iterable[H], met: Collection[str | None] = ()) -> Iterator[H]:
    """Of paintings that look all but the same the first; a kind goes by the id of its first painting.

    None is of a kind that was `met` before.
    """
    known = set(met)
    for hit in hits:
        kind = hit.duplicate_of or hit.painting.id
        if kind not in known:
            known.add(kind)
            yield hit
