"""Reading and embedding with the cores of this machine."""

from collections.abc import Generator
from contextlib import closing
from functools import partial

from encoders.encoder import Encoder
from encoders.home import Home
from encoders.seeing.workers import cores, one_core_each
from indexer.making.embedding import Batches, EmbeddedBatch, read_and_embed
from indexer.sources.streaming import ahead


def embed_here(encoder: Encoder, kept: Home, batches: Batches) -> Generator[EmbeddedBatch]:
    """Obeys `indexer.making.engine.Engine`: threads share the encoder, order is kept."""
    workers = cores()
    job = partial(read_and_embed, encoder)
    with one_core_each(workers) as pool, closing(ahead(pool, job, batches, workers)) as embedded:
        yield from embedded
