import math

import pytest
import torch
from torch.nn import functional

from trainer.losses import LARGEST_SCALE, SoftSymmetricLoss, pair_affinity, utterance_affinity


def test_by_hand_two_paintings_two_words() -> None:
    loss = SoftSymmetricLoss()
    paintings = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    affinity = torch.tensor([[1.0, 0.0], [0.5, 0.5]])
    right = -math.log(1 / (1 + math.exp(-1 / 0.07)))
    wrong = right + 1 / 0.07
    rows = (right + (0.5 * wrong + 0.5 * right)) / 2
    columns = ((2 / 3 * right + 1 / 3 * wrong) + right) / 2
    assert loss(paintings, paintings, affinity).item() == pytest.approx((rows + columns) / 2, rel=1e-5)


def test_with_pairs_it_is_clips_loss() -> None:
    torch.manual_seed(0)
    paintings = functional.normalize(torch.randn(5, 4), dim=1)
    texts = functional.normalize(torch.randn(5, 4), dim=1)
    logits = paintings @ texts.T / 0.07
    labels = torch.arange(5)
    clip = (functional.cross_entropy(logits, labels) + functional.cross_entropy(logits.T, labels)) / 2
    assert SoftSymmetricLoss()(paintings, texts, pair_affinity(5)).item() == pytest.approx(
        clip.item(), rel=1e-5
    )


def test_a_word_nobody_named_has_no_weight() -> None:
    torch.manual_seed(0)
    paintings = functional.normalize(torch.randn(3, 4), dim=1)
    words = functional.normalize(torch.randn(2, 4), dim=1)
    affinity = torch.tensor([[1.0, 0.0]] * 3)
    assert torch.isfinite(SoftSymmetricLoss()(paintings, words, affinity))


def test_the_scale_stays_below_clips_limit() -> None:
    loss = SoftSymmetricLoss()
    loss.log_scale.data.fill_(20.0)
    assert loss.scale().item() == pytest.approx(LARGEST_SCALE)


def test_an_utterance_belongs_to_its_painting_and_to_those_that_feel_alike() -> None:
    shares = torch.tensor([[0.9, 0.1], [0.8, 0.2], [0.0, 1.0]])
    affinity = utterance_affinity(shares, emotions=torch.tensor([0, 0, 1]))
    torch.testing.assert_close(affinity.sum(dim=1), torch.ones(3))
    assert affinity[0, 0] > affinity[0, 1] > affinity[0, 2]
    torch.testing.assert_close(affinity[2], torch.tensor([0.0, 0.0, 1.0]))
