"""What contenders reach in an exam, by every measure, with 95 % intervals."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from trainer.evaluation.exam import Exam, as_distribution
from trainer.metrics.agreement import MEASURES
from trainer.metrics.bootstrap import Figure, Figures, figure, resample, resample_each
from trainer.metrics.measure import Measure, Table, mean_of_defined

LEAST_IN_STYLE = 30
OVERALL, WITHIN_STYLE, ANSWERS = "overall", "within_style", "answers"
UNDEFINED = Figure(float("nan"), float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What one contender reached, by measure."""

    contender: str
    overall: Figures
    within_style: Figures
    """The mean over styles; empty where no style has enough paintings."""
    answers: Figures
    """Each painting's chances scaled to one answer for each viewer, "something else" among them, as in
    published tables; empty where viewers may name several words."""
    hubness: Figure | None
    """None for the histogram, which is no space, and where there are too few paintings."""


class Question(NamedTuple):
    """One figure that is asked for."""

    contender: str
    part: str
    measure: str


Work = Callable[[], Table]
Found = Mapping[Question, Table]
"""Rows (m, 1 + resamples) whose mean is the figure, and after it those of its resamples."""


def questions(contender: str, scores: Table, exam: Exam, rest: float) -> Iterator[tuple[Question, Work]]:
    """All that is asked of chances (n, k), and the work that answers it; what is undefined is left out.

    The fractions are of all viewers, as the chances are, and so may sum to less than 1. `kl` compares
    distributions: it has "no word" as a further answer, to which every contender gives `rest`. It is
    undefined for a contender that gives some word no chance at all, as the histogram does to new words.
    Like `accuracy_dominant` it is undefined where viewers may name several words, and so is all that is asked
    of answers where a contender gives none of them any chance.
    """
    words, answers = (scores, exam.fractions), _as_answers(scores, exam, rest)
    answering = exam.one_answer_each and not np.isnan(answers[0]).any()
    styles = list(exam.styles(LEAST_IN_STYLE).values())
    for name, one in MEASURES.items():
        if name in ("kl", "accuracy_dominant") and not exam.one_answer_each:
            continue
        if name == "kl" and not scores.any(axis=0).all():
            continue
        mine, theirs = answers if name == "kl" else words
        yield Question(contender, OVERALL, name), partial(resample_each, one, mine, theirs)
        if styles:
            parts = [(mine[rows], theirs[rows]) for rows in styles]
            yield Question(contender, WITHIN_STYLE, name), partial(_by_part, one, parts)
        if answering:
            yield Question(contender, ANSWERS, name), partial(resample_each, one, *answers)


def figures(found: Found, contender: str, part: str) -> dict[str, Figure]:
    """What came of one part of the questions to a contender; empty where nothing was asked."""
    if not any(question.part == part for question in found):
        return {}
    rows = {name: found.get(Question(contender, part, name)) for name in MEASURES}
    return {name: UNDEFINED if one is None else figure(mean_of_defined(one)) for name, one in rows.items()}


def of_ceiling(one: Figure, ceiling: float) -> Figure:
    """A correlation as the part of what the votes' reliability lets perfect scores reach."""
    return Figure(one.value / ceiling, one.low / ceiling, one.high / ceiling) if ceiling > 0 else UNDEFINED


def _as_answers(scores: Table, exam: Exam, rest: float) -> tuple[Table, Table]:
    """Distributions over the answers, without those that neither side ever gives."""
    mine, theirs = as_distribution(scores, rest), exam.answers()
    given = mine.any(axis=0) | theirs.any(axis=0)
    return mine[:, given], theirs[:, given]


def _by_part(one: Measure, parts: list[tuple[Table, Table]]) -> Table:
    """One row for each part, which is resampled by itself."""
    return np.stack([resample(one, *part, seed=seed) for seed, part in enumerate(parts)])
