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
from trainer.errors import TrainingError
from trainer.fitting import AS_TRAINED, Recipe, blend_heads, compare, learn, read_round
from trainer.heads import Learned
from trainer.lessons import Lessons
from trainer.split import Split
from trainer.unseen import Turn, choose_blend, rank_correlations
from trainer.votes import smoothed_shares

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
    """Heads that were trained without some columns of the lessons."""

    columns: list[int]
    rest: Lessons
    learned: Learned


def rotate(recipe: Recipe, lessons: Lessons) -> Rotation:
    """Hold every word out once, `HELD_OUT_AT_ONCE` at a time or, of many words, more.

    Votes for them, their utterances and the paintings that they dominate are removed, heads are trained on
    the rest, and the held-out words are read on held-out paintings. Where the settings leave the blend
    open, the best of `BLENDS` is taken.
    """
    texts = lessons.texts.prompts.numpy()
    attempts = []
    for group in groups(len(lessons.words)):
        with suppress(TrainingError):
            attempts.append(_hold_out(group, recipe, lessons))
    blend = recipe.settings.blend
    if blend is None:
        blend = _choose_blend(recipe, lessons, texts, attempts) if attempts else AS_TRAINED
    return Rotation(blend, tuple(_read(recipe, lessons, texts, attempt, blend) for attempt in attempts))


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


def without(lessons: Lessons, group: Sequence[int]) -> Lessons:
    """The lessons as if nobody had named these words, without the training paintings that they dominate.

    Who named them is no viewer any more either: the share of those who named none of the words must not tell
    how often these were named. Where a viewer names several words that cannot be told, and all stay.

    Raises:
        TrainingError: no vote is left to learn from.
    """
    kept = [column for column in range(len(lessons.words)) if column not in group]
    counts = lessons.counts[:, kept]
    dominated = np.isin(lessons.counts.argmax(axis=1), group) & (lessons.counts.max(axis=1) > 0)
    train = lessons.split.train[~dominated[lessons.split.train]]
    if not counts[train].any():
        raise TrainingError(
            f"Without {_named(group, lessons.words)} and the paintings that they dominate no vote is left "
            "to learn from; give annotations that name more emotions."
        )
    said = lessons.said.keep(~np.isin(lessons.said.words, group) & np.isin(lessons.said.paintings, train))
    return replace(
        lessons,
        words=tuple(lessons.words[column] for column in kept),
        counts=counts,
        viewers=_who_named_others(lessons, group),
        shares=smoothed_shares(counts, counts[train].sum(axis=0)),
        texts=replace(lessons.texts, prompts=lessons.texts.prompts[kept]),
        said=replace(said, words=np.searchsorted(kept, said.words)),
        split=Split(train, lessons.split.held_out),
    )


def _who_named_others(lessons: Lessons, group: Sequence[int]) -> Counts:
    if (lessons.counts.sum(axis=1) > lessons.viewers).any():
        return lessons.viewers
    others: Counts = lessons.viewers - lessons.counts[:, list(group)].sum(axis=1)
    return others


def _hold_out(group: list[int], recipe: Recipe, lessons: Lessons) -> Attempt:
    some = replace(lessons, split=replace(lessons.split, train=lessons.split.train[:PAINTINGS]))
    rest = without(some, group)
    return Attempt(group, rest, learn(recipe, rest, f"Without {_named(group, lessons.words)}"))


def _choose_blend(recipe: Recipe, lessons: Lessons, texts: Vectors, attempts: Sequence[Attempt]) -> float:
    held_out = lessons.split.held_out
    looks, viewers = lessons.looks[held_out], lessons.viewers[held_out]

    def order(attempt: Attempt, blend: float) -> Array:
        heads = blend_heads(recipe, attempt.learned, blend)
        similarities = compare(project(heads, IMAGE, looks), project_words(heads, texts[attempt.columns]))
        return rank_correlations(similarities, lessons.counts[held_out][:, attempt.columns], viewers)

    return choose_blend(
        {blend: np.concatenate([order(attempt, blend) for attempt in attempts]) for blend in BLENDS}
    )


def _read(recipe: Recipe, lessons: Lessons, texts: Vectors, attempt: Attempt, blend: float) -> Turn:
    columns, held_out = attempt.columns, lessons.split.held_out
    stayed = np.delete(texts, columns, axis=0)
    done = read_round(recipe, attempt.rest, attempt.learned, stayed, blend)
    vectors = project_words(done.learned.heads, texts[columns])
    return Turn(
        words=tuple(lessons.words[column] for column in columns),
        columns=tuple(columns),
        calibration=done.calibration,
        similarities=compare(done.feelings, vectors),
        nearness=compare(vectors, done.vectors),
        votes=lessons.counts[held_out][:, columns],
        viewers=lessons.viewers[held_out],
    )


def _named(group: Sequence[int], words: Sequence[str]) -> str:
    if len(group) > SHOWN:
        return f"{words[group[0]]} and {len(group) - 1} other words"
    return " and ".join(words[column] for column in group)
