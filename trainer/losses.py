"""The losses that draw paintings and words together in the space of feelings."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

INITIAL_SCALE = 1 / 0.07
LARGEST_SCALE = 100.0


class SoftSymmetricLoss(nn.Module):
    """Symmetric contrastive loss whose targets are votes instead of pairs.

    With s = scale * paintings @ words.T (B, K) and a matrix A >= 0 (B, K) of how much each painting and
    word belong together:

        loss = (CE(rows(A), softmax over words of s) + CE(columns(A), softmax over paintings of s)) / 2

    where rows(A) and columns(A) scale A's rows and columns to sum to 1. With A the identity this is
    CLIP's loss (Radford et al. 2021, figure 3); several positives in both directions follow UniCL (Yang
    et al. 2022), soft ones SoftCLIP (Gao et al. 2024). A row or column of zeros has no weight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.log_scale = nn.Parameter(torch.tensor(math.log(INITIAL_SCALE)))

    def forward(self, paintings: Tensor, words: Tensor, affinity: Tensor) -> Tensor:
        """Unit vectors (B, d) and (K, d), affinity (B, K) -> scalar."""
        similarity = self.scale() * paintings @ words.T  # (B, K)
        return (_direction(similarity, affinity) + _direction(similarity.T, affinity.T)) / 2

    def scale(self) -> Tensor:
        """The learnable inverse temperature; the parameter is held at 100 at most, as in CLIP."""
        with torch.no_grad():
            self.log_scale.clamp_(max=math.log(LARGEST_SCALE))
        return self.log_scale.exp()


def pair_affinity(paintings: int) -> Tensor:
    """The plain pairwise form: painting i belongs to text i alone, (B, B)."""
    return torch.eye(paintings)


def utterance_affinity(shares: Tensor, emotions: Tensor) -> Tensor:
    """How a batch's paintings and their utterances belong together, (B, B), rows sum to 1.

    `shares` (B, k) are vote distributions, `emotions` (B,) the emotion that each utterance explains:
    painting i has half of its weight on its own utterance, the other half on all utterances in
    proportion to its votes for what they explain.
    """
    agreement = shares[:, emotions]  # (B, B)
    agreement = agreement / agreement.sum(dim=1, keepdim=True).clamp(min=1e-9)
    return (pair_affinity(len(shares)) + agreement) / 2


def _direction(similarity: Tensor, affinity: Tensor) -> Tensor:
    mass = affinity.sum(dim=1)
    filled = mass > 0
    targets = affinity[filled] / mass[filled, None]
    return functional.cross_entropy(similarity[filled], targets)
