"""Paintings that look or feel like another."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from indexer.painting import Painting
from indexer.store.base import EVERYTHING, Filter, Hit, Space, Store
from search_api.answering.deepening import first_passing, firsts
from search_api.limits import TOP_K, check_top_k
from search_api.relating.anchors import Anchor, without


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One painting, and how like it is: the cosine in [-1, 1] of the two looks or of the two feelings.

    That is no coherence: it says how near two pictures are, not how surely anybody feels anything.
    """

    painting: Painting
    similarity: float


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Of what neighbours were looked for, in which space, and those found, nearest first."""

    of: Anchor
    space: Space
    hits: tuple[Neighbour, ...]


def similar(
    store: Store,
    anchor: Anchor,
    *,
    by: Space = "look",
    where: Filter = EVERYTHING,
    top_k: int = TOP_K,
    fold: bool = False,
) -> Neighbourhood:
    """The `top_k` paintings nearest to a picture by look or by feeling, without the picture itself.

    Of paintings that look all but the same only the nearest answers if they are to be folded, and then
    none answers that looks all but the same as the picture itself.

    Raises:
        QueryError: `top_k` is out of range.
    """
    check_top_k(top_k)
    where = without(where, [anchor])
    hits = nearest(
        lambda limit: store.search(anchor.vector(by), space=by, limit=limit, where=where),
        top_k,
        [anchor.kind] if fold else None,
    )
    return Neighbourhood(anchor, by, tuple(Neighbour(hit.painting, hit.similarity) for hit in hits))


def nearest(
    ask: Callable[[int], list[Hit]], wanted: int, folded: Collection[str | None] | None = None
) -> list[Hit]:
    """The first `wanted` of a ranking, which `ask` gives to any depth.

    With `folded`, the kinds that have been met already, at most one of each other kind is among them.
    """
    if folded is None:
        return ask(wanted)
    return first_passing(ask, wanted, lambda hits: firsts(hits, folded))
