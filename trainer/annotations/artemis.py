"""Reads ArtEmis' files of votes (Achlioptas et al., 2021; version 2: Mohamed et al., 2022)."""

from pathlib import Path

import numpy as np

from encoders.words.emotions import ARTEMIS_EMOTIONS
from trainer.annotations.annotations import Annotations
from trainer.annotations.names import name_by_columns
from trainer.annotations.rows import CHUNK, read_chunks
from trainer.annotations.tally import SPLIT_COLUMNS, Tally, emotion_columns

COLUMNS = ("art_style", "painting", "emotion")


def read_artemis(file: Path, at_once: int = CHUNK) -> Annotations:
    """Read one row per vote: art_style, painting (no extension), emotion and mostly its utterance.

    The release file is so, the preprocessed one, whose split is kept, and version 2's Contrastive and
    Combined. Version 2's anchors say what a viewer compared with; the vote is for the painting alone.
    Rows that repeat each other are votes of several viewers. So many rows `at_once` are held in memory.

    Raises:
        AnnotationError: the file cannot be read, has no rows, names an unknown emotion or is split wrongly.
    """
    tally = Tally(file)
    for rows in read_chunks(file, COLUMNS, ("utterance", *SPLIT_COLUMNS), size=at_once):
        tally.add(
            rows,
            name_by_columns(rows["art_style"], rows["painting"]),
            emotions=emotion_columns(file, rows["emotion"], ARTEMIS_EMOTIONS),
            counts=np.ones(len(rows), np.int64),
        )
    return tally.annotations(ARTEMIS_EMOTIONS)
