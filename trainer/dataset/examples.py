"""What the training of heads sees: tensors of looks, votes and texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True, slots=True)
class Examples:
    """n paintings as the loop sees them."""

    looks: Tensor  # (n, look_size)
    shares: Tensor  # (n, k), vote distributions over the k words
    utterances: Tensor  # (u,), rows of `texts`
    utterance_paintings: Tensor  # (u,), rows of `looks`
    utterance_emotions: Tensor  # (u,), columns of `shares`


@dataclass(frozen=True, slots=True)
class Texts:
    """Text embeddings: of the words' prompts, of the distinct utterances, and of emotion words at large."""

    prompts: Tensor  # (k, templates, text_size)
    utterances: Tensor  # (m, text_size)
    vocabulary: Tensor  # (v, text_size)
    opposed: Sequence[tuple[int, int]] = ()
    """Rows of `vocabulary` that are to be kept apart."""
