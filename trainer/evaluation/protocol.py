"""Measures a model as it is served, on paintings that it did not learn from, beside what it must beat.

Style is a confounder: a model that knows only how happy people find Impressionism ranks paintings well
across styles. So every figure is also given within styles, as the mean over those with enough paintings.

The scores are chances that a viewer names a word, so the fractions that they are measured by are of all
viewers: where annotators could also answer "something else", a painting's may sum to less than 1. Published
figures on ArtEmis count that answer as a ninth class. `Standing.answers` does so, too, and is to be compared
with them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from trainer.calibration.trust import SEEN, UNSEEN, TrustByScale, trust
from trainer.evaluation.contenders import TRAINED
from trainer.evaluation.papers import Papers
from trainer.evaluation.standing import (
    ANSWERS,
    LEAST_IN_STYLE,
    OVERALL,
    WITHIN_STYLE,
    Found,
    Question,
    Standing,
    Work,
    figures,
    of_ceiling,
    questions,
)
from trainer.evaluation.transfer import HARMONIC, HIGHER_IS_BETTER, harmonic
from trainer.metrics.agreement import DOMINANT, MEASURES, spearman_ceiling
from trainer.metrics.bootstrap import Figures, figure
from trainer.metrics.confusion import Confusion, confusion
from trainer.metrics.hubness import NEIGHBOURS, resample_hubness
from trainer.metrics.measure import Table, mean_of_defined
from trainer.metrics.parallel import work_off
from trainer.metrics.retention import Retention

SPACE, HUBNESS = "space", "hubness"
OF_CEILING = "spearman_of_ceiling"


@dataclass(frozen=True, slots=True)
class WordFigures:
    """How one word is read by the model."""

    word: str
    seen: bool
    named: float
    """The part of the viewers who named it, as the mean over paintings."""
    coherence: float
    """The mean over paintings."""
    figures: Figures
    """The measures that are means over emotions."""


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
    one_answer_each: bool
    """Whether every viewer chose one answer; otherwise each may have named several words, or none."""
    trained_on: int
    calibrated_on: int
    unreadable: tuple[str, ...]
    styles: tuple[str, ...]
    """That have at least `LEAST_IN_STYLE` paintings."""
    spearman_ceiling: float
    standings: tuple[Standing, ...]
    words: tuple[WordFigures, ...]
    by_group: Mapping[str, Figures]
    """Of "seen" and "unseen" words and their harmonic mean, "harmonic", where higher is better; empty where
    all words are of one kind."""
    trust: Mapping[str, TrustByScale]
    """Of seen words and, if there are any, of unseen ones."""
    confusion: Confusion | None
    """None where viewers may name several words."""
    undefined: Mapping[str, str]
    """Why a measure has no figure, where a reader could wonder."""
    retention: Retention | None
    """What is left of what the backbone knew, as the model's record tells."""


def assess(papers: Papers) -> Evaluation:
    """Give every figure of what was answered."""
    exam, model = papers.exam, papers.model
    found = work_off(_work(papers), "Measuring")
    ceiling = spearman_ceiling(exam.votes, exam.viewers)
    return Evaluation(
        model=model.name,
        reading_id=model.identity.reading_id,
        seen=_chosen(papers, papers.seen),
        unseen=_chosen(papers, ~papers.seen),
        paintings=len(exam.paintings),
        votes=int(exam.votes.sum()),
        one_answer_each=exam.one_answer_each,
        trained_on=exam.trained_on,
        calibrated_on=exam.calibrated_on,
        unreadable=exam.unreadable,
        styles=tuple(exam.styles(LEAST_IN_STYLE)),
        spearman_ceiling=ceiling,
        standings=tuple(_standing(found, contender, ceiling) for contender in papers.chances),
        words=tuple(_words(papers, found)),
        by_group=_by_group(papers, found),
        trust=_trust(papers),
        confusion=(
            confusion(papers.chances[TRAINED], exam.fractions, exam.words) if exam.one_answer_each else None
        ),
        undefined=_undefined(papers),
        retention=papers.training.retention,
    )


def _work(papers: Papers) -> dict[Question, Work]:
    work: dict[Question, Work] = {}
    for contender, chances in papers.chances.items():
        work |= questions(contender, chances, papers.exam, papers.training.rest)
    for contender, bank in papers.bank.items():
        if bank.shape[1] >= NEIGHBOURS:
            work[Question(contender, SPACE, HUBNESS)] = partial(_crowding, bank)
    return work


def _crowding(bank: Table) -> Table:
    return resample_hubness(bank)[None]


def _standing(found: Found, contender: str, ceiling: float) -> Standing:
    overall = figures(found, contender, OVERALL)
    hubness = found.get(Question(contender, SPACE, HUBNESS))
    return Standing(
        contender,
        overall=overall | {OF_CEILING: of_ceiling(overall["spearman"], ceiling)},
        within_style=figures(found, contender, WITHIN_STYLE),
        answers=figures(found, contender, ANSWERS),
        hubness=None if hubness is None else figure(hubness[0]),
    )


def _words(papers: Papers, found: Found) -> Iterator[WordFigures]:
    chances, exam, rows = papers.chances[TRAINED], papers.exam, _rows(found)
    for column, word in enumerate(exam.words):
        yield WordFigures(
            word,
            seen=bool(papers.seen[column]),
            named=float(exam.fractions[:, column].mean()),
            coherence=float(chances[:, column].mean()),
            figures={name: figure(its[column]) for name, its in rows.items()},
        )


def _rows(found: Found) -> dict[str, Table]:
    """Of the measures that are means over emotions, the model's figures for each word, (k, 1 + resamples)."""
    return {name: found[Question(TRAINED, OVERALL, name)] for name, one in MEASURES.items() if one.of_one}


def _by_group(papers: Papers, found: Found) -> dict[str, Figures]:
    if papers.seen.all() or not papers.seen.any():
        return {}
    seen, unseen = (
        {name: mean_of_defined(rows[words]) for name, rows in _rows(found).items()}
        for words in (papers.seen, ~papers.seen)
    )
    both = {name: harmonic(seen[name], unseen[name]) for name in HIGHER_IS_BETTER}
    groups = {SEEN: seen, UNSEEN: unseen, HARMONIC: both}
    return {group: {name: figure(its) for name, its in values.items()} for group, values in groups.items()}


def _trust(papers: Papers) -> dict[str, TrustByScale]:
    groups = {SEEN: papers.seen, UNSEEN: ~papers.seen}
    return {name: trust([papers.scales.only(words)]) for name, words in groups.items() if words.any()}


def _chosen(papers: Papers, chosen: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(word for word, its in zip(papers.exam.words, chosen, strict=True) if its)


def _undefined(papers: Papers) -> dict[str, str]:
    exam, reasons = papers.exam, {}
    if not exam.one_answer_each:
        reasons["accuracy_dominant"] = "viewers may name several words, so that none is their choice"
    elif exam.fractions.max() <= DOMINANT:
        reasons["accuracy_dominant"] = "there is no painting for which most viewers named one word"
    if not papers.seen.all():
        reasons["kl"] = "the histogram of the training votes gives no chance to new words"
    return reasons
