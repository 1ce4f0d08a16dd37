"""A composed scene: coloured shapes, back to front, that each style paints in its own way."""

import math
from dataclasses import dataclass

from trainer.sample.colour import Colour, Floats

UPRIGHT = math.pi / 2
"""The grain of what stands: walls, trunks, bottles."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon, its colour at the top and at the foot, and the direction in which a brush follows it.

    Coordinates run from (0, 0) at the top left to (aspect, 1) at the bottom right.
    """

    outline: Floats  # (n, 2)
    colour: Colour
    foot: Colour | None = None  # None: the same all over
    grain: float = 0.0  # radians; 0 is horizontal
    has_contour: bool = True  # for the styles that draw contours


@dataclass(frozen=True, slots=True)
class Glow:
    """A source of light with its halo."""

    x: float
    y: float
    radius: float
    colour: Colour
    strength: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Part:
    """Shapes that belong together, and what a viewer would call them, if anything."""

    shapes: tuple[Shape, ...] = ()
    things: tuple[str, ...] = ()

    def __add__(self, other: "Part") -> "Part":
        """The other part in front of this one."""
        return Part(self.shapes + other.shapes, self.things + other.things)


NOTHING = Part()


@dataclass(frozen=True, slots=True)
class Scene:
    """What is in the picture; `things` names it in words, each once."""

    subject: str
    aspect: float  # width / height
    horizon: float
    shapes: tuple[Shape, ...]
    things: tuple[str, ...]
    glow: Glow | None = None

    @classmethod
    def of(cls, subject: str, aspect: float, horizon: float, part: Part, glow: Glow | None = None) -> "Scene":
        """Finish a composition."""
        return cls(subject, aspect, horizon, part.shapes, tuple(dict.fromkeys(part.things)), glow)
