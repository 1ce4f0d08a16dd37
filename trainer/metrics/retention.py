"""What a model kept of its backbone: who stands near whom, before and after the heads."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from encoders.backbone import Backbone
from encoders.model import EmotionModel, project_words, word_texts
from encoders.vectors import Vectors, unit
from encoders.words.emotions import vocabulary
from encoders.words.prompts import ensemble

NEIGHBOURS = 10
MOST = 2000
"""Paintings that are compared, at most."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Shares of the nearest neighbours that stayed, in [0, 1]; `chance` is that of neighbours by lot."""

    paintings: float
    paintings_chance: float
    words: float
    words_chance: float

    def __str__(self) -> str:
        paintings = f"{self.paintings:.0%} of the paintings' nearest neighbours"
        words = f"{self.words:.0%} of the emotion words'"
        return f"{paintings} (chance {self.paintings_chance:.0%}), {words} (chance {self.words_chance:.0%})"


def measure_retention(
    model: EmotionModel, untrained: Backbone, texts: Vectors, looks: Vectors, feelings: Vectors
) -> Retention:
    """Compare a model with the backbone that it was made from.

    `texts` (v, templates, text_size) are what the model's backbone makes of the vocabulary's words. `looks`
    (n, look_size) are the untrained backbone's and `feelings` (n, d') the model's, of the same paintings
    that were held out of training.
    """
    tuned = model.backbone.look_id != untrained.look_id
    before = word_texts(untrained, model.prompts, tuple(vocabulary())) if tuned else texts
    looks, feelings = looks[:MOST], feelings[:MOST]
    return Retention(
        paintings=kept_neighbours(looks, feelings),
        paintings_chance=chance(len(looks)),
        words=kept_neighbours(ensemble(before), project_words(model.heads, texts)),
        words_chance=chance(len(texts)),
    )


def kept_neighbours(before: npt.NDArray[Any], after: npt.NDArray[Any], k: int = NEIGHBOURS) -> float:
    """The mean share of a row's k nearest by cosine that are still among them afterwards, in [0, 1].

    `before` (n, d) and `after` (n, d') are the same n things in two spaces. This is the mean overlap of
    neighbourhoods (the local continuity of Chen and Buja 2009, without its correction for chance). Of at
    most k + 1 rows all are neighbours.

    Raises:
        ValueError: they are not the same rows, or fewer than two.
    """
    if len(before) != len(after) or len(before) < 2:
        raise ValueError(f"{len(before)} and {len(after)} are not the same rows, two at least.")
    k = min(k, len(before) - 1)
    nearest = zip(_nearest(before, k), _nearest(after, k), strict=True)
    return float(np.mean([len(np.intersect1d(*pair)) for pair in nearest])) / k


def chance(things: int, k: int = NEIGHBOURS) -> float:
    """What `kept_neighbours` is on average where the two spaces have nothing to do with each other."""
    return min(1.0, k / (things - 1))


def _nearest(vectors: npt.NDArray[Any], k: int) -> npt.NDArray[np.int64]:
    """(n, k), without the row itself."""
    directions = unit(vectors)
    similarities = directions @ directions.T
    np.fill_diagonal(similarities, -np.inf)
    return np.argpartition(-similarities, k - 1, axis=1)[:, :k]
