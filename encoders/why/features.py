"""Which hand-made features carry a picture's similarity to a word, through the linear image head."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from encoders.errors import ModelError
from encoders.projection import IMAGE, head
from encoders.vectors import Vector

if TYPE_CHECKING:
    from encoders.model import EmotionModel

Floats = npt.NDArray[np.float64]

NODES = 64
"""Of the Gauss-Legendre rule; what the parts lack to the whole is then less than float32 can tell."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture's similarity to one word as a function of its look.

    The look of an ordinary painting is 0 in every hand-made feature; all else is compared with it.
    """

    weight: Floats
    """(d', look_size), of the image head."""
    bias: Floats
    """(d',), not all 0: the direction in which an ordinary painting is felt."""
    word: Floats
    """(d',), unit length."""

    @classmethod
    def of(cls, model: "EmotionModel", vector: Vector) -> Self:
        """Through a model's image head, to a word's vector (d',).

        Raises:
            ModelError: the head has no bias, as no training has moved it.
        """
        layer = head(model.heads, IMAGE)
        if not layer.bias.any():
            raise ModelError(
                f"The model {model.name} was not trained, so nothing is ordinary to it and no feature can be "
                "compared with that; train a model with `moodseum train`."
            )
        weight, bias = (numbers.detach().double().numpy() for numbers in (layer.weight, layer.bias))
        return cls(weight, bias, vector.astype(np.float64))

    def similarity(self, look: npt.ArrayLike) -> float:
        """The cosine of what a look (look_size,) feels like to the word."""
        feeling = self.weight @ np.asarray(look, np.float64) + self.bias
        return float(feeling @ self.word / np.linalg.norm(feeling))

    def ordinary(self) -> float:
        """The similarity of an ordinary painting."""
        return self.similarity(np.zeros(self.weight.shape[1]))

    def weigh(self, look: Vector) -> Floats:
        """What each number of a look adds to the similarity of an ordinary painting, (look_size,).

        They sum to the difference of the two. Integrated gradients (Sundararajan, Taly & Yan, "Axiomatic
        attribution for deep networks", 2017): the feature times the similarity's slope by it, averaged over
        the straight way from 0, because the cosine bends that way a little.
        """
        there = look.astype(np.float64)
        nodes, weights = np.polynomial.legendre.leggauss(NODES)  # on [-1, 1]
        slopes = np.stack([self._slope((node + 1) / 2 * there) for node in nodes])
        carried: Floats = there * (weights @ slopes / 2)
        return carried

    def _slope(self, look: Floats) -> Floats:
        """The derivative of the similarity by each number of a look."""
        feeling = self.weight @ look + self.bias
        length = np.linalg.norm(feeling)
        direction = feeling / length
        across = self.word - (direction @ self.word) * direction
        slope: Floats = across @ self.weight / length
        return slope
