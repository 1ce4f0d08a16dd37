"""The training loop: on frozen features, heads learn to bring paintings and words together as viewers did."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from sentence_transformers.base.modules import Router
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from encoders.projection import IMAGE, TEXT, head
from trainer.dataset.examples import Examples, Texts
from trainer.heads.centring import Centring, start_aside
from trainer.heads.losses import LOSSES, Loss
from trainer.heads.opposites import Opposites


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """All that a run of training is decided by; saved with the model."""

    loss: Loss = "soft"
    epochs: int = 60
    batch_size: int = 256
    learning_rate: float = 1e-3
    scale: float = 5.0
    """The inverse temperature that training starts with. A low one leaves the heads as they are where looks
    tell little: viewers disagree, so no word is far likelier than the others."""
    image_pull: float = 0.1
    """How strongly a layer is drawn to where it started (L2-SP, Li et al. 2018)."""
    text_pull: float = 0.5
    """Stronger: a few words say little about where all the other words should go."""
    utterance_weight: float = 0.3
    opposites_weight: float = 10.0
    """Of keeping words of opposite valence apart, where a lexicon names them."""
    patience: int = 20
    """Epochs without a better held-out loss after which training ends."""
    blend: float | None = None
    """The weight in [0, 1] of the trained heads; None chooses it on held-out emotions."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Learned:
    """Trained heads and how they came about: mean losses after each epoch, the first before any step."""

    heads: Router
    train_losses: tuple[float, ...]
    held_out_losses: tuple[float, ...]
    best_epoch: int
    scales: Mapping[str, Tensor]
    """What the losses learned of themselves, by parameter."""


def train_heads(
    untrained: Router,
    train: Examples,
    held_out: Examples,
    texts: Texts,
    settings: TrainSettings,
    title: str = "Training",
) -> Learned:
    """Train a copy of the heads; the epoch with the lowest held-out loss is kept. Repeatable by its seed.

    `title` heads the progress bar.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        return _train(untrained, train, held_out, texts, settings, title)


def _train(
    untrained: Router,
    train: Examples,
    held_out: Examples,
    texts: Texts,
    settings: TrainSettings,
    title: str,
) -> Learned:
    heads = copy.deepcopy(untrained).train()
    centring = Centring.around(heads, train.looks, texts.vocabulary)
    start_aside(heads, texts.vocabulary)
    objective = Objective(heads, centring, texts, settings)
    optimizer = torch.optim.AdamW(objective.parameters(), lr=settings.learning_rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings.epochs)

    best, best_epoch = copy.deepcopy(objective.state_dict()), 0
    train_losses, held_out_losses = [objective.of_votes(train)], [objective.of_votes(held_out)]
    with tqdm(range(1, settings.epochs + 1), desc=title, unit=" epochs", disable=None) as bar:
        for epoch in bar:
            for batch in _batches(train, settings.batch_size):
                optimizer.zero_grad()
                objective(batch).backward()
                optimizer.step()
            schedule.step()
            train_losses.append(objective.of_votes(train))
            held_out_losses.append(objective.of_votes(held_out))
            bar.set_postfix(loss=f"{train_losses[-1]:.3f}", held_out=f"{held_out_losses[-1]:.3f}")
            if held_out_losses[-1] < held_out_losses[best_epoch]:
                best, best_epoch = copy.deepcopy(objective.state_dict()), epoch
            if epoch - best_epoch >= settings.patience:
                break
    objective.load_state_dict(best)
    centring.fold_into(heads)
    return Learned(
        heads.requires_grad_().eval(),
        tuple(train_losses),
        tuple(held_out_losses),
        best_epoch,
        objective.scales(),
    )


class Objective(nn.Module):
    """All terms of what is minimised; its parameters are the heads and the two losses' own.

    The text layer's bias is no parameter: it would move all words at once, unseen ones too.
    """

    def __init__(self, heads: Router, centring: Centring, texts: Texts, settings: TrainSettings) -> None:
        super().__init__()
        self.heads = heads
        self.centring = centring
        self.texts = texts
        self.settings = settings
        self.to_words = LOSSES[settings.loss](settings.scale)
        self.to_utterances = LOSSES[settings.loss](settings.scale)
        self.opposites = Opposites.of(centring.texts(texts.vocabulary), texts.opposed)
        self.starts = {name: head(heads, name).weight.detach().clone() for name in (IMAGE, TEXT)}
        head(heads, TEXT).bias.requires_grad_(False)

    def forward(self, batch: Examples) -> Tensor:
        paintings = self._paintings(batch.looks)  # (B, d')
        loss = self.to_words.of_votes(paintings, self._words(), batch.shares) + self._pull()
        if len(batch.utterances):
            loss = loss + self.settings.utterance_weight * self._utterances_loss(paintings, batch)
        if self.opposites:
            closeness = self.opposites.closeness(head(self.heads, TEXT))
            loss = loss + self.settings.opposites_weight * closeness
        return loss

    def scales(self) -> dict[str, Tensor]:
        """The losses' own parameters, by their names in this module."""
        return {name: value for name, value in self.state_dict().items() if name.startswith("to_")}

    @torch.no_grad()
    def of_votes(self, examples: Examples) -> float:
        """Mean cross-entropy, in nats, between votes and the softmax over the words' similarities."""
        similarity = self._paintings(examples.looks) @ self._words().T
        return float(functional.cross_entropy(self.to_words.scale() * similarity, examples.shares))

    def _paintings(self, looks: Tensor) -> Tensor:
        return functional.normalize(head(self.heads, IMAGE)(self.centring.looks(looks)), dim=-1)

    def _texts(self, texts: Tensor) -> Tensor:
        return functional.normalize(head(self.heads, TEXT)(self.centring.texts(texts)), dim=-1)

    def _words(self) -> Tensor:
        prompts = self._texts(self.texts.prompts)  # (k, templates, d')
        return functional.normalize(prompts.mean(dim=1), dim=-1)  # (k, d')

    def _utterances_loss(self, paintings: Tensor, batch: Examples) -> Tensor:
        said = self._texts(self.texts.utterances[batch.utterances])  # (u, d')
        speakers = batch.utterance_paintings
        return self.to_utterances.of_utterances(
            paintings[speakers], said, batch.shares[speakers], batch.utterance_emotions
        )

    def _pull(self) -> Tensor:
        image, text = (
            (head(self.heads, name).weight - start).square().sum() for name, start in self.starts.items()
        )
        return self.settings.image_pull * image + self.settings.text_pull * text


def _batches(examples: Examples, size: int) -> Iterator[Examples]:
    """Shuffled batches; each painting brings one of its utterances, drawn anew every time."""
    order = torch.randperm(len(examples.looks))
    shuffled = torch.randperm(len(examples.utterances)).numpy()
    drawn = np.full(len(order), -1)
    drawn[examples.utterance_paintings.numpy()[shuffled]] = shuffled  # of a painting's, the last stays
    chosen = torch.from_numpy(drawn)
    for rows in torch.split(order, size):
        speakers = torch.nonzero(chosen[rows] >= 0).squeeze(1)
        utterances = chosen[rows][speakers]
        yield Examples(
            looks=examples.looks[rows],
            shares=examples.shares[rows],
            utterances=examples.utterances[utterances],
            utterance_paintings=speakers,
            utterance_emotions=examples.utterance_emotions[utterances],
        )
