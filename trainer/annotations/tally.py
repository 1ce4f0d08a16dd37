"""From rows of votes to annotations: what several rows say of one painting is added up."""

from pathlib import Path

import numpy as np
import pandas as pd

from trainer.annotations.annotations import Annotations, Counts, Side, Sides
from trainer.annotations.cells import refuse
from trainer.annotations.counting import Numbering, Sums
from trainer.annotations.names import Names, Work
from trainer.annotations.rows import Rows
from trainer.annotations.utterance_sample import UtteranceSample

SPLIT_COLUMNS = ("split", "splits")
SIDES = {
    "train": Side.TRAIN,
    "val": Side.VAL,
    "validation": Side.VAL,
    "test": Side.TEST,
    "rest": Side.TEST,  # ArtEmis' preprocessing sets the paintings with many viewers aside
}


class Tally:
    """Adds up what the rows of a file say of its n paintings; they may come a part at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._paintings = Numbering[Work]()
        self._first_rows: list[Rows] = []  # of each painting, but for utterances
        self._rows, self._votes, self._sides = Sums(1), Sums(2), Sums(2)
        self._sample = UtteranceSample()

    def add(self, rows: Rows, names: Names, emotions: Counts, counts: Counts) -> None:
        """Add m rows: how many viewers, `counts`, named the emotions of these columns.

        Both are (m,) where a row tells of one emotion; the sentences in the column "utterance", if there is
        one, then explain the votes. Where each row tells of all k, `emotions` are (k,) and `counts` (m, k).

        Raises:
            AnnotationError: a row names no known side of a split.
        """
        paintings = self._number(rows, names)
        self._rows.add(paintings)
        self._votes.add(paintings.reshape(-1, *[1] * (counts.ndim - 1)), emotions, counts=counts)
        if "utterance" in rows:
            said = (rows["utterance"] != "").to_numpy(bool) & (counts > 0)
            self._sample.add(paintings[said], emotions[said], rows["utterance"][said])
        split = _split_column(rows)
        if split:
            self._sides.add(paintings, _read_sides(self._file, rows[split]))

    def refuse_unseen(self, column: str) -> None:
        """Refuse a painting that nobody voted on, by the cell of its first row in this column.

        Raises:
            AnnotationError: there is one.
        """
        cells = pd.concat(self._first_rows)[column]
        unseen = self._votes.totals(len(cells)) == 0
        refuse(self._file, cells, unseen, "a painting without votes,", "it needs at least one")

    def annotations(self, emotions: tuple[str, ...]) -> Annotations:
        """All that was added, for the emotions in the order of their columns.

        Raises:
            AnnotationError: a painting is on two sides of the split.
        """
        paintings, utterances = self._paintings.things(), self._sample.utterances()
        return Annotations(
            emotions,
            paintings,
            self._votes.within(len(paintings), len(emotions)),
            utterances,
            sides=self._one_side_each(),
            rows=self.rows,
            heard=self._sample.heard if self._sample.heard > len(utterances) else None,
        )

    @property
    def rows(self) -> Counts:
        """(n,), how many rows speak of each painting."""
        return self._rows.within(len(self._paintings))

    def _number(self, rows: Rows, names: Names) -> Counts:
        known = len(self._paintings)
        paintings = self._paintings.number(names.works)[names.row_of]
        numbers, first = np.unique(paintings, return_index=True)
        new = rows.iloc[first[numbers >= known]]
        self._first_rows.append(new.drop(columns="utterance", errors="ignore"))
        return paintings

    def _one_side_each(self) -> Sides | None:
        first_rows = pd.concat(self._first_rows)
        split = _split_column(first_rows)
        if split is None:
            return None
        rows = self._sides.within(len(first_rows), len(Side))
        torn = (rows > 0).sum(axis=1) > 1
        rule = "other rows of the same painting give it another"
        refuse(self._file, first_rows[split], torn, "the split", rule)
        sides: Sides = rows.argmax(axis=1).astype(np.int8)
        return sides


def emotion_columns(file: Path, cells: "pd.Series[str]", emotions: tuple[str, ...]) -> Counts:
    """The column of each row's emotion.

    Raises:
        AnnotationError: a row names none of the emotions.
    """
    columns = cells.str.lower().map({name: column for column, name in enumerate(emotions)})
    refuse(file, cells, columns.isna().to_numpy(), "the emotion", f"known are {', '.join(emotions)}")
    return np.asarray(columns, np.int64)


def _split_column(rows: Rows) -> str | None:
    return next((column for column in SPLIT_COLUMNS if column in rows), None)


def _read_sides(file: Path, cells: "pd.Series[str]") -> Counts:
    sides = cells.str.lower().map(SIDES)
    refuse(file, cells, sides.isna().to_numpy(), "the split", f"known are {', '.join(SIDES)}")
    return np.asarray(sides, np.int64)
