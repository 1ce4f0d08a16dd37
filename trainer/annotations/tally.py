"""From rows of votes to annotations: what several rows say of one painting is added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from trainer.annotations.annotations import Annotations, Counts, Side, Sides, Utterance
from trainer.annotations.rows import Rows, refuse

SPLIT_COLUMNS = ("split", "splits")
SIDES = {
    "train": Side.TRAIN,
    "val": Side.VAL,
    "validation": Side.VAL,
    "test": Side.TEST,
    "rest": Side.TEST,  # ArtEmis' preprocessing sets the paintings with many viewers aside
}


@dataclass(frozen=True, slots=True)
class Names:
    """The painting of each of m rows: its place among the n distinct ones, and their (style, name)."""

    row_of: Counts  # (m,)
    paintings: tuple[tuple[str, str], ...]


def name_paintings(styles: Iterable[str], names: Iterable[str]) -> Names:
    """Number the paintings in the order in which the file first names them."""
    row_of, distinct = pd.MultiIndex.from_arrays([list(styles), list(names)]).factorize()
    return Names(np.asarray(row_of, np.int64), tuple((style, name) for style, name in distinct))


def tally_votes(
    file: Path,
    rows: Rows,
    named: Names,
    emotions: tuple[str, ...],
    columns: Counts,
    counts: Counts,
) -> Annotations:
    """Annotations from rows that each say how many viewers, `counts` (m,), named one emotion, `columns` (m,).

    The sentences in the column "utterance", where there is one, explain the votes of their rows.

    Raises:
        AnnotationError: the split cannot be honoured.
    """
    votes = np.zeros((len(named.paintings), len(emotions)), np.int64)
    np.add.at(votes, (named.row_of, columns), counts)
    texts = rows["utterance"] if "utterance" in rows else [""] * len(rows)
    return Annotations(
        emotions,
        named.paintings,
        votes,
        tuple(
            Utterance(int(painting), int(emotion), text)
            for painting, emotion, count, text in zip(named.row_of, columns, counts, texts, strict=True)
            if text and count
        ),
        sides=read_sides(file, rows, named),
        rows=np.bincount(named.row_of),
    )


def add_up(named: Names, counts: Counts) -> Counts:
    """The sums (n, ...) over the rows of each painting of counts (m, ...)."""
    sums = np.zeros((len(named.paintings), *counts.shape[1:]), np.int64)
    np.add.at(sums, named.row_of, counts)
    return sums


def refuse_unseen(file: Path, cells: "pd.Series[str]", named: Names, counts: Counts) -> None:
    """Refuse paintings for which all the counts of their rows, (m,), are 0.

    Raises:
        AnnotationError: nobody voted on one of the paintings.
    """
    unseen = add_up(named, counts) == 0
    refuse(file, cells, unseen[named.row_of], "a painting without votes,", "it needs at least one")


def read_sides(file: Path, rows: Rows, named: Names) -> Sides | None:
    """Each painting's side of the file's own split; None where it has no such column.

    Raises:
        AnnotationError: a row names no known side, or a painting is on two sides.
    """
    column = next((column for column in SPLIT_COLUMNS if column in rows), None)
    if column is None:
        return None
    cells = rows[column]
    of_rows = cells.str.lower().map(SIDES)
    refuse(file, cells, of_rows.isna().to_numpy(), "the split", f"known are {', '.join(SIDES)}")
    sides = np.zeros(len(named.paintings), np.int8)
    sides[named.row_of] = of_rows.to_numpy(np.int8)
    elsewhere = sides[named.row_of] != of_rows.to_numpy(np.int8)
    refuse(file, cells, elsewhere, "the split", "other rows of the same painting give it another")
    return sides


def emotion_columns(file: Path, cells: "pd.Series[str]", emotions: tuple[str, ...]) -> Counts:
    """The column of each row's emotion.

    Raises:
        AnnotationError: a row names none of the emotions.
    """
    columns = cells.str.lower().map({name: column for column, name in enumerate(emotions)})
    refuse(file, cells, columns.isna().to_numpy(), "the emotion", f"known are {', '.join(emotions)}")
    return np.asarray(columns, np.int64)
