"""How near what viewers said is to a word."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from encoders.model import EmotionModel
from encoders.projection import TEXT, project
from encoders.vectors import Vector


def nearness(model: EmotionModel, sentences: Sequence[str], vector: Vector) -> npt.NDArray[np.float32]:
    """Cosines (n,) of sentences to a word's vector (d',) among the feelings; all are encoded at once."""
    cosines: npt.NDArray[np.float32] = project(model.heads, TEXT, model.backbone.text(sentences)) @ vector
    return cosines
