"""Which paintings are learned from and which are kept to choose and calibrate by."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from encoders.vectors import Vectors
from trainer.annotations.annotations import Side, Sides
from trainer.dataset.copies import name_works, work_name
from trainer.dataset.join import Annotated
from trainer.rows import Rows

HELD_OUT_SHARE = 0.1
HELD_OUT_LEAST = 120
HELD_OUT_MOST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Split:
    """Rows of the paintings to train on and of those held out; together they are all."""

    train: Rows
    held_out: Rows


def split(keys: Sequence[str], seed: int, sides: Sides | None = None, works: Sequence[str] = ()) -> Split:
    """Divide by painting: a tenth is held out, of small collections up to a quarter.

    Where `sides` (n,) name some for validation, but not all, those are held out and the others trained on.
    Paintings that show one of the `works` (n,), by default by their names, stay together. Both sides are in
    the order of the draw, so that their first rows are a random sample. A painting's side depends on its
    work, the seed and the collection, not on the order of the keys.
    """
    draws = [_draw(work, seed) for work in works or map(work_name, keys)]
    ranked = np.array(sorted(range(len(keys)), key=lambda row: (draws[row], keys[row])), np.int64)
    held_out = np.zeros(len(keys), bool) if sides is None else sides[ranked] == Side.VAL
    if held_out.any() and not held_out.all():
        return Split(train=ranked[~held_out], held_out=ranked[held_out])
    share = max(HELD_OUT_SHARE * len(keys), min(HELD_OUT_LEAST, HELD_OUT_MOST_SHARE * len(keys)))
    size = max(1, round(share))
    while size < len(keys) and draws[ranked[size]] == draws[ranked[size - 1]]:
        size += 1
    return Split(train=ranked[size:], held_out=ranked[:size])


def honour(works: Sequence[str], sides: Sides) -> Sides:
    """The sides that annotations give (n,), but pictures of one work go where the strictest of them goes.

    Nothing that is tested on may have been seen in training.
    """
    strictest: dict[str, int] = {}
    for work, side in zip(works, sides.tolist(), strict=True):
        strictest[work] = max(side, strictest.get(work, Side.TRAIN))
    return np.array([strictest[work] for work in works], np.int8)


def with_copies_together(annotated: Annotated, looks: Vectors) -> Annotated:
    """The paintings with the works that they show, by their names and their looks (n, look_size).

    The annotations' own split, if they have one, then has all copies of a work on its strictest side.
    """
    works = tuple(name_works([painting.key for painting in annotated.paintings], looks))
    sides = None if annotated.sides is None else honour(works, annotated.sides)
    return replace(annotated, works=works, sides=sides)


def set_tests_aside(annotated: Annotated) -> Rows:
    """The rows that the annotations' own split, if they have one, does not keep for tests."""
    if annotated.sides is None:
        return np.arange(len(annotated.paintings))
    return np.flatnonzero(annotated.sides != Side.TEST)


def divide(annotated: Annotated, seed: int) -> Split:
    """Rows to learn from and rows to hold out, by the annotations' own split or by lot; see `split`."""
    keys = [painting.key for painting in annotated.paintings]
    return split(keys, seed, annotated.sides, annotated.works)


def _draw(work: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {work}".encode()).hexdigest()
