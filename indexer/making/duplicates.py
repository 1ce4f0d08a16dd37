"""Finding near-duplicates: paintings whose looks are all but the same, as where a work is listed twice."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from encoders.vectors import Vectors
from indexer.making.neighbourhoods import close_rows
from indexer.sources.streaming import in_batches
from indexer.store.base import Store

NEAR = 0.97
"""Cosine of looks from which on two paintings are near-duplicates.

Of 2,379 WikiArt paintings as palette sees them, works that are listed under two styles have 0.99 and more,
and different works 0.93 and less; a picture that was compressed again keeps 0.97 and more.
"""

DIRECTIONS = 32
FARTHEST = 2 - 2 * NEAR + 1e-4
"""Squared distance of near-duplicates, with room for rounding."""


def mark_duplicates(store: Store) -> int:
    """Mark every near-duplicate in a store with the id of the first of its kind; how many were marked.

    Paintings are compared in the few directions in which looks differ most: two that are farther apart there
    than near-duplicates may be are so altogether. Only the rest are compared in full, so none is missed.
    """
    ids, points = _project(store)
    firsts: dict[str, str] = {}
    for row, others in close_rows(points, FARTHEST):
        if ids[row] not in firsts:
            unknown = [ids[other] for other in others if ids[other] not in firsts]
            firsts |= dict.fromkeys(_near(store, ids[row], unknown), ids[row])
    for batch in in_batches(sorted(firsts), 1000):
        store.upsert([replace(p, duplicate_of=firsts[p.painting.id]) for p in store.get(batch)])
    return len(firsts)


def near_duplicates(looks: Vectors) -> Iterator[tuple[int, int]]:
    """Pairs of rows, the earlier first, of looks (n, d) that are near-duplicates."""
    for row, others in close_rows(looks @ _main_directions(looks), FARTHEST):
        near = looks[others] @ looks[row] >= NEAR
        yield from ((row, int(other)) for other in others[near])


def _main_directions(looks: Vectors) -> Vectors:
    """(d, DIRECTIONS) or narrower, in which looks differ most."""
    directions: Vectors = np.linalg.svd(looks - looks.mean(axis=0), full_matrices=False)[2][:DIRECTIONS].T
    return directions


def _project(store: Store) -> tuple[list[str], Vectors]:
    """All ids and, in the same order, the looks in their main directions, (n, DIRECTIONS) or narrower."""
    ids: list[str] = []
    projected: list[Vectors] = []
    directions: Vectors | None = None
    for batch in store.scan():
        looks = np.stack([point.look for point in batch])
        if directions is None:  # ids are random, so the first batch is a sample
            directions = _main_directions(looks)
        ids += [point.painting.id for point in batch]
        projected.append(looks @ directions)
    return ids, np.concatenate(projected) if projected else np.empty((0, DIRECTIONS), np.float32)


def _near(store: Store, id_: str, others: list[str]) -> list[str]:
    """Those of the others whose whole look is near."""
    (look,) = store.vectors([id_], "look")
    near: list[str] = []
    for batch in in_batches(others, 1000):
        cosines = store.vectors(batch, "look") @ look
        near += [other for other, cosine in zip(batch, cosines, strict=True) if cosine >= NEAR]
    return near
