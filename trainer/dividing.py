"""Divides annotated paintings so that all copies of a work are on one side."""

from dataclasses import replace

import numpy as np

from encoders.vectors import Vectors
from trainer.annotations.annotations import Side
from trainer.copies import name_works
from trainer.join import Annotated
from trainer.split import Rows, Split, honour, split


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
