"""Ranks within resamples, without sorting any of them: equal values share their places."""

import numpy as np
import numpy.typing as npt

from trainer.evaluation.measure import Times

Column = npt.NDArray[np.float64]  # (n,)


def spans(values: Column, times: Times) -> tuple[Times, Times]:
    """How much of each resample lies below each value, and how much at or below it: twice (b, n)."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    last = np.append(ordered[1:] != ordered[:-1], True)  # of its equals
    group = np.empty(len(values), np.int64)
    group[order] = np.cumsum(last) - last
    through = np.cumsum(times[:, order], axis=1)[:, last]  # (b, groups)
    below = np.zeros_like(through)
    below[:, 1:] = through[:, :-1]
    return below[:, group], through[:, group]


def middle_ranks(values: Column, times: Times) -> Times:
    """Each value's rank in each resample, from 0.5 to n - 0.5, the mean of its equals' places: (b, n)."""
    below, through = spans(values, times)
    return (below + through) / 2


def expected_discounts(values: Column, times: Times, places: int) -> Times:
    """What 1 / log2(place + 1) a value can expect in a descending ranking cut after `places`: (b, n).

    Equal values share the sum of the discounts of the places that they take (McSherry and Najork 2008).
    """
    summed = np.append(0.0, np.cumsum(1 / np.log2(np.arange(places) + 2)))  # of the first 0, 1, 2, ...
    below, through = spans(values, times)
    size = times.sum(axis=1, keepdims=True)
    first, end = ((size - part).clip(max=places).astype(np.int64) for part in (through, below))
    shared: Times = (summed[end] - summed[first]) / np.maximum(through - below, 1.0)
    return shared
