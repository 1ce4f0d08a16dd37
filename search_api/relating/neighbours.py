"""Paintings that look or feel like another."""

from dataclasses import dataclass

from indexer.painting import Painting
from indexer.store.base import Space, Store
from search_api.relating.anchors import Anchor
from search_api.relating.wanted import ANYTHING, Found, Wanted, nearest, ways_out


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One painting, and how like it is: the cosine in [-1, 1] of the two looks or of the two feelings.

    That is no coherence: it says how near two pictures are, not how surely anybody feels anything.
    """

    painting: Painting
    similarity: float


@dataclass(frozen=True, slots=True)
class Neighbourhood(Found):
    """Of what neighbours were looked for, in which space, and those found, nearest first."""

    of: Anchor
    space: Space
    hits: tuple[Neighbour, ...]


def similar(store: Store, anchor: Anchor, wanted: Wanted = ANYTHING, *, by: Space = "look") -> Neighbourhood:
    """The paintings nearest to a picture by look or by feeling, without the picture itself."""
    hits = nearest(
        lambda limit, where: store.search(anchor.vector(by), space=by, limit=limit, where=where),
        wanted,
        [anchor],
    )
    return Neighbourhood(
        anchor,
        by,
        tuple(Neighbour(hit.painting, hit.similarity) for hit in hits),
        where=wanted.where,
        relaxations=ways_out(store, wanted, [anchor], hits),
    )
