"""What training on some emotion words is worth for others: seen S, unseen U, and their harmonic mean H."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.evaluation.bootstrap import Figure, figure, resample
from trainer.evaluation.measure import Measure, Table, Values
from trainer.evaluation.metrics import MEASURES, harmonic_mean

BY_EMOTION = ("spearman", "auroc_any_vote", "ndcg_at_100", "ece")
"""The measures that are means over emotions, so that they can be told for some of them."""
HIGHER_IS_BETTER = ("spearman", "auroc_any_vote", "ndcg_at_100")


@dataclass(frozen=True, slots=True)
class Rounds:
    """Chances from every round, (rounds, n, k), and which words it was trained without, (rounds, k)."""

    chances: npt.NDArray[np.float64]
    held_out: npt.NDArray[np.bool_]

    @property
    def unseen(self) -> Table:
        """(n, k): each word as the round saw it that was trained without it."""
        chances: Table = np.where(self.held_out[:, None], self.chances, 0).sum(axis=0)
        return chances


@dataclass(frozen=True, slots=True)
class Transfer:
    """What came of a rotation, by measure. All figures draw the same resamples."""

    held_out: tuple[tuple[str, ...], ...]
    """What each round was trained without."""
    paintings: int
    seen: Mapping[str, Figure]
    """The mean over the rounds, of the words that they were trained on."""
    unseen: Mapping[str, Figure]
    harmonic: Mapping[str, Figure]
    """Of seen and unseen, where higher is better."""
    untrained: Mapping[str, Figure]
    """Of all words, by the untrained backbone, which has seen none."""
    gain: Mapping[str, Figure]
    """Unseen minus untrained."""
    by_word: Mapping[str, Mapping[str, Figure]]
    """Each word unseen."""


def compare(rounds: Rounds, untrained: Table, fractions: Table, words: Sequence[str]) -> Transfer:
    """Measure the rounds' and the untrained chances (n, k) against the votes' fractions (n, k)."""
    seen = {name: _seen(MEASURES[name], rounds, fractions) for name in BY_EMOTION}
    unseen = {name: _values(MEASURES[name], rounds.unseen, fractions) for name in BY_EMOTION}
    before = {name: _values(MEASURES[name], untrained, fractions) for name in BY_EMOTION}
    both = {name: zip(seen[name], unseen[name], strict=True) for name in HIGHER_IS_BETTER}
    return Transfer(
        held_out=tuple(tuple(np.array(words)[out].tolist()) for out in rounds.held_out),
        paintings=len(fractions),
        seen=_figures(seen),
        unseen=_figures(unseen),
        harmonic=_figures(
            {name: np.array([harmonic_mean(*p) for p in pairs]) for name, pairs in both.items()}
        ),
        untrained=_figures(before),
        gain=_figures({name: unseen[name] - before[name] for name in BY_EMOTION}),
        by_word={
            word: _figures(
                {
                    name: _values(MEASURES[name], rounds.unseen[:, [column]], fractions[:, [column]])
                    for name in BY_EMOTION
                }
            )
            for column, word in enumerate(words)
        },
    )


def _seen(one: Measure, rounds: Rounds, fractions: Table) -> Values:
    parts = zip(rounds.chances, rounds.held_out, strict=True)
    values = [_values(one, chances[:, ~out], fractions[:, ~out]) for chances, out in parts]
    return np.asarray(np.mean(values, axis=0), np.float64)


def _values(one: Measure, chances: Table, fractions: Table) -> Values:
    """The figure of the collection, and after it those of its resamples."""
    return np.append(one.once(chances, fractions), resample(one, chances, fractions))


def _figures(values: Mapping[str, Values]) -> dict[str, Figure]:
    return {name: figure(float(its[0]), its[1:]) for name, its in values.items()}
