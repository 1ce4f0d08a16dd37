"""Ranks within resamples, without sorting any of them: equal values share their places."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.metrics.measure import Column, Times


@dataclass(frozen=True, slots=True)
class Ties:
    """n values as g groups of equal ones, from the lowest to the highest."""

    order: npt.NDArray[np.int64] | slice  # (n,), the rows from the lowest value to the highest
    starts: npt.NDArray[np.int64]  # (g,), where each group begins in that order
    groups: npt.NDArray[np.int64]  # (n,), each row's group

    @classmethod
    def of(cls, values: Column) -> "Ties":
        order = _ascending(values)
        ordered = values[order]
        first = np.append(True, ordered[1:] != ordered[:-1])
        groups = np.empty(len(values), np.int64)
        groups[order] = np.cumsum(first) - 1
        return cls(order, np.flatnonzero(first), groups)

    def sums(self, weights: Times) -> Times:
        """What the rows of each group weigh together: (n, b) -> (g, b)."""
        ordered = weights[self.order]
        return ordered if len(self.starts) == len(ordered) else np.add.reduceat(ordered, self.starts)


def ascending(values: Column, others: Column, times: Times) -> tuple[Column, Column, Times]:
    """The same paintings from the lowest value to the highest."""
    order = _ascending(values)
    return values[order], others[order], times[order]


def middle_ranks(sizes: Times) -> Times:
    """Each group's rank, from 0.5 to n - 0.5, the mean of its places, from the groups' sizes: (g, b)."""
    ranks = np.cumsum(sizes, axis=0)
    ranks -= sizes / 2
    return ranks


def discounted_gains(values: Column, gains: Column, times: Times, places: int) -> npt.NDArray[np.float64]:
    """The sum (b,) of gains, each times 1 / log2(place + 1) in a descending ranking cut after `places`.

    Equal values share the sum of the discounts of the places that they take (McSherry and Najork 2008).
    """
    summed = np.append(0.0, np.cumsum(1 / np.log2(np.arange(places) + 2)))  # of the first 0, 1, 2, ...
    rows = _leading(values, times, places)
    ties, drawn = Ties.of(-values[rows]), times[rows]
    sizes = ties.sums(drawn)
    end = np.cumsum(sizes, axis=0)
    upto, before = (summed[end.clip(max=places).astype(np.int64)] for end in (end, end - sizes))
    shared = (upto - before) / np.maximum(sizes, 1)
    total: npt.NDArray[np.float64] = np.einsum("gb,gb->b", ties.sums(drawn * gains[rows, None]), shared)
    return total


def _ascending(values: Column) -> npt.NDArray[np.int64] | slice:
    """The rows from the lowest value to the highest; a slice, which copies nothing, where they are that."""
    if (values[1:] >= values[:-1]).all():
        return slice(None)
    return np.argsort(values, kind="stable")


def _leading(values: Column, times: Times, places: int) -> npt.NDArray[np.int64]:
    """The rows of the highest values, descending: what fills the places in every resample, and its equals."""
    order = np.argsort(-values, kind="stable")
    size = 2 * places
    while size < len(order) and times[order[:size]].sum(axis=0).min() < places:
        size *= 2
    if size >= len(order):
        return order
    return order[: np.count_nonzero(values >= values[order[size - 1]])]
