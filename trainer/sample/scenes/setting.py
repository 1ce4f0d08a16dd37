"""What every part of a scene is made from."""

from dataclasses import dataclass

from numpy.random import Generator

from trainer.sample.characters import Character
from trainer.sample.colour import Colour
from trainer.sample.palettes import Palette


@dataclass(frozen=True, slots=True)
class Setting:
    """The picture's proportions, character, palette and chance.

    Composers call it s, its character c and its palette p.
    """

    aspect: float
    character: Character
    palette: Palette
    rng: Generator

    def happens(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def across(self, low: float, high: float) -> float:
        """A place between two shares of the width."""
        return self.between(low, high) * self.aspect

    def rows(self, low: float, high: float, count: int) -> list[float]:
        """Heights of things that stand at different depths, the farthest first."""
        return sorted(self.rng.uniform(low, high, count).tolist())

    def count(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.rng.integers(low, high + 1))

    def about(self, colour: Colour, spread: float = 0.03) -> Colour:
        """The colour, varied in lightness and, more the more varied the picture is, in hue."""
        turn = self.rng.normal(0, 6 + (22 * self.character.variety if spread > 0.03 else 0))
        return colour.lighter(self.rng.normal(0, spread)).turned(turn)

    def either(self, chance: float, first: Colour, second: Colour) -> Colour:
        """The first colour with this chance, else the second."""
        return first if self.happens(chance) else second

    @property
    def is_night(self) -> bool:
        return self.character.lightness < 0.4

    @property
    def is_bare(self) -> bool:
        """Whether what grows has lost its leaves: in dark and drooping or angular pictures."""
        c = self.character
        return c.droop + 0.8 * c.angularity > 0.62 and c.lightness < 0.62
