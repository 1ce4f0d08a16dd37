"""What people would call groups of the hand-made features: "darker", "colder", "finer worked"."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from encoders.palette.catalogue import FEATURE_NAMES
from encoders.palette.family import Group

Carried: TypeAlias = npt.NDArray[np.float64]  # one for each of FEATURE_NAMES: what it adds to a similarity
Features: TypeAlias = npt.NDArray[np.float32]  # one for each of FEATURE_NAMES, in [-1, 1], 0 is ordinary

MOST_LINES = 8
"""As many as a person reads."""
SLIGHT, STRONG = 0.15, 0.55
"""Within [-1, 1]: below the first a painting is ordinary, above the second it stands out."""


@dataclass(frozen=True)
class Theme:
    """Features that speak of one thing, and how to say it.

    `members` begin the names of its features; `sign` is the one of them whose value tells on which side
    of an ordinary painting a picture stands. Without one, the feature that carries the most is named.
    """

    group: Group
    about: str
    less: str
    more: str
    members: tuple[str, ...]
    sign: str | None = None

    @cached_property
    def columns(self) -> npt.NDArray[np.intp]:
        """Where its features stand among FEATURE_NAMES."""
        return np.array([place for place, name in enumerate(FEATURE_NAMES) if name.startswith(self.members)])

    def sign_column(self, carried: Carried) -> int:
        """The feature that speaks for the theme, given what each of FEATURE_NAMES carries."""
        if self.sign:
            return FEATURE_NAMES.index(self.sign)
        return int(self.columns[np.abs(carried[self.columns]).argmax()])

    def say(self, column: int, value: float) -> str:
        """What the value of the feature that speaks means: "much darker than usual"."""
        _, label = FEATURE_NAMES[column].split(": ")
        if abs(value) < SLIGHT:
            return f"{self.about}, as usual on the whole"
        said = (self.more if value > 0 else self.less).format(label)
        return f"{'much ' if abs(value) > STRONG else ''}{said} than usual"


THEMES = (
    Theme(
        "light",
        "its tones",
        "darker",
        "lighter",
        (
            *("lightness: mean", "lightness: skew", "lightness: percentile", "tones:"),
            *("brightness: mean", "brightness: shadow", "brightness: highlight"),
        ),
        "lightness: mean",
    ),
    Theme(
        "light",
        "its light and dark",
        "flatter in light and dark",
        "stronger in light and dark",
        ("lightness: spread", "brightness: spread"),
        "lightness: spread",
    ),
    Theme(
        "colour",
        "the strength of its colours",
        "paler",
        "more colourful",
        ("effect:", "strength:", "chroma:"),
        "strength: chroma mean",
    ),
    Theme(
        "colour",
        "its warm and cold colours",
        "colder",
        "warmer",
        ("warmth:", "opponents:", "hue circle:"),
        "warmth: mean",
    ),
    Theme("colour", "which colours it has", "less {}", "more {}", ("terms:", "patches:")),
    Theme(
        "colour",
        "its contrasts of colour",
        "weaker in contrasts of colour",
        "stronger in contrasts of colour",
        ("contrast:",),
        "contrast: simultaneous",
    ),
    Theme(
        "texture",
        "its detail",
        "smoother",
        "rougher",
        ("spectrum:", "steepness:", "roughness:"),
        "roughness: level fine",
    ),
    Theme(
        "texture",
        "its lines",
        "looser in its lines",
        "firmer in its lines",
        ("straightness:", "direction:"),
        "straightness: fine",
    ),
    Theme(
        "texture",
        "its brushwork",
        "livelier in its brushwork",
        "calmer in its brushwork",
        ("tone patterns:", "colour patterns:", "tone pairs:", "colour grain:"),
        "tone pairs: near homogeneity",
    ),
    Theme(
        "composition",
        "where its light lies",
        "darker in the middle",
        "lighter in the middle",
        ("light field:", "balance: light"),
        "balance: light middle",
    ),
    Theme(
        "composition",
        "where its colours lie",
        "paler in the middle",
        "more colourful in the middle",
        ("colour field:", "balance: red", "balance: yellow", "balance: chroma"),
        "balance: chroma middle",
    ),
    Theme(
        "composition",
        "where its detail lies",
        "emptier in the middle",
        "busier in the middle",
        ("contrast field:", "detail field:", "balance: detail"),
        "balance: detail middle",
    ),
    Theme(
        "composition",
        "its symmetry",
        "less symmetrical",
        "more symmetrical",
        ("symmetry:",),
        "symmetry: light left-right",
    ),
)
"""Every feature belongs to one of them."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What features that speak of one thing add to a similarity; below 0 they speak against the word."""

    group: Group | None
    """None for all else together."""
    said: str
    """How the painting stands to an ordinary one: "much darker than usual"."""
    value: float | None
    """In [-1, 1], where 0 is ordinary; None where no single feature speaks."""
    similarity: float


def summarise(carried: Carried, features: Features) -> list[Contribution]:
    """What each of FEATURE_NAMES adds, and its values -> at most `MOST_LINES`, the strongest first.

    The last is all else together, so that the sum stays the same.
    """
    lines = [_line(theme, carried, features) for theme in THEMES]
    lines.sort(key=lambda line: -abs(line.similarity))
    strongest, rest = lines[: MOST_LINES - 1], lines[MOST_LINES - 1 :]
    return [*strongest, Contribution(None, "all else", None, sum(line.similarity for line in rest))]


def _line(theme: Theme, carried: Carried, features: Features) -> Contribution:
    column = theme.sign_column(carried)
    value = float(features[column])
    return Contribution(theme.group, theme.say(column, value), value, float(carried[theme.columns].sum()))
