"""How far chances can be believed: what was predicted against what viewers named, bin by bin."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from trainer.drawing import LIGHT, Theme, drawing, tidy
from trainer.metrics.agreement import BINS, bin_numbers
from trainer.metrics.measure import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALLEST_DOT, LARGEST_DOT = 12, 130
"""In square points."""
FEW = 20
"""Scores in a bin below which its dot is hollow, and no line leads there."""


@dataclass(frozen=True, slots=True)
class Bins:
    """The bins of [0, 1] that hold scores, from the lowest."""

    numbers: npt.NDArray[np.int64]  # (m,), of `BINS`
    predicted: npt.NDArray[np.float64]  # (m,), the mean score
    observed: npt.NDArray[np.float64]  # (m,), the mean fraction
    sizes: npt.NDArray[np.int64]  # (m,), how many scores


@dataclass(frozen=True, slots=True)
class Curve:
    """Chances of k words for n paintings, and the part of the viewers who named each; all words together."""

    label: str
    scores: Table  # (n, k)
    fractions: Table  # (n, k)

    def bins(self) -> Bins:
        """In 15 equally wide bins, as for the calibration error: a score on a border is in the upper one.

        Raises:
            ValueError: a score is no chance in [0, 1].
        """
        where = bin_numbers(self.scores).ravel()
        sizes = np.bincount(where, minlength=BINS)
        filled = np.flatnonzero(sizes)
        predicted, observed = (
            np.bincount(where, weights=table.ravel(), minlength=BINS)[filled] / sizes[filled]
            for table in (self.scores, self.fractions)
        )
        return Bins(filled, predicted, observed, sizes[filled])


def plot_reliability(file: Path, curves: Sequence[Curve], theme: Theme = LIGHT) -> None:
    """Draw curves beside the diagonal, where chances are right, and below how many scores each bin holds.

    The axes end where the highest chance does: few feelings are named by most viewers.
    """
    found = [curve.bins() for curve in curves]
    end = max(max(bins.predicted.max(), bins.observed.max(), (bins.numbers[-1] + 1) / BINS) for bins in found)
    end = math.ceil(min(end, 1) * 10) / 10
    with drawing(file, theme, 5.6, 6.6) as figure:
        top, below = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
        top.plot([0, 1], [0, 1], color=theme.soft, linestyle=":", linewidth=1, label="as often as predicted")
        for place, (curve, bins) in enumerate(zip(curves, found, strict=True)):
            colour = theme.lines[place % len(theme.lines)]
            many = bins.sizes >= FEW
            fill = np.where(many, colour, theme.paper)
            top.plot(
                bins.predicted[many], bins.observed[many], color=colour, linewidth=1.6, label=curve.label
            )
            top.scatter(
                bins.predicted, bins.observed, _dots(bins), fill, edgecolors=colour, zorder=3, clip_on=False
            )
            _draw_sizes(below, bins, colour, place, len(curves))
        top.set(xlim=(0, end), ylim=(0, end), ylabel="part of the viewers who named it")
        top.legend(loc="upper left")
        below.set(xlabel="predicted chance", ylabel="share")
        below.yaxis.set_major_formatter("{x:.0%}")
        for axes in (top, below):
            tidy(axes)


def _dots(bins: Bins) -> npt.NDArray[np.float64]:
    share = np.sqrt(bins.sizes / bins.sizes.max())
    return np.asarray(SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * share, np.float64)


def _draw_sizes(axes: "Axes", bins: Bins, colour: str, place: int, curves: int) -> None:
    """Bars of several curves stand beside each other within their bin."""
    width = 0.9 / BINS / curves
    left = (bins.numbers + 0.05) / BINS + place * width
    axes.bar(left, bins.sizes / bins.sizes.sum(), width, align="edge", color=colour)
