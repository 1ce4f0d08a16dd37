"""More like these and less like those: answers to likes and dislikes."""

from collections.abc import Sequence

from encoders.vectors import Vector
from indexer.store.base import EVERYTHING, Filter, Space, Store
from search_api.errors import QueryError, blame, quoted
from search_api.limits import TOP_K, check_top_k
from search_api.relating.anchors import Anchor, without
from search_api.relating.neighbours import Neighbour, nearest


def more_like(
    store: Store,
    liked: Sequence[Anchor],
    disliked: Sequence[Anchor] = (),
    *,
    by: Space = "feeling",
    towards: Vector | None = None,
    where: Filter = EVERYTHING,
    top_k: int = TOP_K,
    fold: bool = False,
) -> tuple[Neighbour, ...]:
    """The paintings most like the liked ones and least like the disliked ones, best first, without either.

    A feeling to go `towards`, such as `Typical.as_painting` makes of a word, joins the liked ones. A hit's
    similarity is the mean of its cosines to what is liked and its negated cosines to what is not, as
    `Store.recommend` has it.

    Raises:
        QueryError: nothing was given, a painting is both liked and disliked, a feeling is to be looked like,
            or `top_k` is out of range.
    """
    check_top_k(top_k)
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
    where = without(where, anchors)
    hits = nearest(
        lambda limit: store.recommend(positive, negative, space=by, limit=limit, where=where),
        top_k,
        {anchor.kind for anchor in anchors} if fold else None,
    )
    return tuple(Neighbour(hit.painting, hit.similarity) for hit in hits)


def _check_apart(liked: Sequence[Anchor], disliked: Sequence[Anchor]) -> None:
    ids = {anchor.id for anchor in liked}
    if both := [anchor for anchor in disliked if anchor.id in ids]:
        raise QueryError(f"The painting {quoted(both[0].name)} is both liked and disliked; leave one out.")
