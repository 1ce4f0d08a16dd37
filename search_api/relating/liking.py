"""More like these and less like those: answers to likes and dislikes."""

from collections.abc import Sequence
from dataclasses import dataclass

from encoders.vectors import Vector
from indexer.store.base import Space, Store
from search_api.errors import QueryError, blame, quoted
from search_api.relating.anchors import Anchor
from search_api.relating.neighbours import Neighbour
from search_api.relating.wanted import ANYTHING, Found, Wanted, nearest, ways_out


@dataclass(frozen=True, slots=True)
class Liking(Found):
    """The space in which likes and dislikes were compared, and the paintings found, best first."""

    space: Space
    hits: tuple[Neighbour, ...]
    word: str | None = None
    """The feeling gone towards, as it was read."""


def more_like(
    store: Store,
    liked: Sequence[Anchor],
    disliked: Sequence[Anchor] = (),
    wanted: Wanted = ANYTHING,
    *,
    by: Space = "feeling",
    towards: Vector | None = None,
) -> Liking:
    """The paintings most like the liked ones and least like the disliked ones, best first, without either.

    A feeling to go `towards`, such as `Typical.as_painting` makes of a word, joins the liked ones. A hit's
    similarity is the mean of its cosines to what is liked and its negated cosines to what is not, as
    `Store.recommend` has it.

    Raises:
        QueryError: nothing was given, a painting is both liked and disliked, or a feeling is to be looked
            like.
    """
    anchors = (*liked, *disliked)
    if not anchors and towards is None:
        raise QueryError("Nothing was liked or disliked; give the id of a painting, or a word.")
    with blame("by", QueryError):
        if towards is not None and by == "look":
            raise QueryError("A word has no look; ask by feeling, or leave the word out.")
    with blame("disliked", QueryError):
        _check_apart(liked, disliked)
    positive = [*(anchor.vector(by) for anchor in liked), *([] if towards is None else [towards])]
    negative = [anchor.vector(by) for anchor in disliked]
    hits = nearest(
        lambda limit, where: store.recommend(positive, negative, space=by, limit=limit, where=where),
        wanted,
        anchors,
    )
    return Liking(
        by,
        tuple(Neighbour(hit.painting, hit.similarity) for hit in hits),
        where=wanted.where,
        relaxations=ways_out(store, wanted, anchors, hits),
    )


def _check_apart(liked: Sequence[Anchor], disliked: Sequence[Anchor]) -> None:
    ids = {anchor.id for anchor in liked}
    if both := [anchor for anchor in disliked if anchor.id in ids]:
        raise QueryError(f"The painting {quoted(both[0].name)} is both liked and disliked; leave one out.")
