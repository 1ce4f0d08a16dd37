"""Holding emotions out of training, each in its turn, to see how similarity speaks for words unseen."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from encoders.coherence import Array
from encoders.model import project_words
from encoders.projection import IMAGE, project
from encoders.vectors import Vectors
from trainer.annotations.annotations import Counts
from trainer.dataset.smoothing import smoothed_shares
from trainer.dataset.split import Split
from trainer.dataset.training_data import TrainingData
from trainer.errors import TrainingError
from trainer.fitting.round import AS_TRAINED, Recipe, blend_heads, compare, learn, read_round
from trainer.fitting.unseen import Turn, choose_blend, rank_correlations
from trainer.heads.training import Learned

HELD_OUT_AT_ONCE = 2
MOST_ROUNDS = 10
SHOWN = 3
LEAST_WORDS = 2
"""That must stay to learn from."""
PAINTINGS = 8000
"""Training paintings that a round uses at most."""
BLENDS = (0.25, 0.5, 0.75, AS_TRAINED)


@dataclass(frozen=True, slots=True)
class Rotation:
    """What came of holding each word out once."""

    blend: float
    """The weight of the trained heads that was given, or that suits unseen words best."""
    turns: tuple[Turn, ...]
    """With heads of that blend; none where too few words or paintings stay to learn from."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Heads that were trained without some columns of the data."""

    columns: list[int]
    rest: TrainingData
    learned: Learned


def rotate(recipe: Recipe, data: TrainingData) -> Rotation:
    """Hold every word out once, `HELD_OUT_AT_ONCE` at a time or, of many words, more.

    Votes for them, their utterances and the paintings that they dominate are removed, heads are trained on
    the rest, and the held-out words are read on held-out paintings. Where the settings leave the blend
    open, the best of `BLENDS` is taken.
    """
    texts = data.texts.prompts.numpy()
    attempts = []
    for group in groups(len(data.words)):
        with suppress(TrainingError):
            attempts.append(_hold_out(group, recipe, data))
    blend = recipe.settings.blend
    if blend is None:
        blend = _choose_blend(recipe, data, texts, attempts) if attempts else AS_TRAINED
    return Rotation(blend, tuple(_read(recipe, data, texts, attempt, blend) for attempt in attempts))


def groups(words: int, at_once: int = HELD_OUT_AT_ONCE) -> list[list[int]]:
    """Columns to hold out together, each once; none where too few words would stay to learn from.

    There are at most `MOST_ROUNDS` groups, so of many words more than `at_once` go together. Emotions far
    apart in the list, as of opposite valence, go together.
    """
    at_once = min(max(at_once, -(-words // MOST_ROUNDS)), words - LEAST_WORDS)
    if at_once < 1:
        return []
    rounds = -(-words // at_once)
    return [list(range(start, words, rounds)) for start in range(rounds)]


def without(data: TrainingData, group: Sequence[int]) -> TrainingData:
    """The data as if nobody had named these words, without the training paintings that they dominate.

    Who named them is no viewer any more either: the share of those who named none of the words must not tell
    how often these were named. Where a viewer names several words that cannot be told, and all stay.

    Raises:
        TrainingError: no vote is left to learn from.
    """
    kept = [column for column in range(len(data.words)) if column not in group]
    counts = data.counts[:, kept]
    dominated = np.isin(data.counts.argmax(axis=1), group) & (data.counts.max(axis=1) > 0)
    train = data.split.train[~dominated[data.split.train]]
    if not counts[train].any():
        raise TrainingError(
            f"Without {_named(group, data.words)} and the paintings that they dominate no vote is left "
            "to learn from; give annotations that name more emotions."
        )
    said = data.said.keep(~np.isin(data.said.words, group) & np.isin(data.said.paintings, train))
    return replace(
        data,
        words=tuple(data.words[column] for column in kept),
        counts=counts,
        viewers=_who_named_others(data, group),
        shares=smoothed_shares(counts, counts[train].sum(axis=0)),
        texts=replace(data.texts, prompts=data.texts.prompts[kept]),
        said=replace(said, words=np.searchsorted(kept, said.words)),
        split=Split(train, data.split.held_out),
    )


def _who_named_others(data: TrainingData, group: Sequence[int]) -> Counts:
    if (data.counts.sum(axis=1) > data.viewers).any():
        return data.viewers
    others: Counts = data.viewers - data.counts[:, list(group)].sum(axis=1)
    return others


def _hold_out(group: list[int], recipe: Recipe, data: TrainingData) -> Attempt:
    some = replace(data, split=replace(data.split, train=data.split.train[:PAINTINGS]))
    rest = without(some, group)
    return Attempt(group, rest, learn(recipe, rest, f"Without {_named(group, data.words)}"))


def _choose_blend(recipe: Recipe, data: TrainingData, texts: Vectors, attempts: Sequence[Attempt]) -> float:
    held_out = data.split.held_out
    looks, viewers = data.looks[held_out], data.viewers[held_out]

    def order(attempt: Attempt, blend: float) -> Array:
        heads = blend_heads(recipe, attempt.learned, blend)
        similarities = compare(project(heads, IMAGE, looks), project_words(heads, texts[attempt.columns]))
        return rank_correlations(similarities, data.counts[held_out][:, attempt.columns], viewers)

    return choose_blend(
        {blend: np.concatenate([order(attempt, blend) for attempt in attempts]) for blend in BLENDS}
    )


def _read(recipe: Recipe, data: TrainingData, texts: Vectors, attempt: Attempt, blend: float) -> Turn:
    columns, held_out = attempt.columns, data.split.held_out
    stayed = np.delete(texts, columns, axis=0)
    done = read_round(recipe, attempt.rest, attempt.learned, stayed, blend)
    vectors = project_words(done.learned.heads, texts[columns])
    return Turn(
        words=tuple(data.words[column] for column in columns),
        columns=tuple(columns),
        calibration=done.calibration,
        similarities=compare(done.feelings, vectors),
        nearness=compare(vectors, done.vectors),
        votes=data.counts[held_out][:, columns],
        viewers=data.viewers[held_out],
    )


def _named(group: Sequence[int], words: Sequence[str]) -> str:
    if len(group) > SHOWN:
        return f"{words[group[0]]} and {len(group) - 1} other words"
    return " and ".join(words[column] for column in group)
