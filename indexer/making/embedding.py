"""From records to points, in two stages that know nothing of where they run: reading, and embedding.

Both are plain functions of an encoder and a batch, to be mapped by threads, processes or machines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from encoders.encoder import Encoder
from encoders.errors import ImageError
from encoders.vectors import Prepared
from indexer.sources.changes import Record
from indexer.sources.pictures import read_picture
from indexer.store.base import Point

Batches: TypeAlias = Iterable[Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Refused:
    """A record whose picture cannot be read, and why."""

    record: Record
    reason: str


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """What an encoder needs of the pictures of some records, and the unreadable ones among them."""

    records: tuple[Record, ...]
    pictures: tuple[Prepared, ...]
    """One for each record."""
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class EmbeddedBatch:
    """All that becomes of a batch of records, each part in the order of the records."""

    points: tuple[Point, ...]
    refused: tuple[Refused, ...]


def prepare_batch(encoder: Encoder, records: Sequence[Record]) -> PreparedBatch:
    """Read and prepare pictures one after the other; each is given up once it is prepared."""
    readable, pictures, refused = [], [], []
    for record in records:
        try:
            pictures.append(encoder.prepare(read_picture(record.painting)))
            readable.append(record)
        except ImageError as error:
            refused.append(Refused(record, str(error)))
    return PreparedBatch(tuple(readable), tuple(pictures), tuple(refused))


def embed_batch(encoder: Encoder, batch: PreparedBatch) -> EmbeddedBatch:
    """Points for what was prepared."""
    looks = encoder.embed(batch.pictures)
    feelings = encoder.feeling(looks)
    points = (
        Point(record.painting, look, feeling, record.fingerprint)
        for record, look, feeling in zip(batch.records, looks, feelings, strict=True)
    )
    return EmbeddedBatch(tuple(points), batch.refused)


def read_and_embed(encoder: Encoder, records: Sequence[Record]) -> EmbeddedBatch:
    """Both stages at once."""
    return embed_batch(encoder, prepare_batch(encoder, records))
