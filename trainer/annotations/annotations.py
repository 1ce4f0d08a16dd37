"""What viewers said of paintings, as any annotation file tells it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]  # (n, k): how many viewers of a painting named each emotion


@dataclass(frozen=True, slots=True)
class Utterance:
    """One viewer's sentence: the row of its painting, the column of the emotion it explains, its text."""

    painting: int
    emotion: int
    text: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """n annotated paintings as the file names them (style, name), with their votes and utterances."""

    emotions: tuple[str, ...]
    paintings: tuple[tuple[str, str], ...]
    counts: Counts
    utterances: tuple[Utterance, ...]
