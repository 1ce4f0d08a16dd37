"""The losses that draw paintings and words together in the space of feelings.

All are called alike, `loss(paintings, words, affinity)` with unit vectors (B, d) and (K, d) and a matrix
(B, K) of how they belong together, and give a scalar. B and K are whatever the caller has: one process'
batch, or that of all processes gathered.
"""

import math
from abc import ABC, abstractmethod
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

Loss = Literal["soft", "plain", "sigmoid"]

INITIAL_SCALE = 1 / 0.07
LARGEST_SCALE = 100.0
SIGMOID_SCALE, SIGMOID_BIAS = 10.0, -5.5
"""Where the pairwise sigmoid loss starts. The bias says how rare pairs are: -10 in Zhai et al. 2023, whose
batches hold tens of thousands; here it is -log(256)."""
PAIR, NEITHER = 1.0, 0.5


class ContrastiveLoss(nn.Module, ABC):
    """A loss with a learnable scale, the inverse temperature of its similarities."""

    def __init__(self, initial_scale: float = INITIAL_SCALE) -> None:
        super().__init__()
        self.log_scale = nn.Parameter(torch.tensor(math.log(initial_scale)))

    def scale(self) -> Tensor:
        """The learnable inverse temperature; the parameter is held at 100 at most, as in CLIP."""
        with torch.no_grad():
            self.log_scale.clamp_(max=math.log(LARGEST_SCALE))
        return self.log_scale.exp()

    @abstractmethod
    def forward(self, paintings: Tensor, words: Tensor, affinity: Tensor) -> Tensor:
        """Unit vectors (B, d) and (K, d), affinity (B, K) -> scalar."""

    @abstractmethod
    def of_votes(self, paintings: Tensor, words: Tensor, shares: Tensor) -> Tensor:
        """The loss of B paintings with vote distributions (B, K) over K words."""

    @abstractmethod
    def of_utterances(
        self, paintings: Tensor, utterances: Tensor, shares: Tensor, emotions: Tensor
    ) -> Tensor:
        """The loss of B paintings and an utterance about each, (B, d).

        `shares` (B, k) are the paintings' vote distributions, `emotions` (B,) what the utterances explain.
        """


class SoftSymmetricLoss(ContrastiveLoss):
    """Symmetric contrastive loss whose targets are votes instead of pairs.

    With s = scale * paintings @ words.T (B, K) and a matrix A >= 0 (B, K) of how much each painting and
    word belong together:

        loss = (CE(rows(A), softmax over words of s) + CE(columns(A), softmax over paintings of s)) / 2

    where rows(A) and columns(A) scale A's rows and columns to sum to 1. With A the identity this is
    CLIP's loss (Radford et al. 2021, figure 3); several positives in both directions follow UniCL (Yang
    et al. 2022), soft ones SoftCLIP (Gao et al. 2024). A row or column of zeros has no weight.
    """

    def forward(self, paintings: Tensor, words: Tensor, affinity: Tensor) -> Tensor:
        similarity = self.scale() * paintings @ words.T  # (B, K)
        return (_direction(similarity, affinity) + _direction(similarity.T, affinity.T)) / 2

    def of_votes(self, paintings: Tensor, words: Tensor, shares: Tensor) -> Tensor:
        return self.forward(paintings, words, shares)

    def of_utterances(
        self, paintings: Tensor, utterances: Tensor, shares: Tensor, emotions: Tensor
    ) -> Tensor:
        return self.forward(paintings, utterances, utterance_affinity(shares, emotions))


class PairLoss(ContrastiveLoss):
    """A loss of pairs and negatives: affinity 1 makes a pair, 0 a negative, anything between is neither.

    Of votes every painting draws one, so that a word is met as often as it is named.
    """

    def of_votes(self, paintings: Tensor, words: Tensor, shares: Tensor) -> Tensor:
        drawn = torch.multinomial(shares, 1).squeeze(1)  # (B,)
        return self.forward(paintings, words[drawn], pair_affinity(drawn))

    def of_utterances(
        self, paintings: Tensor, utterances: Tensor, shares: Tensor, emotions: Tensor
    ) -> Tensor:
        return self.forward(paintings, utterances, pair_affinity(emotions))


