"""What viewers said of paintings, as any annotation file tells it."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]  # (n, k): how many viewers of a painting named each emotion
Sides = npt.NDArray[np.int8]  # (n,): a `Side` for each painting


class Side(IntEnum):
    """What a file's own split wants a painting for; the higher, the further from training."""

    TRAIN = 0
    VAL = 1
    TEST = 2


@dataclass(frozen=True, slots=True)
class Utterance:
    """One viewer's sentence: the row of its painting, the column of the emotion it explains, its text."""

    painting: int
    emotion: int
    text: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """n annotated paintings as the file names them (style, name), with their votes and utterances.

    An empty style says that the file does not tell it.
    """

    emotions: tuple[str, ...]
    paintings: tuple[tuple[str, str], ...]
    counts: Counts
    utterances: tuple[Utterance, ...]
    raters: Counts | None = None
    """(n,), where a viewer may name several emotions or none; None where each names exactly one."""
    sides: Sides | None = None
    """None where the file does not split its paintings."""
    rows: Counts | None = None
    """(n,), how many rows of the file speak of each painting; None where each viewer has a row."""
    heard: int | None = None
    """How many utterances the file holds, where these are a sample of them; None where these are all."""

    @property
    def viewers(self) -> Counts:
        """(n,), how many people were asked about each painting."""
        return self.counts.sum(axis=1) if self.raters is None else self.raters
