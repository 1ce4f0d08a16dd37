"""Reads ArtEmis' file of histograms, one row per painting."""

from pathlib import Path

import numpy as np
import pandas as pd

from encoders.emotions import ARTEMIS_EMOTIONS
from trainer.annotations.annotations import Annotations
from trainer.annotations.rows import read_rows, refuse, whole_counts
from trainer.annotations.tally import SPLIT_COLUMNS, add_up, name_paintings, read_sides, refuse_unseen

COLUMNS = ("art_style", "painting", "emotion_histogram")
EMOTIONS = len(ARTEMIS_EMOTIONS)


def read_artemis_histograms(file: Path) -> Annotations:
    """Read art_style, painting and emotion_histogram: nine counts in ArtEmis' order, as "[0, 1, ...]".

    Raises:
        AnnotationError: the file cannot be read, has no rows, or a histogram is not nine whole counts.
    """
    rows = read_rows(file, COLUMNS, SPLIT_COLUMNS)
    histograms = rows["emotion_histogram"]
    lists = histograms.str.strip("[]() ").str.split(r"[\s,]+", regex=True)
    wrong = (lists.map(len) != EMOTIONS).to_numpy()
    refuse(file, histograms, wrong, "the histogram", f"a histogram has {EMOTIONS} counts")
    cells = pd.Series(np.concatenate(lists.to_list()), index=np.repeat(rows.index, EMOTIONS), dtype=str)
    counts = whole_counts(file, cells).reshape(-1, EMOTIONS)
    named = name_paintings(rows["art_style"], rows["painting"])
    refuse_unseen(file, histograms, named, counts.sum(axis=1))
    return Annotations(
        ARTEMIS_EMOTIONS,
        named.paintings,
        add_up(named, counts),
        utterances=(),
        sides=read_sides(file, rows, named),
        rows=np.bincount(named.row_of),
    )
