from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from encoders.projection import TEXT, make_heads, project
from encoders.vectors import unit
from trainer.dataset.examples import Examples, Texts
from trainer.heads.opposites import MARGIN, Opposites
from trainer.heads.training import TrainSettings, train_heads

WIDTH = 8
PAIRS = tuple((pleasant, unpleasant) for pleasant in range(6) for unpleasant in range(6, 12))


def layer(weight: Tensor) -> nn.Linear:
    made = nn.Linear(len(weight), len(weight), bias=False)
    made.weight.data.copy_(weight)
    return made


def test_by_hand_words_that_came_nearer_and_words_that_moved_apart() -> None:
    """At 60 degrees the cosine is 1/2. Squeezing the second axis to a third makes the angle 30 degrees."""
    words = torch.tensor([[1.0, 0.0], [0.5, 3**0.5 / 2]])
    opposites = Opposites(words, torch.tensor([[0, 1]]))
    nearer = opposites.closeness(layer(torch.diag(torch.tensor([1.0, 1 / 3]))))
    assert nearer.item() == pytest.approx(3**0.5 / 2 - 1 / 2 + MARGIN)
    assert opposites.closeness(layer(torch.eye(2))).item() == pytest.approx(MARGIN)
    assert opposites.closeness(layer(torch.diag(torch.tensor([1.0, 3.0])))).item() == 0


def test_without_pairs_there_is_nothing_to_keep_apart() -> None:
    assert Opposites.of(torch.eye(2), ()) is None


def test_with_a_lexicon_words_of_opposite_valence_end_up_further_apart() -> None:
    rng = np.random.default_rng(0)
    words, prompts = (unit(rng.standard_normal(shape)) for shape in ((12, WIDTH), (3, 2, WIDTH)))
    texts = Texts(torch.from_numpy(prompts), torch.empty(0, WIDTH), torch.from_numpy(words))
    nothing = torch.empty(0, dtype=torch.int64)
    shares = torch.from_numpy(rng.dirichlet([1, 1, 1], 60)).float()
    some = Examples(shares.repeat(1, 2), shares, nothing, nothing, nothing)  # looks that tell the shares

    def cosine(texts: Texts) -> float:
        """The mean over the pairs, after training."""
        settings = TrainSettings(epochs=20, learning_rate=1e-2)
        learned = train_heads(make_heads(6, WIDTH), some, some, texts, settings)
        read = project(learned.heads, TEXT, words)
        return float(np.mean([read[one] @ read[other] for one, other in PAIRS]))

    assert cosine(replace(texts, opposed=PAIRS)) < cosine(texts) - 0.02
