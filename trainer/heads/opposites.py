"""Keeps words of opposite valence apart: what pleases and what hurts are often spoken of alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

DRAWN = 128
"""Pairs that a step looks at."""
MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Opposites:
    """Texts of words (v, text_size) and the pairs of them, (p, 2), that mean the opposite of each other.

    Text models place antonyms close, since they occur in the same sentences. As in Mrksic et al. 2016 a hinge
    pushes them apart while the rest of the space is held in place, here by the pull on the text layer.
    """

    texts: Tensor
    pairs: Tensor

    @classmethod
    def of(cls, texts: Tensor, pairs: Sequence[tuple[int, int]]) -> "Opposites | None":
        """None where there are no pairs."""
        return cls(texts, torch.tensor(pairs)) if pairs else None

    def closeness(self, layer: nn.Linear) -> Tensor:
        """How much nearer than wished the layer brings some pairs, drawn at random: a scalar from 0.

        Of each it is max(0, cosine after - cosine before + 0.1), the mean over the pairs.
        """
        drawn = self.pairs[torch.randint(len(self.pairs), (DRAWN,))]
        one, other = self.texts[drawn].unbind(dim=1)
        before = functional.cosine_similarity(one, other)
        after = functional.cosine_similarity(layer(one), layer(other))
        return functional.relu(after - before + MARGIN).mean()
