"""Joins annotations with the paintings they speak of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.painting import Painting
from trainer.annotations.annotations import Annotations, Counts, Side, Sides, Utterance
from trainer.dataset.finder import Finder, Place
from trainer.errors import AnnotationError
from trainer.rows import Rows

SHOWN = 10
LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Annotated:
    """n paintings of a collection with their votes (n, k) and utterances.

    `raters` and `sides` are as in `Annotations`; `works` (n,) tell copies of one work, where they were looked
    for.
    """

    emotions: tuple[str, ...]
    paintings: tuple[Painting, ...]
    counts: Counts
    utterances: tuple[Utterance, ...]
    raters: Counts | None = None
    sides: Sides | None = None
    works: tuple[str, ...] = ()

    @property
    def viewers(self) -> Counts:
        """(n,), how many people were asked about each painting."""
        return self.counts.sum(axis=1) if self.raters is None else self.raters

    def keep(self, rows: Rows) -> "Annotated":
        """Only these rows, in this order; utterances follow their paintings."""
        place = {int(row): index for index, row in enumerate(rows)}
        return Annotated(
            self.emotions,
            tuple(self.paintings[row] for row in rows),
            self.counts[rows],
            _follow(self.utterances, place),
            raters=None if self.raters is None else self.raters[rows],
            sides=None if self.sides is None else self.sides[rows],
            works=tuple(self.works[row] for row in rows) if self.works else (),
        )


@dataclass(frozen=True, slots=True)
class JoinReport:
    """How well annotations and pictures fit."""

    matched: int
    """Annotated paintings of the collection."""
    matched_rows: int
    """Rows of the annotation file that speak of them."""
    unmatched_rows: int
    unmatched: tuple[str, ...]
    """What the file annotates without there being a picture, as "style/name"."""
    unannotated: int
    """Pictures without annotations."""
    heard: int
    """Utterances of the annotation file, matched or not."""
    kept: int
    """Those of them that were read: all, or a random sample of a great many."""

    def __str__(self) -> str:
        rows = f"{self.matched_rows} rows matched, {self.unmatched_rows} did not"
        text = f"{self.matched} annotated paintings found ({rows})"
        if self.unmatched:
            shown = ", ".join(self.unmatched[:SHOWN])
            text += f"; {len(self.unmatched)} without a picture (first: {shown})"
        if self.unannotated:
            text += f"; {self.unannotated} pictures without votes"
        if self.kept < self.heard:
            text += f"; {self.kept} of {self.heard} utterances kept, by lot"
        return text


def join(
    annotations: Annotations, paintings: Iterable[Painting], partial: bool = False
) -> tuple[Annotated, JoinReport]:
    """Give each annotated painting its picture; what several annotated names say of one picture is added up.

    Annotations of all WikiArt fit a part of its pictures, and all pictures have annotations then; annotations
    of few paintings fit the whole collection. So a join is doubted only if less than half of the annotated
    paintings have a picture and less than half of the pictures have annotations. `partial` is for collections
    that overlap less and are known to. A picture that is annotated for two sides of a split goes to the one
    that is further from training.

    Raises:
        AnnotationError: the join is doubted, or no annotated painting is in the collection.
    """
    pictures = list(paintings)
    finder = Finder(pictures)
    matches = [finder.find(style, name) for style, name in annotations.paintings]
    found = sorted({match for match in matches if match is not None})
    report = _report(annotations, matches, len(found), len(pictures))
    if not found or (_is_doubtful(annotations, report, len(pictures)) and not partial):
        raise AnnotationError(_doubt(annotations, pictures, finder, report))
    place = {picture: row for row, picture in enumerate(found)}
    rows = {row: place[match] for row, match in enumerate(matches) if match is not None}
    moves = _Moves(list(rows), list(rows.values()), len(found))
    annotated = Annotated(
        annotations.emotions,
        tuple(pictures[picture] for picture in found),
        moves.add(annotations.counts),
        _follow(annotations.utterances, rows),
        raters=None if annotations.raters is None else moves.add(annotations.raters),
        sides=None if annotations.sides is None else moves.highest(annotations.sides),
    )
    return annotated, report


@dataclass(frozen=True, slots=True)
class _Moves:
    """Which rows of the annotations, `sources`, become which of `size` rows of the collection, `targets`."""

    sources: list[int]
    targets: list[int]
    size: int

    def add(self, counts: Counts) -> Counts:
        sums = np.zeros((self.size, *counts.shape[1:]), np.int64)
        np.add.at(sums, self.targets, counts[self.sources])
        return sums

    def highest(self, sides: Sides) -> Sides:
        reached = np.full(self.size, Side.TRAIN, np.int8)
        np.maximum.at(reached, self.targets, sides[self.sources])
        return reached


def _follow(utterances: Iterable[Utterance], place: Mapping[int, int]) -> tuple[Utterance, ...]:
    return tuple(
        Utterance(place[said.painting], said.emotion, said.text)
        for said in utterances
        if said.painting in place
    )


def _report(
    annotations: Annotations, matches: Sequence[Place | None], found: int, pictures: int
) -> JoinReport:
    lost = [row for row, match in enumerate(matches) if match is None]
    rows = annotations.viewers if annotations.rows is None else annotations.rows
    unmatched_rows = int(rows[lost].sum())
    return JoinReport(
        matched=found,
        matched_rows=int(rows.sum()) - unmatched_rows,
        unmatched_rows=unmatched_rows,
        unmatched=tuple("/".join(filter(None, annotations.paintings[row])) for row in lost),
        unannotated=pictures - found,
        heard=len(annotations.utterances) if annotations.heard is None else annotations.heard,
        kept=len(annotations.utterances),
    )


def _is_doubtful(annotations: Annotations, report: JoinReport, pictures: int) -> bool:
    annotated = len(annotations.paintings)
    matched = annotated - len(report.unmatched)
    return matched < LEAST_SHARE * annotated and report.matched < LEAST_SHARE * pictures


def _doubt(annotations: Annotations, pictures: Sequence[Painting], finder: Finder, report: JoinReport) -> str:
    annotated = len(annotations.paintings)
    text = (
        f"Only {annotated - len(report.unmatched)} of the {annotated} annotated paintings are among the "
        f"{len(pictures)} pictures (without a picture: {', '.join(map(repr, report.unmatched[:SHOWN]))}; "
        f"the first picture is {pictures[0].key if pictures else 'nothing'!r}); "
    )
    by_name = sum(finder.find_name(name) is not None for _, name in annotations.paintings)
    if by_name >= LEAST_SHARE * min(annotated, len(pictures)):
        return text + (
            f"the names of {by_name} of them are there in other folders, so give the folder whose subfolders "
            "are the styles that the annotations name."
        )
    text += "the annotations are probably of another collection, so give the folder that they speak of"
    return text + (", or --partial to learn from what fits." if report.matched else ".")
