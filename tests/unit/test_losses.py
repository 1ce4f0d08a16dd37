import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from trainer.heads.losses import (
    LARGEST_SCALE,
    LOSSES,
    ContrastiveLoss,
    PairwiseSigmoidLoss,
    PlainSymmetricLoss,
    SoftSymmetricLoss,
    pair_affinity,
    utterance_affinity,
)


@pytest.fixture(params=LOSSES)
def loss(request: pytest.FixtureRequest) -> ContrastiveLoss:
    """Each loss in turn."""
    return LOSSES[request.param]()


def units(rows: int, seed: int, width: int = 4) -> Tensor:
    return functional.normalize(torch.randn(rows, width, generator=torch.Generator().manual_seed(seed)))


def at_scale(loss: ContrastiveLoss, scale: float) -> ContrastiveLoss:
    loss.log_scale.data.fill_(math.log(scale))
    return loss


def minus_log_sigmoid(x: float) -> float:
    return math.log(1 + math.exp(-x))


def test_by_hand_two_paintings_two_words() -> None:
    loss = SoftSymmetricLoss()
    paintings = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    affinity = torch.tensor([[1.0, 0.0], [0.5, 0.5]])
    right = -math.log(1 / (1 + math.exp(-1 / 0.07)))
    wrong = right + 1 / 0.07
    rows = (right + (0.5 * wrong + 0.5 * right)) / 2
    columns = ((2 / 3 * right + 1 / 3 * wrong) + right) / 2
    assert loss(paintings, paintings, affinity).item() == pytest.approx((rows + columns) / 2, rel=1e-5)


@pytest.mark.parametrize("make", [SoftSymmetricLoss, PlainSymmetricLoss])
def test_of_pairs_with_emotions_all_different_both_symmetric_losses_are_clips(
    make: type[ContrastiveLoss],
) -> None:
    paintings, texts = units(5, 0), units(5, 1)
    logits = paintings @ texts.T / 0.07
    labels = torch.arange(5)
    clip = (functional.cross_entropy(logits, labels) + functional.cross_entropy(logits.T, labels)) / 2
    assert make()(paintings, texts, pair_affinity(labels)).item() == pytest.approx(clip.item(), rel=1e-5)


def test_a_word_nobody_named_has_no_weight() -> None:
    affinity = torch.tensor([[1.0, 0.0]] * 3)
    assert torch.isfinite(SoftSymmetricLoss()(units(3, 0), units(2, 1), affinity))


def test_a_second_painting_of_the_same_emotion_does_not_count_against_the_first() -> None:
    """Paintings at 0, 0 and 90 degrees with words at 0, 60 and 90; the first two pairs are of one emotion.

    Similarities 1, 1/2, 0 twice and 0, sqrt(3)/2, 1. The first two pairs' one negative, either way, is the
    third pair.
    """
    paintings = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    root = math.sqrt(3) / 2
    words = torch.tensor([[1.0, 0.0], [0.5, root], [0.0, 1.0]])
    loss = at_scale(PlainSymmetricLoss(), 1.0)(paintings, words, pair_affinity(torch.tensor([4, 4, 7])))
    first = minus_log_sigmoid(1 - 0) + minus_log_sigmoid(1 - 0)
    second = minus_log_sigmoid(0.5 - 0) + minus_log_sigmoid(0.5 - root)
    third = math.log(1 + (1 + math.exp(root)) / math.e) + math.log(1 + 2 / math.e)
    assert loss.item() == pytest.approx((first + second + third) / 6, rel=1e-6)


def test_pairs_of_one_emotion_alone_teach_nothing_and_break_nothing() -> None:
    paintings = units(3, 0).requires_grad_()
    loss = PlainSymmetricLoss()(paintings, units(3, 1), pair_affinity(torch.zeros(3)))
    loss.backward()
    assert loss.item() == 0
    assert paintings.grad is not None
    assert not paintings.grad.any()


def test_the_sigmoid_loss_by_hand() -> None:
    """Similarities 1, 0, 1 in the first row and 0, 1, 0 in the second; the third word is a duplicate."""
    paintings = torch.eye(2)
    words = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    affinity = torch.tensor([[1.0, 0.0, 0.5], [0.0, 1.0, 0.0]])
    loss = PairwiseSigmoidLoss()
    at_scale(loss, 2.0)
    loss.bias.data.fill_(-1.0)
    pairs = 2 * minus_log_sigmoid(2 - 1)
    negatives = 3 * minus_log_sigmoid(-(0 - 1))
    assert loss(paintings, words, affinity).item() == pytest.approx((pairs + negatives) / 2, rel=1e-6)


def test_paintings_on_their_words_lose_less_than_on_others(loss: ContrastiveLoss) -> None:
    words = torch.eye(3)
    affinity = pair_affinity(torch.arange(3))
    assert loss(words, words, affinity) < loss(words.roll(1, dims=0), words, affinity)


def test_votes_pull_paintings_to_what_was_named(loss: ContrastiveLoss) -> None:
    torch.manual_seed(0)
    words, shares = torch.eye(3), torch.tensor([[0.8, 0.2, 0.0], [0.0, 0.1, 0.9], [0.5, 0.5, 0.0]])
    near, far = functional.normalize(shares), functional.normalize(shares.flip(1))
    assert loss.of_votes(near, words, shares) < loss.of_votes(far, words, shares)


def test_each_loss_serves_any_number_of_paintings_and_words(loss: ContrastiveLoss) -> None:
    """As where one process' paintings meet the words of all."""
    affinity = torch.eye(7)[:3]
    assert loss(units(3, 0), units(7, 1), affinity).shape == ()


def test_paintings_words_and_scale_all_learn(loss: ContrastiveLoss) -> None:
    paintings, utterances = units(4, 0).requires_grad_(), units(4, 1).requires_grad_()
    shares = torch.full((4, 2), 0.5)
    value = loss.of_utterances(paintings, utterances, shares, torch.tensor([0, 0, 1, 1]))
    value.backward()  # type: ignore[no-untyped-call]
    for parameter in (paintings, utterances, *loss.parameters()):
        assert parameter.grad is not None
        assert parameter.grad.any()


def test_the_scale_stays_below_clips_limit(loss: ContrastiveLoss) -> None:
    assert at_scale(loss, 1e9).scale().item() == pytest.approx(LARGEST_SCALE)


def test_pairs_of_one_emotion_are_neither_pairs_nor_opposed() -> None:
    assert pair_affinity(torch.tensor([2, 5, 2])).tolist() == [[1, 0, 0.5], [0, 1, 0], [0.5, 0, 1]]


def test_an_utterance_belongs_to_its_painting_and_to_those_that_feel_alike() -> None:
    shares = torch.tensor([[0.9, 0.1], [0.8, 0.2], [0.0, 1.0]])
    affinity = utterance_affinity(shares, emotions=torch.tensor([0, 0, 1]))
    torch.testing.assert_close(affinity.sum(dim=1), torch.ones(3))
    assert affinity[0, 0] > affinity[0, 1] > affinity[0, 2]
    torch.testing.assert_close(affinity[2], torch.tensor([0.0, 0.0, 1.0]))
