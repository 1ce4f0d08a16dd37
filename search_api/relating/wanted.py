"""Which paintings are wanted beside those asked about, and what is in the way where none is found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from indexer.store.base import EVERYTHING, Filter, Hit, Store
from search_api.answer import Relaxation
from search_api.answering.deepening import first_passing, firsts
from search_api.answering.relaxing import relaxations
from search_api.limits import TOP_K, check_top_k
from search_api.relating.anchors import Anchor

Ask = Callable[[int, Filter], list[Hit]]
"""The so many best that pass a filter, best first; asking for more never changes what comes first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paintings may answer, and how many of them; never those that are asked about.

    Of paintings that look all but the same only the nearest answers if they are to be folded, and then none
    answers that looks all but the same as one asked about.

    Raises:
        QueryError: `top_k` is out of range.
    """

    where: Filter = EVERYTHING
    top_k: int = TOP_K
    fold: bool = False

    def __post_init__(self) -> None:
        check_top_k(self.top_k)

    def besides(self, anchors: Sequence[Anchor]) -> Filter:
        """The filter, narrowed to paintings that are none of the anchors."""
        ids = tuple(anchor.id for anchor in anchors if anchor.id is not None)
        return replace(self.where, without_ids=(*self.where.without_ids, *ids))


ANYTHING = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What every answer tells besides its hits."""

    where: Filter = EVERYTHING
    """The filter that they had to pass, with the values of the index."""
    relaxations: tuple[Relaxation, ...] = ()
    """Only where no painting answers: what to let go, the most rewarding first."""


def nearest(ask: Ask, wanted: Wanted, anchors: Sequence[Anchor], limit: int | None = None) -> list[Hit]:
    """The first of a ranking that are wanted: `limit` of them, or `top_k`."""
    most, where = limit or wanted.top_k, wanted.besides(anchors)
    if not wanted.fold:
        return ask(most, where)
    met = {anchor.kind for anchor in anchors}
    return first_passing(lambda depth: ask(depth, where), most, lambda hits: firsts(hits, met))


def ways_out(
    store: Store, wanted: Wanted, anchors: Sequence[Anchor], hits: Sequence[Hit]
) -> tuple[Relaxation, ...]:
    """What to let go of where nothing was found; where paintings pass, they are copies folded away."""
    if hits:
        return ()
    where = wanted.besides(anchors)
    if passing := store.count(where):
        return (Relaxation(("fold",), where, passing),)
    return relaxations(store, where, passing, answered=False)
