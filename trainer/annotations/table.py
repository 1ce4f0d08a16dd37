"""Reads any table of votes: path, emotion and, where they are, count and utterance."""

from pathlib import Path, PurePosixPath

import numpy as np

from encoders.emotions import ARTEMIS_EMOTIONS
from trainer.annotations.annotations import Annotations
from trainer.annotations.rows import read_rows, refuse, whole_counts
from trainer.annotations.tally import (
    SPLIT_COLUMNS,
    emotion_columns,
    name_paintings,
    refuse_unseen,
    tally_votes,
)

COLUMNS = ("path", "emotion")


def read_table(file: Path) -> Annotations:
    """Read one row per vote or, with a count, per painting and emotion.

    Any words are emotions: ArtEmis' nine come first, in ArtEmis' order, the others behind them by the
    alphabet. Paths are those of the pictures, from any folder above them, with either slash.

    Raises:
        AnnotationError: the file cannot be read, has no rows, lacks a path or an emotion in one of them, has
            a count that is none, or a painting without votes.
    """
    rows = read_rows(file, COLUMNS, ("count", "utterance", *SPLIT_COLUMNS))
    for column in COLUMNS:
        refuse(file, rows[column], (rows[column] == "").to_numpy(bool), f"the {column}", "none is empty")
    paths = [PurePosixPath(path.replace("\\", "/")) for path in rows["path"]]
    named = name_paintings([_folder(path) for path in paths], [path.name for path in paths])
    emotions = tuple(sorted(rows["emotion"].str.lower().unique(), key=_place))
    counts = whole_counts(file, rows["count"]) if "count" in rows else np.ones(len(rows), np.int64)
    refuse_unseen(file, rows["path"], named, counts)
    columns = emotion_columns(file, rows["emotion"], emotions)
    return tally_votes(file, rows, named, emotions, columns, counts)


def _folder(path: PurePosixPath) -> str:
    return "" if path.parent == PurePosixPath() else path.parent.as_posix()


def _place(emotion: str) -> tuple[int, str]:
    known = emotion in ARTEMIS_EMOTIONS
    return ARTEMIS_EMOTIONS.index(emotion) if known else len(ARTEMIS_EMOTIONS), emotion
