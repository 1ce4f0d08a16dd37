"""What the frozen backbone makes of pictures and texts, computed once before training."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from encoders.backbone import BATCH_SIZE, Backbone
from encoders.vectors import Vectors
from indexer.changes import records
from indexer.painting import Painting
from indexer.reading import in_batches, read_ahead
from trainer.split import Rows

TEXT_BATCH = 256


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks (m, look_size) of the paintings that could be read, their rows, and why others could not."""

    vectors: Vectors
    rows: Rows
    skipped: tuple[str, ...]


def compute_looks(backbone: Backbone, paintings: Sequence[Painting]) -> Looks:
    """Embed every picture; an unreadable one is left out and its reason kept. Keys must be unique."""
    place = {painting.key: row for row, painting in enumerate(paintings)}
    vectors: list[Vectors] = [backbone.look([])]
    rows: list[int] = []
    skipped: list[str] = []
    with (
        tqdm(total=len(paintings), desc="Looking", unit=" paintings", disable=None) as bar,
        closing(read_ahead(records(paintings), lambda _, error: skipped.append(str(error)))) as readings,
    ):
        for batch in in_batches(readings, BATCH_SIZE, lambda reading: reading.pixels):
            vectors.append(backbone.look([reading.image for reading in batch]))
            rows += [place[reading.record.painting.key] for reading in batch]
            bar.update(len(batch))
    return Looks(np.concatenate(vectors), np.array(rows, np.int64), tuple(skipped))


def compute_texts(backbone: Backbone, texts: Sequence[str]) -> tuple[Vectors, Rows]:
    """Embed sentences, equal ones once: vectors (m, text_size) and each text's row among them, (n,)."""
    distinct = list(dict.fromkeys(texts))
    place = {text: row for row, text in enumerate(distinct)}
    vectors = [backbone.text([])]
    with tqdm(total=len(distinct), desc="Reading", unit=" sentences", disable=None) as bar:
        for start in range(0, len(distinct), TEXT_BATCH):
            batch = distinct[start : start + TEXT_BATCH]
            vectors.append(backbone.text(batch))
            bar.update(len(batch))
    return np.concatenate(vectors), np.array([place[text] for text in texts], np.int64)
