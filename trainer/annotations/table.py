"""Reads any table of votes: path, emotion and, where they are, count and utterance."""

from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd

from encoders.errors import WordError
from encoders.words.emotions import ARTEMIS_EMOTIONS
from encoders.words.prompts import MAX_WORD_LENGTH, clean_word
from trainer.annotations.annotations import Annotations, Utterance
from trainer.annotations.cells import refuse, whole_counts
from trainer.annotations.counting import Numbering
from trainer.annotations.names import Work, name_by_rule
from trainer.annotations.rows import CHUNK, read_chunks
from trainer.annotations.tally import SPLIT_COLUMNS, Tally
from trainer.errors import AnnotationError

COLUMNS = ("path", "emotion")
MOST_EMOTIONS = 1000
"""More different ones are sentences or marks of another kind."""


def read_table(file: Path, at_once: int = CHUNK) -> Annotations:
    """Read one row per vote or, with a count, per painting and emotion.

    Any words that one may ask for are emotions, cleaned as queries are: ArtEmis' nine come first, in
    ArtEmis' order, the others behind them by the alphabet. Paths are those of the pictures, from any folder
    above them, with either slash. So many rows `at_once` are held in memory.

    Raises:
        AnnotationError: the file cannot be read, has no rows, lacks a path or an emotion in one of them, has
            an emotion that nobody could ask for, a count that is none, a painting without votes, or more
            than 1,000 emotions.
    """
    tally, emotions, work = Tally(file), Numbering[str](), cache(_work)
    for rows in read_chunks(file, COLUMNS, ("count", "utterance", *SPLIT_COLUMNS), size=at_once):
        for column in COLUMNS:
            refuse(file, rows[column], (rows[column] == "").to_numpy(bool), f"the {column}", "none is empty")
        columns = emotions.number(_words(file, rows["emotion"]))
        if len(emotions) > MOST_EMOTIONS:
            raise AnnotationError(
                f"{file} names more than {MOST_EMOTIONS:,} different emotions, such as "
                f"{emotions.things()[-1][:200]!r}; give a table whose column emotion holds words."
            )
        counts = whole_counts(file, rows["count"]) if "count" in rows else np.ones(len(rows), np.int64)
        tally.add(rows, name_by_rule(rows["path"], work), columns, counts)
    tally.refuse_unseen("path")
    return _in_order(tally.annotations(emotions.things()))


def _words(file: Path, cells: "pd.Series[str]") -> list[str]:
    words = cells.map({cell: _word(cell) for cell in cells.unique()})
    rule = f"it needs letters, and at most {MAX_WORD_LENGTH} characters"
    refuse(file, cells, words.isna().to_numpy(bool), "the emotion", rule)
    return list(words)


def _word(cell: str) -> str | None:
    try:
        return clean_word(cell)
    except WordError:
        return None


def _work(path: str) -> Work:
    parts = PurePosixPath(path.replace("\\", "/"))
    return "" if parts.parent == PurePosixPath() else parts.parent.as_posix(), parts.name


def _in_order(annotations: Annotations) -> Annotations:
    names = annotations.emotions
    order = sorted(range(len(names)), key=lambda column: _place(names[column]))
    column_of = {former: column for column, former in enumerate(order)}
    return replace(
        annotations,
        emotions=tuple(names[column] for column in order),
        counts=annotations.counts[:, order],
        utterances=tuple(
            Utterance(said.painting, column_of[said.emotion], said.text) for said in annotations.utterances
        ),
    )


def _place(emotion: str) -> tuple[int, str]:
    known = emotion in ARTEMIS_EMOTIONS
    return ARTEMIS_EMOTIONS.index(emotion) if known else len(ARTEMIS_EMOTIONS), emotion
