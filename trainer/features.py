"""What the frozen backbone makes of pictures and texts, computed once before training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from encoders.backbone import Backbone
from encoders.errors import ImageError
from encoders.images import read_for_look
from encoders.vectors import Vectors
from indexer.painting import Painting
from trainer.split import Rows

BATCH = 32
TEXT_BATCH = 256


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks (m, look_size) of the paintings that could be read, their rows, and why others could not."""

    vectors: Vectors
    rows: Rows
    skipped: tuple[str, ...]


def compute_looks(backbone: Backbone, paintings: Sequence[Painting]) -> Looks:
    """Embed every picture; an unreadable one is left out and its reason kept."""
    vectors: list[Vectors] = []
    rows: list[int] = []
    skipped: list[str] = []
    with tqdm(total=len(paintings), desc="looking", unit="painting", disable=None) as bar:
        for start in range(0, len(paintings), BATCH):
            images = []
            for row in range(start, min(start + BATCH, len(paintings))):
                try:
                    images.append(read_for_look(paintings[row].path))
                    rows.append(row)
                except ImageError as error:
                    skipped.append(str(error))
                bar.update()
            vectors.append(backbone.look(images))
    return Looks(np.concatenate(vectors), np.array(rows, np.int64), tuple(skipped))


def compute_texts(backbone: Backbone, texts: Sequence[str]) -> tuple[Vectors, Rows]:
    """Embed sentences, equal ones once: vectors (m, text_size) and each text's row among them, (n,)."""
    distinct = list(dict.fromkeys(texts))
    place = {text: row for row, text in enumerate(distinct)}
    vectors = [backbone.text([])]
    with tqdm(total=len(distinct), desc="reading", unit="sentence", disable=None) as bar:
        for start in range(0, len(distinct), TEXT_BATCH):
            batch = distinct[start : start + TEXT_BATCH]
            vectors.append(backbone.text(batch))
            bar.update(len(batch))
    return np.concatenate(vectors), np.array([place[text] for text in texts], np.int64)
