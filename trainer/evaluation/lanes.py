"""Figures side by side with their intervals, laid out on one axis for a page."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainer.metrics.bootstrap import Figure

TICKS = 4
COLOURS = 4
"""That the page's style knows."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure, None where it is undefined, and where it lies on the axis, in percent."""

    label: str
    figure: Figure | None
    colour: int
    """Marks of one number look alike; see `COLOURS`."""
    dot: float = 0.0
    left: float = 0.0
    """Where its interval begins."""
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Lane:
    """Figures of one measure on a common axis."""

    name: str
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[str, float], ...]
    """What stands at the axis, and where, in percent."""
    note: str = ""

    @property
    def label_length(self) -> int:
        """Letters of the longest label."""
        return max(len(mark.label) for mark in self.marks)


def lane(
    name: str, figures: Mapping[str, Figure | None], colours: Iterable[int] | None = None, note: str = ""
) -> Lane:
    """Lay figures out by their labels, on an axis that just holds all intervals.

    Each has a colour of its own unless they are given.
    """
    shown = {label: _defined(one) for label, one in figures.items()}
    ticks = _ticks([one for one in shown.values() if one is not None])

    def place(value: float) -> float:
        return 100 * (value - ticks[0]) / (ticks[-1] - ticks[0])

    def mark(label: str, one: Figure | None, colour: int) -> Mark:
        if one is None:
            return Mark(label, None, colour)
        left = place(one.low)
        return Mark(label, one, colour, dot=place(one.value), left=left, width=place(one.high) - left)

    given = range(len(shown)) if colours is None else colours
    marked = zip(shown.items(), given, strict=True)
    marks = tuple(mark(label, one, colour % COLOURS) for (label, one), colour in marked)
    return Lane(name, marks, tuple((f"{tick:.6g}", place(tick)) for tick in ticks), note)


def _ticks(figures: list[Figure]) -> list[float]:
    """Round numbers around all intervals, at least two."""
    from matplotlib.ticker import MaxNLocator

    low = min((one.low for one in figures), default=0.0)
    high = max((one.high for one in figures), default=1.0)
    if high - low < 1e-9:
        high = low + 1e-3
    return [round(float(tick), 9) for tick in MaxNLocator(TICKS).tick_values(low, high)]


def _defined(one: Figure | None) -> Figure | None:
    if one is None or math.isnan(one.value):
        return None
    return Figure(one.value, one.value, one.value) if math.isnan(one.low) else one
