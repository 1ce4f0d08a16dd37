"""Features that are measured together: their names, their group, and the scale they are read on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from encoders.palette.view import View

Group = Literal["colour", "light", "texture", "composition"]
Values: TypeAlias = Sequence[float]
"""One raw value for each label."""


@dataclass(frozen=True, slots=True)
class Family:
    """One measure of a picture and how its raw values are brought to [-1, 1].

    `ordinary` is the raw value that reads as 0 and `reach` the distance from it that reads as
    tanh(1) = 0.76; each is one number, or one for each label. They are fixed round numbers, chosen so
    that paintings of many styles spread over the scale, and belong to the feature version.
    """

    name: str
    group: Group
    labels: tuple[str, ...]
    measure: Callable[[View], Values]
    ordinary: float | tuple[float, ...]
    reach: float | tuple[float, ...]

    @property
    def feature_names(self) -> tuple[str, ...]:
        return each(f"{self.name}:", of=self.labels)

    def read(self, view: View) -> npt.NDArray[np.float32]:
        """(len(labels),), each in [-1, 1]; a higher value always means more of what the label says."""
        raw = np.asarray(self.measure(view), dtype=np.float64)
        return np.tanh((raw - self.ordinary) / self.reach).astype(np.float32)


def each(*outer: str, of: tuple[str, ...]) -> tuple[str, ...]:
    """Every inner label after every outer one: each("red", of=("up", "down")) is "red up", "red down"."""
    return tuple(f"{first} {second}" for first in outer for second in of)
