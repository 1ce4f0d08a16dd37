"""Measures a model as it is served, on paintings that it did not learn from, beside what it must beat.

Style is a confounder: a model that knows only how happy people find Impressionism ranks paintings well
across styles. So every figure is also given within styles, as the mean over those with enough paintings.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from encoders.home import Home
from encoders.model import EmotionModel
from encoders.model_folder import load_model
from trainer.evaluation.bootstrap import Figure, figure, resample
from trainer.evaluation.contenders import (
    WORD_BANK,
    coherences,
    similarities,
    untrained_chances,
    untrained_similarities,
)
from trainer.evaluation.exam import Exam, as_distribution, prepare_exam
from trainer.evaluation.measure import Measure, Table, Values
from trainer.evaluation.metrics import MEASURES, NEIGHBOURS, hubness, spearman_ceiling
from trainer.evaluation.recall import Recalled, recall
from trainer.material import Material

LEAST_IN_STYLE = 30

Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one contender reached; `within_style` is empty where no style has enough paintings."""

    contender: str
    overall: Figures
    within_style: Figures
    hubness: float | None
    """None for the histogram, which is no space, and where there are too few paintings."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A model's figures and what they were measured on."""

    model: str
    reading_id: str
    seen: tuple[str, ...]
    unseen: tuple[str, ...]
    """Words that were measured though training had no votes for them."""
    paintings: int
    votes: int
    trained_on: int
    calibrated_on: int
    unreadable: tuple[str, ...]
    styles: tuple[str, ...]
    """That have at least `LEAST_IN_STYLE` paintings."""
    spearman_ceiling: float
    standings: tuple[Standing, ...]


def evaluate_model(
    home: Home,
    name: str,
    material: Material,
) -> Evaluation:
    """Measure the model `name` on the annotated paintings that it did not learn from.

    Raises:
        ModelError, SourceError, AnnotationError: one of the inputs cannot be used.
        TrainingError: the model does not say what it learned from, or nothing is left to measure on.
    """
    model = load_model(home, name)
    training = recall(home.models / name)
    exam = prepare_exam(model.backbone, training.known, material)
    seen = {word: model.read(word).seen for word in exam.words}
    return Evaluation(
        model=model.name,
        reading_id=model.identity.reading_id,
        seen=tuple(word for word in exam.words if seen[word]),
        unseen=tuple(word for word in exam.words if not seen[word]),
        paintings=len(exam.paintings),
        votes=int(exam.votes.sum()),
        trained_on=exam.trained_on,
        calibrated_on=exam.calibrated_on,
        unreadable=exam.unreadable,
        styles=tuple(exam.styles(LEAST_IN_STYLE)),
        spearman_ceiling=spearman_ceiling(exam.votes, exam.viewers),
        standings=tuple(_standings(model, training, exam)),
    )


UNDEFINED = Figure(float("nan"), float("nan"), float("nan"))


def _standings(model: EmotionModel, training: Recalled, exam: Exam) -> list[Standing]:
    shares = np.array(training.shares(exam.words))
    rest = training.rest
    start = (model.backbone, model.prompts, training.settings.seed, exam.looks)
    contenders = {
        "trained": coherences(model, exam.looks, exam.words),
        "untrained": untrained_chances(untrained_similarities(*start, exam.words), rest),
        "histogram": np.tile(shares, (len(exam.looks), 1)),
    }
    spaces = {
        "trained": similarities(model, exam.looks, WORD_BANK),
        "untrained": untrained_similarities(*start, WORD_BANK),
    }
    return [
        Standing(contender, *measure_scores(scores, exam, rest), hubness=_hubness(spaces.get(contender)))
        for contender, scores in contenders.items()
    ]


def measure_scores(scores: Table, exam: Exam, rest: float) -> tuple[Figures, Figures]:
    """All measures of chances (n, k), overall and as the mean within styles, with 95 % intervals.

    The fractions are of all viewers, as the chances are, and so may sum to less than 1. `kl` compares
    distributions: it has "no word" as a further answer, to which every contender gives `rest`, and is
    undefined for a contender that gives some word no chance at all, as the histogram does to new words.
    """
    pairs = dict.fromkeys(MEASURES, (scores, exam.fractions))
    pairs["kl"] = (as_distribution(scores, rest), exam.answers())
    styles = list(exam.styles(LEAST_IN_STYLE).values())
    overall = {name: _overall(one, *pairs[name]) for name, one in MEASURES.items()}
    if never := not scores.any(axis=0).all():
        overall["kl"] = UNDEFINED
    if not styles:
        return overall, {}
    within = {}
    for name, one in MEASURES.items():
        mine, theirs = pairs[name]
        within[name] = _mean([(mine[rows], theirs[rows]) for rows in styles], one)
    if never:
        within["kl"] = UNDEFINED
    return overall, within


def _overall(one: Measure, scores: Table, fractions: Table) -> Figure:
    return figure(one.once(scores, fractions), resample(one, scores, fractions))


def _mean(parts: list[tuple[Table, Table]], one: Measure) -> Figure:
    """The mean over parts that define the measure; each part is resampled by itself."""
    value = _defined_mean(np.array([[one.once(*part)] for part in parts]))
    resampled = np.stack([resample(one, *part, seed=seed) for seed, part in enumerate(parts)])
    return figure(float(value[0]), _defined_mean(resampled))


def _defined_mean(values: Table) -> Values:
    """(parts, b) -> (b,), nan where no part is defined."""
    defined = ~np.isnan(values)
    total = np.where(defined, values, 0).sum(axis=0)
    size = defined.sum(axis=0)
    mean: Values = np.divide(total, size, out=np.full(total.shape, np.nan), where=size > 0)
    return mean


def _hubness(bank: Table | None) -> float | None:
    return hubness(bank.T) if bank is not None and len(bank) >= NEIGHBOURS else None
