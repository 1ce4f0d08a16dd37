"""Paintings that look alike and feel otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from encoders.coherence import Array
from encoders.vectors import Vectors
from indexer.painting import Painting
from indexer.store.base import Hit, Store
from search_api.errors import QueryError
from search_api.limits import CONTRAST_POOL, MOST_HITS
from search_api.relating.anchors import Anchor
from search_api.relating.lexis import Lexis
from search_api.relating.typical import Typical
from search_api.relating.wanted import ANYTHING, Found, Wanted, nearest, ways_out

SHIFTS = 3
"""How many emotions of either kind are told of a contrast."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The coherence of one emotion for the picture asked about and for the painting that contrasts."""

    emotion: str
    here: float
    there: float


@dataclass(frozen=True, slots=True)
class ContrastHit:
    """One painting beside the picture asked about.

    `look` and `feeling` are cosines in [-1, 1], as `similar` has them. `lean` is the cosine of the two
    feelings as seen from the middle of the collection: 1 where both differ from a typical painting in the
    same way, -1 where in opposite ways.
    """

    painting: Painting
    look: float
    feeling: float
    lean: float
    more: tuple[Shift, ...]
    """The emotions that gain most from the one picture to the other, first the most."""
    less: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Contrast(Found):
    """What was contrasted, and the paintings that look like it, the most opposite feeling first."""

    of: Anchor
    hits: tuple[ContrastHit, ...]


def contrast(
    store: Store,
    lexis: Lexis,
    typical: Typical,
    anchor: Anchor,
    wanted: Wanted = ANYTHING,
    *,
    pool: int = CONTRAST_POOL,
) -> Contrast:
    """Of the `pool` paintings that look most like a picture those with the least `lean`.

    What looks alike mostly feels alike: where nothing opposite looks like the picture, the leans say so. A
    wider pool finds more opposite feelings in paintings that look less alike.

    Raises:
        QueryError: `pool` is out of range.
    """
    if not 1 <= pool <= MOST_HITS:
        raise QueryError(f"The pool of {pool} paintings is out of range; give 1 to {MOST_HITS}.")
    hits = nearest(
        lambda limit, where: store.search(anchor.look, space="look", limit=limit, where=where),
        wanted,
        [anchor],
        pool,
    )
    if not hits:
        return Contrast(anchor, (), where=wanted.where, relaxations=ways_out(store, wanted, [anchor], hits))
    feelings = store.vectors([hit.painting.id for hit in hits], "feeling")
    leans = typical.leans(feelings) @ typical.leans(anchor.feeling)
    best = np.argsort(leans, kind="stable")[: wanted.top_k]
    told = _told(lexis, anchor, [hits[place] for place in best], feelings[best], leans[best].tolist())
    return Contrast(anchor, told, where=wanted.where)


def _told(
    lexis: Lexis, anchor: Anchor, hits: Sequence[Hit], feelings: Vectors, leans: Sequence[float]
) -> tuple[ContrastHit, ...]:
    similarities = (feelings @ anchor.feeling).tolist()
    here, *there = lexis.coherences(np.vstack([anchor.feeling, feelings]))
    return tuple(
        ContrastHit(hit.painting, hit.similarity, similarity, lean, *_shifts(lexis, here, chances))
        for hit, similarity, lean, chances in zip(hits, similarities, leans, there, strict=True)
    )


def _shifts(lexis: Lexis, here: Array, there: Array) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """The emotions that gain most, and those that lose most; none that does neither."""
    gains = there - here
    order = np.argsort(-gains, kind="stable")
    more = [place for place in order[:SHIFTS] if gains[place] > 0]
    less = [place for place in order[::-1][:SHIFTS] if gains[place] < 0]
    return tuple(_shift(lexis, here, there, place) for place in more), tuple(
        _shift(lexis, here, there, place) for place in less
    )


def _shift(lexis: Lexis, here: Array, there: Array, place: int) -> Shift:
    return Shift(lexis.readings[place].word, float(here[place]), float(there[place]))
