"""Reads ArtEmis' files of votes (Achlioptas et al., 2021; version 2: Mohamed et al., 2022)."""

from pathlib import Path

import numpy as np

from encoders.emotions import ARTEMIS_EMOTIONS
from trainer.annotations.annotations import Annotations
from trainer.annotations.rows import read_rows
from trainer.annotations.tally import SPLIT_COLUMNS, emotion_columns, name_paintings, tally_votes

COLUMNS = ("art_style", "painting", "emotion")


def read_artemis(file: Path) -> Annotations:
    """Read one row per vote: art_style, painting (no extension), emotion and mostly its utterance.

    The release file is so, the preprocessed one, whose split is kept, and version 2's Contrastive and
    Combined. Version 2's anchors say what a viewer compared with; the vote is for the painting alone.
    Rows that repeat each other are votes of several viewers.

    Raises:
        AnnotationError: the file cannot be read, has no rows, names an unknown emotion or is split wrongly.
    """
    rows = read_rows(file, COLUMNS, ("utterance", *SPLIT_COLUMNS))
    return tally_votes(
        file,
        rows,
        name_paintings(rows["art_style"], rows["painting"]),
        ARTEMIS_EMOTIONS,
        columns=emotion_columns(file, rows["emotion"], ARTEMIS_EMOTIONS),
        counts=np.ones(len(rows), np.int64),
    )
