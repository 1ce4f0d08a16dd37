"""Holding emotions out: how well similarity speaks for words that training never saw."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from encoders.coherence import Calibration, standardise
from encoders.model import word_vectors
from trainer.calibrate import fit_slope
from trainer.errors import TrainingError
from trainer.fitting import Recipe, run_round
from trainer.lessons import Lessons
from trainer.split import Split
from trainer.votes import smoothed_shares

HELD_OUT_AT_ONCE = 2
LEAST_WORDS = 2
"""That must stay to learn from."""
PAINTINGS = 8000
"""Training paintings that a round uses at most."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """What held-out words looked like on held-out paintings, over all rounds: n x words flattened to (m,)."""

    z: npt.NDArray[np.float64]
    log_odds: npt.NDArray[np.float64]
    votes: npt.NDArray[np.int64]
    viewers: npt.NDArray[np.int64]
    nearness: float
    """Mean cosine of a held-out word to the nearest of the words that stayed."""


def calibrate_unseen(calibration: Calibration, recipe: Recipe, lessons: Lessons) -> Calibration:
    """Add to a calibration what it may claim of unseen words.

    Every word is held out once, `HELD_OUT_AT_ONCE` at a time: votes for them, their utterances and the
    paintings that they dominate are removed, heads are trained on the rest, and the held-out words are read
    on held-out paintings with the odds that unseen words borrow. One slope is fitted to all of that. Where
    too few words or paintings stay to learn from, the calibration stays as cautious as it came.
    """
    rounds = []
    for group in groups(len(lessons.words)):
        with contextlib.suppress(TrainingError):
            rounds.append(_hold_out(group, recipe, lessons))
    if not rounds:
        return calibration
    slope = fit_slope(
        *(
            np.concatenate([getattr(part, name) for part in rounds])
            for name in ("z", "log_odds", "votes", "viewers")
        )
    )
    return replace(
        calibration,
        unseen_slope=slope,
        unseen_nearness=float(np.mean([part.nearness for part in rounds])),
    )


def groups(words: int, at_once: int = HELD_OUT_AT_ONCE) -> list[list[int]]:
    """Columns to hold out together, each once; none where too few words would stay to learn from.

    Emotions far apart in the list, as of opposite valence, go together.
    """
    at_once = min(at_once, words - LEAST_WORDS)
    if at_once < 1:
        return []
    rounds = -(-words // at_once)
    return [list(range(start, words, rounds)) for start in range(rounds)]


def _hold_out(group: Sequence[int], recipe: Recipe, lessons: Lessons) -> Unseen:
    some = replace(lessons, split=replace(lessons.split, train=lessons.split.train[:PAINTINGS]))
    rest = without(some, group)
    words = [lessons.words[column] for column in group]
    title = f"Without {' and '.join(words)}"
    done = run_round(recipe, rest, title)
    vectors = word_vectors(recipe.backbone, done.learned.heads, recipe.prompts, words)  # (2, d')
    nearness = vectors @ done.vectors.T  # (2, k - 2)
    odds = [done.calibration.log_odds_of(word, near) for word, near in zip(words, nearness, strict=True)]
    similarities = (done.feelings @ vectors.T).astype(np.float64)  # (n, 2)
    held_out = lessons.split.held_out
    votes = lessons.counts[held_out][:, list(group)]
    return Unseen(
        z=standardise(similarities, (done.bank.feelings @ vectors.T).astype(np.float64)).ravel(),
        log_odds=np.broadcast_to(odds, votes.shape).ravel(),
        votes=votes.ravel(),
        viewers=np.broadcast_to(lessons.viewers[held_out][:, None], votes.shape).ravel(),
        nearness=float(nearness.max(axis=1).mean()),
    )


def without(lessons: Lessons, group: Sequence[int]) -> Lessons:
    """The lessons as if nobody had named these words, without the training paintings that they dominate.

    Raises:
        TrainingError: no vote is left to learn from.
    """
    kept = [column for column in range(len(lessons.words)) if column not in group]
    counts = lessons.counts[:, kept]
    dominated = np.isin(lessons.counts.argmax(axis=1), group) & (lessons.counts.max(axis=1) > 0)
    train = lessons.split.train[~dominated[lessons.split.train]]
    if not counts[train].any():
        held_out = " and ".join(lessons.words[column] for column in group)
        raise TrainingError(
            f"Without {held_out} and the paintings that they dominate no vote is left to learn from; "
            "give annotations that name more emotions."
        )
    said = lessons.said.keep(~np.isin(lessons.said.words, group) & np.isin(lessons.said.paintings, train))
    return replace(
        lessons,
        words=tuple(lessons.words[column] for column in kept),
        counts=counts,
        shares=smoothed_shares(counts, counts[train].sum(axis=0)),
        texts=replace(lessons.texts, prompts=lessons.texts.prompts[kept]),
        said=replace(said, words=np.searchsorted(kept, said.words)),
        split=Split(train, lessons.split.held_out),
    )
