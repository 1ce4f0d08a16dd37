"""The training loop: on frozen features, heads learn to bring paintings and words together as viewers did."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from sentence_transformers.base.modules import Router
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from encoders.projection import IMAGE, TEXT, head, is_identity
from trainer.losses import LOSSES, Loss


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """All that a run of training is decided by; saved with the model."""

    loss: Loss = "soft"
    epochs: int = 60
    batch_size: int = 256
    learning_rate: float = 3e-3
    dropout: float = 0.6
    """Share of a look's components that a step hides from a new image layer; one that starts as the
    identity sees all."""
    image_pull: float = 0.02
    """How strongly a layer is drawn to where it started (L2-SP, Li et al. 2018), a new one to zero."""
    text_pull: float = 0.5
    """Stronger: a few words say little about where all the other words should go."""
    utterance_weight: float = 0.3
    patience: int = 20
    """Epochs without a better held-out loss after which training ends."""
    blend: float | None = None
    """The weight in [0, 1] of the trained heads beside the untrained; None chooses it on held-out emotions."""
    seed: int = 0


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
    """Text embeddings: of the words' prompts and of the distinct utterances."""

    prompts: Tensor  # (k, templates, text_size)
    utterances: Tensor  # (m, text_size)


@dataclass(frozen=True, slots=True)
class Learned:
    """Trained heads and how they came about: mean losses after each epoch, the first before any step."""

    heads: Router
    train_losses: tuple[float, ...]
    held_out_losses: tuple[float, ...]
    best_epoch: int


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
    scaling = Scaling.before(heads, train.looks)
    train, held_out = scaling.of(train), scaling.of(held_out)
    loss = _Loss(heads, texts, settings)
    optimizer = torch.optim.AdamW(loss.parameters(), lr=settings.learning_rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings.epochs)

    best, best_epoch = copy.deepcopy(heads.state_dict()), 0
    train_losses, held_out_losses = [loss.of_votes(train)], [loss.of_votes(held_out)]
    with tqdm(range(1, settings.epochs + 1), desc=title, unit=" epochs", disable=None) as bar:
        for epoch in bar:
            for batch in _batches(train, settings.batch_size):
                optimizer.zero_grad()
                loss(batch).backward()
                optimizer.step()
            schedule.step()
            train_losses.append(loss.of_votes(train))
            held_out_losses.append(loss.of_votes(held_out))
            bar.set_postfix(loss=f"{train_losses[-1]:.3f}", held_out=f"{held_out_losses[-1]:.3f}")
            if held_out_losses[-1] < held_out_losses[best_epoch]:
                best, best_epoch = copy.deepcopy(heads.state_dict()), epoch
            if epoch - best_epoch >= settings.patience:
                break
    heads.load_state_dict(best)
    scaling.fold_into(heads)
    return Learned(heads.eval(), tuple(train_losses), tuple(held_out_losses), best_epoch)


@dataclass(frozen=True, slots=True)
class Scaling:
    """Standardises looks while a new image layer learns; afterwards the layer takes it over."""

    mean: Tensor  # (look_size,)
    spread: Tensor  # (look_size,)

    @classmethod
    def before(cls, heads: Router, looks: Tensor) -> "Scaling":
        """None for layers that start as the identity: there the looks already live in the words' space."""
        if is_identity(head(heads, IMAGE)):
            return cls(torch.zeros(looks.shape[1]), torch.ones(looks.shape[1]))
        return cls(looks.mean(dim=0), looks.std(dim=0, correction=0).clamp(min=1e-4) * looks.shape[1] ** 0.5)

    def of(self, examples: Examples) -> Examples:
        return replace(examples, looks=(examples.looks - self.mean) / self.spread)

    def fold_into(self, heads: Router) -> None:
        """Change the image layer so that it gives for raw looks what it gave for standardised ones."""
        layer = head(heads, IMAGE)
        with torch.no_grad():
            layer.weight.div_(self.spread)
            layer.bias.sub_(layer.weight @ self.mean)


class _Loss(nn.Module):
    """All terms of the objective; its parameters are the heads and the two learnable scales."""

    def __init__(self, heads: Router, texts: Texts, settings: TrainSettings) -> None:
        super().__init__()
        self.heads = heads
        self.texts = texts
        self.settings = settings
        self.to_words = LOSSES[settings.loss]()
        self.to_utterances = LOSSES[settings.loss]()
        new = not is_identity(head(heads, IMAGE))
        self.dropout = nn.Dropout(settings.dropout if new else 0.0)
        self.image_start = torch.zeros(()) if new else _start(heads, IMAGE)
        self.text_start = _start(heads, TEXT)

    def forward(self, batch: Examples) -> Tensor:
        paintings = _project(self.heads, IMAGE, self.dropout(batch.looks))  # (B, d')
        loss = self.to_words.of_votes(paintings, self._words(), batch.shares)
        if len(batch.utterances):
            loss = loss + self.settings.utterance_weight * self._utterances_loss(paintings, batch)
        return loss + self._pull()

    @torch.no_grad()
    def of_votes(self, examples: Examples) -> float:
        """Mean cross-entropy, in nats, between votes and the softmax over the words' similarities."""
        similarity = _project(self.heads, IMAGE, examples.looks) @ self._words().T
        return float(functional.cross_entropy(self.to_words.scale() * similarity, examples.shares))

    def _words(self) -> Tensor:
        prompts = _project(self.heads, TEXT, self.texts.prompts)  # (k, templates, d')
        return functional.normalize(prompts.mean(dim=1), dim=-1)  # (k, d')

    def _utterances_loss(self, paintings: Tensor, batch: Examples) -> Tensor:
        said = _project(self.heads, TEXT, self.texts.utterances[batch.utterances])  # (u, d')
        speakers = batch.utterance_paintings
        return self.to_utterances.of_utterances(
            paintings[speakers], said, batch.shares[speakers], batch.utterance_emotions
        )

    def _pull(self) -> Tensor:
        image = (head(self.heads, IMAGE).weight - self.image_start).square().sum()
        text = (head(self.heads, TEXT).weight - self.text_start).square().sum()
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


def _project(heads: Router, modality: str, vectors: Tensor) -> Tensor:
    return functional.normalize(head(heads, modality)(vectors), dim=-1)


def _start(heads: Router, modality: str) -> Tensor:
    return head(heads, modality).weight.detach().clone()
