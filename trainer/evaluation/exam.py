"""The paintings that a model is measured on: new to it, with viewers' votes for words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from encoders.backbone import Backbone
from encoders.vectors import Vectors
from encoders.words.emotions import SOMETHING_ELSE
from indexer.painting import Painting
from trainer.annotations.annotations import Counts
from trainer.artefacts.known_paintings import KnownPaintings
from trainer.dataset.copies import work_name
from trainer.dataset.join import Annotated
from trainer.dataset.material import Material
from trainer.errors import TrainingError
from trainer.features.cache import Cache
from trainer.features.embedding import compute_looks
from trainer.metrics.measure import Table, divide


@dataclass(frozen=True, slots=True)
class Exam:
    """n paintings with votes for k words; "something else" is no word, who chose it is a viewer."""

    words: tuple[str, ...]
    paintings: tuple[Painting, ...]
    looks: Vectors  # (n, look_size)
    votes: Counts  # (n, k)
    viewers: Counts  # (n,)
    trained_on: int
    """Annotated paintings that were left out, as the model learned from works of their names."""
    calibrated_on: int
    """Of the n, those that chose the model's best epoch and calibrate its scores."""
    unreadable: tuple[str, ...]
    one_answer_each: bool = True
    """Whether every viewer chose one answer; otherwise each may have named several words, or none."""

    @property
    def fractions(self) -> Table:
        """(n, k), the part of a painting's viewers who named each word."""
        return self.votes / self.viewers[:, None]

    def answers(self) -> Table:
        """(n, k + 1), rows sum to 1: each word's part of all that was answered, and that of no word."""
        return as_distribution(self.fractions, np.maximum(1 - self.fractions.sum(axis=1), 0))

    def styles(self, least: int) -> dict[str, npt.NDArray[np.int64]]:
        """The rows of each style that has at least so many paintings."""
        names = np.array([painting.style or "" for painting in self.paintings])
        rows = {name: np.flatnonzero(names == name) for name in sorted(set(names.tolist()) - {""})}
        return {name: theirs for name, theirs in rows.items() if len(theirs) >= least}


def prepare_exam(
    backbone: Backbone,
    known: KnownPaintings,
    material: Material,
    cache: Cache | None = None,
) -> Exam:
    """Join pictures and votes, leave out what the model learned from, and look at the rest.

    Raises:
        SourceError, AnnotationError: the pictures or the annotations cannot be used.
        TrainingError: nothing is left to measure on.
    """
    joint, _ = material.join()
    asked = joint.keep(np.flatnonzero(joint.viewers > 0))
    fresh = asked.keep(_without(known.train, asked))
    looks = compute_looks(backbone, fresh.paintings, cache)
    seen = fresh.keep(looks.rows)
    if not seen.paintings:
        raise TrainingError(
            f"Of {len(asked.paintings)} annotated paintings in {material.paintings} the model learned from "
            f"{len(asked.paintings) - len(fresh.paintings)} and {len(looks.skipped)} cannot be read; give "
            "paintings that are new to it."
        )
    columns = [column for column, word in enumerate(seen.emotions) if word != SOMETHING_ELSE]
    if not seen.counts[:, columns].any():
        raise TrainingError(
            f"The votes for the {len(seen.paintings)} paintings that are new to the model name no emotion; "
            "give annotations that do."
        )
    return Exam(
        words=tuple(seen.emotions[column] for column in columns),
        paintings=seen.paintings,
        looks=looks.vectors,
        votes=seen.counts[:, columns],
        viewers=seen.viewers,
        trained_on=len(asked.paintings) - len(fresh.paintings),
        calibrated_on=len(seen.paintings) - len(_without(known.held_out, seen)),
        unreadable=looks.skipped,
        one_answer_each=joint.raters is None,
    )


def as_distribution(chances: Table, rest: float | Sequence[float] | Table) -> Table:
    """Chances of words (n, k) beside the chance of no word, `rest`, scaled to sum to 1: (n, k + 1).

    A row is nan where no answer has any chance.
    """
    whole = np.column_stack([chances, np.broadcast_to(rest, len(chances))])
    return divide(whole, whole.sum(axis=1, keepdims=True))


def _without(names: frozenset[str], annotated: Annotated) -> npt.NDArray[np.int64]:
    known = [work_name(painting.key) in names for painting in annotated.paintings]
    return np.flatnonzero(~np.array(known, bool))