class PlainSymmetricLoss(PairLoss):
    """CLIP's symmetric contrastive loss, with duplicates masked.

    With s = scale * paintings @ words.T (B, K) it is half the mean, over the pairs (i, j), of

        -log(exp s_ij / (exp s_ij + sum over i's negatives n of exp s_in))
        -log(exp s_ij / (exp s_ij + sum over j's negatives m of exp s_mj))

    Where all but the pairs are negatives this is CLIP's loss (Radford et al. 2021, figure 3). There a
    second painting of the same emotion would count against the first; here it is left out, as false
    negatives are cancelled in Huynh et al. 2022. A pair without negatives has no loss.
    """

    def forward(self, paintings: Tensor, words: Tensor, affinity: Tensor) -> Tensor:
        similarity = self.scale() * paintings @ words.T  # (B, K)
        negatives = similarity.masked_fill(affinity > 0, -torch.inf)
        rows = functional.softplus(negatives.logsumexp(dim=1, keepdim=True) - similarity)
        columns = functional.softplus(negatives.logsumexp(dim=0, keepdim=True) - similarity)
        return (rows + columns)[affinity == PAIR].mean() / 2


class PairwiseSigmoidLoss(PairLoss):
    """The sigmoid loss of SigLIP (Zhai et al. 2023): each pair and each negative is a question of its own.

    With s = scale * paintings @ words.T + bias (B, K), both learnable,

        loss = -(sum over pairs of log sigmoid(s) + sum over negatives of log sigmoid(-s)) / B

    What is neither pair nor negative, as two pairs of one emotion are to each other, has no part in it.
    """

    def __init__(self, initial_scale: float = SIGMOID_SCALE) -> None:
        super().__init__(initial_scale)
        self.bias = nn.Parameter(torch.tensor(SIGMOID_BIAS))

    def forward(self, paintings: Tensor, words: Tensor, affinity: Tensor) -> Tensor:
        logits = self.scale() * paintings @ words.T + self.bias  # (B, K)
        pairs = functional.softplus(-logits)[affinity == PAIR].sum()
        negatives = functional.softplus(logits)[affinity == 0].sum()
        return (pairs + negatives) / len(paintings)


LOSSES: dict[Loss, type[ContrastiveLoss]] = {
    "soft": SoftSymmetricLoss,
    "plain": PlainSymmetricLoss,
    "sigmoid": PairwiseSigmoidLoss,
}


def pair_affinity(emotions: Tensor) -> Tensor:
    """Of pairs by the emotion that each carries (B,): (B, B).

    Painting i belongs to text i; to texts of other pairs of its emotion it neither belongs nor is opposed.
    """
    same = emotions[:, None] == emotions
    return same.float().mul_(NEITHER).fill_diagonal_(PAIR)


def utterance_affinity(shares: Tensor, emotions: Tensor) -> Tensor:
    """How a batch's paintings and their utterances belong together, (B, B), rows sum to 1.

    `shares` (B, k) are vote distributions, `emotions` (B,) the emotion that each utterance explains:
    painting i has half of its weight on its own utterance, the other half on all utterances in
    proportion to its votes for what they explain.
    """
    agreement = shares[:, emotions]  # (B, B)
    agreement = agreement / agreement.sum(dim=1, keepdim=True).clamp(min=1e-9)
    return (torch.eye(len(shares), device=shares.device) + agreement) / 2


def _direction(similarity: Tensor, affinity: Tensor) -> Tensor:
    mass = affinity.sum(dim=1)
    filled = mass > 0
    targets = affinity[filled] / mass[filled, None]
    return functional.cross_entropy(similarity[filled], targets)
