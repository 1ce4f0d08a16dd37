from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from encoders.projection import IMAGE, TEXT, head, make_heads, project
from encoders.vectors import unit
from encoders.words.prompts import ensemble
from trainer.dataset.examples import Examples, Texts
from trainer.heads.losses import LOSSES, Loss
from trainer.heads.training import TrainSettings, _batches, train_heads

LOOK, WORDS = 12, 6


def examples(paintings: int, utterances: int = 0, seed: int = 0) -> Examples:
    """Looks whose first three numbers tell the shares."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([0.5] * 3, paintings)
    looks = unit(np.hstack([shares, 0.3 * rng.standard_normal((paintings, LOOK - 3))]) + 0.5)
    speakers = rng.integers(0, paintings, utterances)
    return Examples(
        looks=torch.from_numpy(looks),
        shares=torch.from_numpy(shares).float(),
        utterances=torch.from_numpy(rng.integers(0, 5, utterances)),
        utterance_paintings=torch.from_numpy(speakers),
        utterance_emotions=torch.from_numpy(rng.integers(0, 3, utterances)),
    )


def texts() -> Texts:
    rng = np.random.default_rng(1)
    prompts, said, words = (
        unit(rng.standard_normal(shape)) for shape in ((3, 2, WORDS), (5, WORDS), (9, WORDS))
    )
    return Texts(torch.from_numpy(prompts), torch.from_numpy(said), torch.from_numpy(words))


def test_batches_are_repeatable_on_several_threads() -> None:
    many = examples(720, utterances=20_000)
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        runs = []
        for _ in range(10):
            torch.manual_seed(0)
            runs.append(torch.cat([batch.utterances for batch in _batches(many, 100)]))
    finally:
        torch.set_num_threads(threads)
    assert all(torch.equal(runs[0], run) for run in runs)


def test_each_painting_comes_once_with_one_of_its_own_utterances() -> None:
    several = examples(50, utterances=80)
    spoken = set(zip(several.utterance_paintings.tolist(), several.utterance_emotions.tolist(), strict=True))
    batches = list(_batches(several, 16))
    assert sum(len(batch.looks) for batch in batches) == 50
    for batch in batches:
        assert len(set(batch.utterance_paintings.tolist())) == len(batch.utterances)
        for place, emotion in zip(batch.utterance_paintings, batch.utterance_emotions, strict=True):
            [row] = torch.nonzero((several.looks == batch.looks[place]).all(dim=1)).flatten().tolist()
            assert (row, int(emotion)) in spoken


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("look_size", [LOOK, WORDS])
def test_heads_learn_what_looks_tell_of_votes(loss: Loss, look_size: int) -> None:
    settings = TrainSettings(loss=loss, epochs=40, image_pull=0.0, learning_rate=1e-2)
    train, held_out = (
        replace(some, looks=some.looks[:, :look_size]) for some in (examples(300, 200), examples(60, seed=2))
    )
    learned = train_heads(make_heads(look_size, WORDS), train, held_out, texts(), settings)
    always_the_mean = -(held_out.shares * held_out.shares.mean(dim=0).log()).sum(dim=1).mean().item()
    assert learned.held_out_losses[learned.best_epoch] == min(learned.held_out_losses)
    assert min(learned.held_out_losses) < 0.9 * always_the_mean


def test_trained_heads_give_for_raw_looks_and_texts_what_they_gave_in_training() -> None:
    train, held_out = examples(300), examples(60, seed=2)
    learned = train_heads(make_heads(LOOK, WORDS), train, held_out, texts(), TrainSettings(epochs=5))
    paintings = project(learned.heads, IMAGE, held_out.looks.numpy())
    prompts = project(learned.heads, TEXT, texts().prompts.flatten(0, 1).numpy())
    similarity = torch.from_numpy(paintings @ ensemble(prompts.reshape(3, 2, WORDS)).T)
    logits = learned.scales["to_words.log_scale"].exp() * similarity
    loss = functional.cross_entropy(logits, held_out.shares).item()
    assert loss == pytest.approx(learned.held_out_losses[learned.best_epoch], abs=1e-5)


def test_training_leaves_the_untrained_heads_and_the_callers_chance_alone() -> None:
    untrained = make_heads(LOOK, WORDS)
    before = head(untrained, IMAGE).weight.detach().clone()
    torch.manual_seed(7)
    expected = torch.rand(1)
    torch.manual_seed(7)
    train_heads(untrained, examples(30), examples(10), texts(), TrainSettings(epochs=1))
    assert torch.equal(head(untrained, IMAGE).weight, before)
    assert torch.equal(torch.rand(1), expected)


def test_a_strong_pull_keeps_the_text_layer_where_it_was() -> None:
    settings = TrainSettings(epochs=20, text_pull=1e4)
    learned = train_heads(make_heads(LOOK, WORDS), examples(100), examples(20), texts(), settings)
    assert (head(learned.heads, TEXT).weight - torch.eye(WORDS)).abs().max() < 0.01


def test_without_progress_training_ends_early() -> None:
    settings = TrainSettings(epochs=50, patience=3, learning_rate=0.0)
    learned = train_heads(make_heads(LOOK, WORDS), examples(30), examples(10), texts(), settings)
    assert learned.best_epoch <= 1
    assert len(learned.held_out_losses) <= 6
