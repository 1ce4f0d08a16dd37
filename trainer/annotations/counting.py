"""Counting things of which nobody knows beforehand how many there are."""

from collections.abc import Iterable
from typing import Generic, TypeVar

import numpy as np

from trainer.annotations.annotations import Counts

Thing = TypeVar("Thing")


class Numbering(Generic[Thing]):
    """Numbers things from 0 in the order in which they are first named."""

    def __init__(self) -> None:
        self._numbers: dict[Thing, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, things: Iterable[Thing]) -> Counts:
        """(m,), those that are new among them included."""
        numbers = self._numbers
        return np.array([numbers.setdefault(thing, len(numbers)) for thing in things], np.int64)

    def things(self) -> tuple[Thing, ...]:
        """All in the order of their numbers."""
        return tuple(self._numbers)


class Sums:
    """Sums at places in one or more dimensions, 0 where nothing was added; grows with the places."""

    def __init__(self, dimensions: int) -> None:
        self._sums = np.zeros((0,) * dimensions, np.int64)

    def add(self, *places: Counts, counts: Counts | int = 1) -> None:
        """Add counts at places, one array of places for each dimension; all are broadcast together."""
        self._reach(int(place.max()) + 1 for place in places)
        np.add.at(self._sums, places, counts)

    def within(self, *shape: int) -> Counts:
        """The sums at so many first places of each dimension."""
        self._reach(shape)
        sums: Counts = self._sums[_corner(shape)].copy()
        return sums

    def totals(self, size: int) -> Counts:
        """(size,), the sums over all but the first dimension at so many of its first places."""
        sums: Counts = self.within(size, *self._sums.shape[1:]).reshape(size, -1).sum(axis=1)
        return sums

    def _reach(self, shape: Iterable[int]) -> None:
        former = self._sums
        sizes = tuple(
            size if size >= needed else max(needed, 2 * size)  # doubled, so that it seldom happens
            for needed, size in zip(shape, former.shape, strict=True)
        )
        if sizes != former.shape:
            self._sums = np.zeros(sizes, np.int64)
            self._sums[_corner(former.shape)] = former


def _corner(shape: Iterable[int]) -> tuple[slice, ...]:
    return tuple(slice(size) for size in shape)
