"""Mixing paintings and words in one vector."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from encoders.encoder import Reading
from encoders.vectors import Vector, unit
from indexer.painting import Painting
from indexer.store.base import Hit, Store
from search_api.errors import QueryError, blame, quoted
from search_api.limits import MOST_WORDS
from search_api.relating.anchors import Anchor
from search_api.relating.typical import Typical
from search_api.relating.wanted import ANYTHING, Found, Wanted, nearest, ways_out

SHORTEST = 1e-3
HEAVIEST = 1000


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A painting or a word, its vector (d',) among the feelings, and its weight; below 0 it is avoided.

    Raises QueryError where the weight is too large or no number.
    """

    name: str
    vector: Vector
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not abs(self.weight) <= HEAVIEST:
            raise QueryError(
                f"The weight of {quoted(self.name)} is {self.weight:g}; give a number such as 0.5, "
                f"from -{HEAVIEST} to {HEAVIEST}."
            )


@dataclass(frozen=True, slots=True)
class BlendHit:
    """One painting, its cosine to the blend and, in their order, to each ingredient; all in [-1, 1].

    The cosines to paintings and those to words lie apart and are not to be compared with each other.
    """

    painting: Painting
    similarity: float
    parts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Blend(Found):
    """What was blended, and the paintings nearest to it, best first."""

    ingredients: tuple[Ingredient, ...]
    hits: tuple[BlendHit, ...]


def blend(
    store: Store,
    typical: Typical,
    paintings: Sequence[tuple[Anchor, float]],
    words: Sequence[tuple[Reading, float]],
    wanted: Wanted = ANYTHING,
) -> Blend:
    """The paintings whose feeling is nearest to a weighted mixture, without those that were blended.

    Raises:
        QueryError: nothing or too much is blended, a weight is too large, or all cancels out.
    """
    with blame("painting", QueryError):
        seen = [Ingredient(anchor.name, anchor.feeling, weight) for anchor, weight in paintings]
    with blame("word", QueryError):
        said = [Ingredient(reading.word, reading.vector, weight) for reading, weight in words]
    ingredients = (*seen, *said)
    vector = mix(ingredients, typical)
    anchors = [anchor for anchor, _ in paintings]
    hits = nearest(lambda limit, where: store.search(vector, limit=limit, where=where), wanted, anchors)
    return Blend(
        ingredients,
        _with_parts(store, hits, ingredients),
        where=wanted.where,
        relaxations=ways_out(store, wanted, anchors, hits),
    )


def mix(ingredients: Sequence[Ingredient], typical: Typical) -> Vector:
    """One vector (d',) to search for: the weighted sum of the ingredients, each divided by its reach.

    Cosines to the sum then rank paintings by the weighted sum of their similarities to the ingredients, where
    of each the step from the median painting to the nearest twentieth counts the same.

    Raises:
        QueryError: there are no ingredients or too many, or all cancels out.
    """
    if not 0 < len(ingredients) <= MOST_WORDS:
        raise QueryError(
            f"{len(ingredients)} things were to be blended; give 1 to {MOST_WORDS} paintings or words."
        )
    shares = [ingredient.weight / typical.reach(ingredient.vector) for ingredient in ingredients]
    total = np.sum([share * one.vector for share, one in zip(shares, ingredients, strict=True)], axis=0)
    if float(np.linalg.norm(total)) <= SHORTEST * sum(map(abs, shares)):
        raise QueryError("What is blended cancels out; change a weight.")
    return unit(total)


def _with_parts(store: Store, hits: Sequence[Hit], ingredients: Sequence[Ingredient]) -> tuple[BlendHit, ...]:
    ids = [hit.painting.id for hit in hits]
    rows = store.similarities(ids, [ingredient.vector for ingredient in ingredients]).tolist()
    return tuple(
        BlendHit(hit.painting, hit.similarity, tuple(row)) for hit, row in zip(hits, rows, strict=True)
    )
