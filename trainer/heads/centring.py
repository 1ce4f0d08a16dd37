"""Centring of looks and texts while heads learn, and where a new layer starts."""

from dataclasses import dataclass

import torch
from sentence_transformers.base.modules import Router
from torch import Tensor
from torch.nn import functional

from encoders.projection import IMAGE, TEXT, head, is_identity

LEAST_SPREAD = 1e-4


@dataclass(frozen=True, slots=True)
class Centring:
    """Moves looks and texts so that their middles are at zero while heads learn; then the heads take it over.

    The middle of the texts is that of the vocabulary. Emotion words are all alike before they differ, and
    pictures are; what all share tells nothing of which belongs to which, and where words are unseen it
    misleads (compare Mu and Viswanath 2018, who centre word vectors). For a new image layer the looks'
    components are also brought to one spread.
    """

    look_mean: Tensor  # (look_size,)
    look_spread: Tensor  # (look_size,)
    text_mean: Tensor  # (text_size,)

    @classmethod
    def around(cls, heads: Router, looks: Tensor, vocabulary: Tensor) -> "Centring":
        """For untrained heads, looks (n, look_size) and the texts of words (v, text_size)."""
        spread = torch.ones(looks.shape[1])
        if not is_identity(head(heads, IMAGE)):
            spread = looks.std(dim=0, correction=0).clamp(min=LEAST_SPREAD) * looks.shape[1] ** 0.5
        return cls(looks.mean(dim=0), spread, vocabulary.mean(dim=0))

    def looks(self, looks: Tensor) -> Tensor:
        """Looks (n, look_size) as the image layer learns on them, of length 1 or less on average."""
        return (looks - self.look_mean) / self.look_spread

    def texts(self, texts: Tensor) -> Tensor:
        """Texts (..., text_size) as the text layer learns on them."""
        return texts - self.text_mean

    @torch.no_grad()
    def fold_into(self, heads: Router) -> None:
        """Change heads that learned on what was centred so that they give the same without it."""
        image, text = head(heads, IMAGE), head(heads, TEXT)
        image.weight.div_(self.look_spread)
        image.bias.sub_(image.weight @ self.look_mean)
        text.bias.sub_(text.weight @ self.text_mean)


@torch.no_grad()
def start_aside(heads: Router, vocabulary: Tensor) -> None:
    """Let a new image layer put every picture on one point, as far from all words as can be.

    That is the direction in which the words (v, text_size) differ least. A picture then leaves it only as
    far as it has learned to: had it to start among the words, or at random, it would keep much of that.
    A layer that starts as the identity stays as it is.
    """
    image = head(heads, IMAGE)
    if not is_identity(image):
        centred = vocabulary - vocabulary.mean(dim=0)
        _, directions = torch.linalg.eigh(centred.T @ centred)  # by ascending variance
        image.weight.zero_()
        image.bias.copy_(functional.normalize(directions[:, 0], dim=0))
