"""What training on some emotion words is worth for others: seen S, unseen U, and their harmonic mean H."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from trainer.calibration.trust import COHERENCE, SEEN, UNSEEN, Scales, TrustByScale, on_every_scale, trust
from trainer.evaluation.exam import Exam
from trainer.metrics.agreement import MEASURES, brier_per_word, harmonic_mean
from trainer.metrics.bootstrap import Figure, Figures, figure, resample, resample_each
from trainer.metrics.measure import Measure, Table, Values, mean_of_defined
from trainer.metrics.parallel import work_off

BY_EMOTION: Mapping[str, Measure] = {name: one for name, one in MEASURES.items() if one.of_one} | {
    "brier_per_word": brier_per_word
}
"""The measures that are means over emotions, so that they can be told for some of them."""
HIGHER_IS_BETTER = ("spearman", "auroc_any_vote", "ndcg_at_100")
HARMONIC, UNTRAINED = "harmonic", "untrained"


@dataclass(frozen=True, slots=True)
class Turns:
    """What models that were each trained without some words make of n paintings and all k words.

    No word is held out twice.
    """

    model: str
    exam: Exam
    held_out: npt.NDArray[np.bool_]  # (rounds, k), what each model was trained without
    chances: npt.NDArray[np.float64]  # (rounds, n, k)
    cosines: npt.NDArray[np.float64]  # (rounds, n, k)
    untrained: Table  # (n, k), the untrained backbone's chances
    heads_alone: bool = False
    """Whether the model was fine-tuned and these were not: its backbone has seen the words' votes."""

    @property
    def tested(self) -> npt.NDArray[np.bool_]:
        """(k,), the words that some model was trained without."""
        return np.asarray(self.held_out.any(axis=0), np.bool_)

    @property
    def words(self) -> tuple[str, ...]:
        """Those that are tested."""
        return tuple(word for word, its in zip(self.exam.words, self.tested, strict=True) if its)

    def seen(self) -> list[Scales]:
        """Of each model, the words that it was trained on."""
        rounds = zip(self.chances, self.cosines, ~self.held_out, strict=True)
        return [self._on_scales(chances, cosines).only(words) for chances, cosines, words in rounds]

    def unseen(self) -> Scales:
        """Each tested word as the model saw it that was trained without it."""
        chances, cosines = (
            np.where(self.held_out[:, None], tables, 0).sum(axis=0) for tables in (self.chances, self.cosines)
        )
        return self._on_scales(chances, cosines).only(self.tested)

    def _on_scales(self, chances: Table, cosines: Table) -> Scales:
        return on_every_scale(chances, cosines, self.exam.votes, self.exam.viewers)


@dataclass(frozen=True, slots=True)
class Transfer:
    """What came of holding words out, by measure. All figures draw the same resamples."""

    model: str
    heads_alone: bool
    """Whether the model was fine-tuned and the rounds only learned heads, over the backbone before that."""
    held_out: tuple[tuple[str, ...], ...]
    """What each round was trained without."""
    learned_from: int
    """Paintings."""
    paintings: int
    """Measured on; none was learned from."""
    votes: int
    seen: Figures
    """The mean over the rounds, of the words that they were trained on."""
    unseen: Figures
    harmonic: Figures
    """Of seen and unseen, where higher is better."""
    untrained: Figures
    """Of the held-out words, by the untrained backbone, which has seen none."""
    gain: Figures
    """Unseen minus untrained."""
    by_word: Mapping[str, Figures]
    """Each word unseen."""
    trust: Mapping[str, TrustByScale]
    """Of seen and of unseen words."""


def compare(turns: Turns) -> Transfer:
    """Measure the rounds' and the untrained chances against the votes' fractions."""
    exam, unseen_scales, seen_scales = turns.exam, turns.unseen(), turns.seen()
    found = work_off(_work(seen_scales, unseen_scales, turns.untrained[:, turns.tested]), "Measuring")
    each = {name: found[UNSEEN, name] for name in BY_EMOTION}  # (k, 1 + resamples) each
    seen, unseen, before = (
        {name: mean_of_defined(found[group, name]) for name in BY_EMOTION}
        for group in (SEEN, UNSEEN, UNTRAINED)
    )
    return Transfer(
        model=turns.model,
        heads_alone=turns.heads_alone,
        held_out=tuple(tuple(np.array(exam.words)[out].tolist()) for out in turns.held_out),
        learned_from=exam.trained_on,
        paintings=len(exam.paintings),
        votes=int(exam.votes.sum()),
        seen=_figures(seen),
        unseen=_figures(unseen),
        harmonic=_figures({name: harmonic(seen[name], unseen[name]) for name in HIGHER_IS_BETTER}),
        untrained=_figures(before),
        gain=_figures({name: unseen[name] - before[name] for name in BY_EMOTION}),
        by_word={
            word: _figures({name: rows[column] for name, rows in each.items()})
            for column, word in enumerate(turns.words)
        },
        trust={SEEN: trust(seen_scales), UNSEEN: trust([unseen_scales])},
    )


def _work(
    seen: Sequence[Scales], unseen: Scales, untrained: Table
) -> dict[tuple[str, str], Callable[[], Table]]:
    work: dict[tuple[str, str], Callable[[], Table]] = {}
    for name, one in BY_EMOTION.items():
        work[SEEN, name] = partial(_by_round, one, seen)
        work[UNSEEN, name] = partial(resample_each, one, unseen.chances[COHERENCE], unseen.fractions)
        work[UNTRAINED, name] = partial(resample_each, one, untrained, unseen.fractions)
    return work


def _by_round(one: Measure, rounds: Sequence[Scales]) -> Table:
    return np.stack([resample(one, its.chances[COHERENCE], its.fractions) for its in rounds])


def harmonic(seen: Values, unseen: Values) -> Values:
    """Their harmonic mean in each resample."""
    return np.array([harmonic_mean(*pair) for pair in zip(seen, unseen, strict=True)])


def _figures(values: Mapping[str, Values]) -> dict[str, Figure]:
    return {name: figure(its) for name, its in values.items()}
