"""Reads ArtEmis' release file, `artemis_dataset_release_v0.csv` (Achlioptas et al., 2021)."""

from pathlib import Path

import numpy as np
import pandas as pd

from encoders.emotions import ARTEMIS_EMOTIONS
from trainer.annotations.annotations import Annotations, Counts, Utterance
from trainer.errors import AnnotationError

COLUMNS = ("art_style", "painting", "emotion", "utterance")


def read_artemis(file: Path) -> Annotations:
    """Read one row per vote: art_style, painting (no extension), emotion, utterance.

    Raises:
        AnnotationError: the file is missing, lacks a column, has no rows, or names an unknown emotion.
    """
    rows = _read_rows(file)
    if rows.empty:
        raise AnnotationError(f"{file} has a header but no votes; give the complete release file.")
    columns = _emotion_columns(rows["emotion"], file)
    groups = rows.groupby(["art_style", "painting"], sort=False)
    row_of = groups.ngroup().to_numpy()
    counts = np.zeros((groups.ngroups, len(ARTEMIS_EMOTIONS)), np.int64)
    np.add.at(counts, (row_of, columns), 1)
    paintings = rows[["art_style", "painting"]].drop_duplicates()
    utterances = tuple(
        Utterance(int(row), int(column), text)
        for row, column, text in zip(row_of, columns, rows["utterance"], strict=True)
        if text.strip()
    )
    names = tuple(zip(paintings["art_style"], paintings["painting"], strict=True))
    return Annotations(ARTEMIS_EMOTIONS, names, counts, utterances)


def _read_rows(file: Path) -> pd.DataFrame:
    if not file.is_file():
        raise AnnotationError(f"There is no annotation file {file}; give ArtEmis' release file (.csv).")
    try:
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (ValueError, OSError) as error:  # undecodable bytes and ragged rows are ValueErrors, too
        raise AnnotationError(
            f"{file} cannot be read as a table in UTF-8 ({error}); give ArtEmis' release file (.csv)."
        ) from error
    missing = [column for column in COLUMNS if column not in rows.columns]
    if missing:
        raise AnnotationError(
            f"{file} lacks the column {missing[0]!r} (it has: {', '.join(map(str, rows.columns[:12]))}); "
            f"ArtEmis' release file has {', '.join(COLUMNS)}."
        )
    return rows[list(COLUMNS)]


def _emotion_columns(emotions: "pd.Series[str]", file: Path) -> Counts:
    columns = emotions.str.strip().str.lower().map({name: i for i, name in enumerate(ARTEMIS_EMOTIONS)})
    unknown = emotions[columns.isna()]
    if len(unknown):
        line = int(np.flatnonzero(columns.isna().to_numpy())[0]) + 2
        raise AnnotationError(
            f"{file} names the emotion {unknown.iloc[0]!r} in row {line}, which is none of ArtEmis' nine "
            f"({', '.join(ARTEMIS_EMOTIONS)}); mend or drop that row."
        )
    return np.asarray(columns, dtype=np.int64)
