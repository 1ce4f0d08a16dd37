"""Pictures of a training run, and the colours of all pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


DPI = 160


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as CSS writes them; `lines` are told apart in this order."""

    paper: str
    ink: str
    soft: str
    lines: tuple[str, ...]


LIGHT = Theme("#fffdf9", "#22201d", "#6a655d", ("#a3461f", "#2f6690", "#7a8b3a", "#8a6d9b"))
DARK = Theme("#262320", "#efebe4", "#aaa399", ("#e58a5f", "#7fb3d5", "#b9c878", "#c3a6d3"))


@contextmanager
def drawing(file: Path, theme: Theme, width: float, height: float) -> Iterator["Figure"]:
    """A figure of so many inches in a theme's colours; it is saved as a PNG when the block ends well."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(
        {
            "font.size": 11,
            "text.color": theme.ink,
            "axes.labelcolor": theme.ink,
            "axes.edgecolor": theme.soft,
            "axes.facecolor": theme.paper,
            "xtick.color": theme.soft,
            "ytick.color": theme.soft,
            "legend.frameon": False,
        }
    ):
        figure = Figure(figsize=(width, height), layout="constrained", facecolor=theme.paper)
        yield figure
        figure.savefig(file, dpi=DPI)


def tidy(axes: "Axes") -> None:
    """Leave out the lines of a frame that say nothing."""
    axes.spines[["top", "right"]].set_visible(False)
