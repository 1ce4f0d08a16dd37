"""One answer for paintings that look all but the same."""

from collections.abc import Iterable

from encoders.vectors import Vector
from indexer.store.base import Filter, Hit, Store


def search_folded(store: Store, vector: Vector, *, limit: int, where: Filter) -> list[Hit]:
    """As `Store.search`, but of near-duplicates only the most similar is a hit."""
    wanted = limit
    while True:
        hits = store.search(vector, limit=wanted, where=where)
        folded = _firsts(hits)
        if len(folded) >= limit or len(hits) < wanted:
            return folded[:limit]
        wanted *= 2


def _firsts(hits: Iterable[Hit]) -> list[Hit]:
    """The first hit of each kind; a kind goes by the id of its first painting."""
    kinds: dict[str, Hit] = {}
    for hit in hits:
        kinds.setdefault(hit.duplicate_of or hit.painting.id, hit)
    return list(kinds.values())
