"""Reads ArtEmis' file of histograms, one row per painting."""

from pathlib import Path

import numpy as np
import pandas as pd

from encoders.words.emotions import ARTEMIS_EMOTIONS
from trainer.annotations.annotations import Annotations, Counts
from trainer.annotations.cells import refuse, whole_counts
from trainer.annotations.names import name_by_columns
from trainer.annotations.rows import CHUNK, read_chunks
from trainer.annotations.tally import SPLIT_COLUMNS, Tally

COLUMNS = ("art_style", "painting", "emotion_histogram")
EMOTIONS = len(ARTEMIS_EMOTIONS)


def read_artemis_histograms(file: Path, at_once: int = CHUNK) -> Annotations:
    """Read art_style, painting and emotion_histogram: nine counts in ArtEmis' order, as "[0, 1, ...]".

    So many rows `at_once` are held in memory.

    Raises:
        AnnotationError: the file cannot be read, has no rows, or a histogram is not nine whole counts.
    """
    tally = Tally(file)
    for rows in read_chunks(file, COLUMNS, SPLIT_COLUMNS, size=at_once):
        tally.add(
            rows,
            name_by_columns(rows["art_style"], rows["painting"]),
            emotions=np.arange(EMOTIONS),
            counts=_read_histograms(file, rows["emotion_histogram"]),
        )
    tally.refuse_unseen("emotion_histogram")
    return tally.annotations(ARTEMIS_EMOTIONS)


def _read_histograms(file: Path, cells: "pd.Series[str]") -> Counts:
    """(m, 9)."""
    lists = cells.str.strip("[]() ").str.split(r"[\s,]+", regex=True)
    wrong = (lists.map(len) != EMOTIONS).to_numpy()
    refuse(file, cells, wrong, "the histogram", f"a histogram has {EMOTIONS} counts")
    counts = pd.Series(np.concatenate(lists.to_list()), index=np.repeat(cells.index, EMOTIONS), dtype=str)
    return whole_counts(file, counts).reshape(-1, EMOTIONS)
