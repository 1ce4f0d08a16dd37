"""The port to what embeds the batches of a build, and the engine for the cores of this machine."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from functools import partial
from typing import Literal, Protocol

from encoders.computing import Wish
from encoders.encoder import Encoder
from encoders.home import Home
from encoders.workers import cores, one_core_each
from indexer.errors import EngineError
from indexer.making.embedding import EmbeddedBatch, read_and_embed
from indexer.sources.changes import Record
from indexer.sources.reading import ahead

EngineName = Literal["local", "ray"]
Batches = Iterable[Sequence[Record]]


class Engine(Protocol):
    """Where pictures are read and embedded, and how many at a time."""

    def __call__(self, encoder: Encoder, kept: Home, batches: Batches) -> Generator[EmbeddedBatch]:
        """What becomes of every batch, once, in any order; memory is bounded, however many there are.

        `kept` is a home with the encoder's model, if that has a folder. `batches` are asked for on the
        calling thread, as they are needed.
        """


def embed_here(encoder: Encoder, kept: Home, batches: Batches) -> Generator[EmbeddedBatch]:
    """By threads that share the encoder: while some batches are in work, those before are handed out."""
    workers = cores()
    job = partial(read_and_embed, encoder)
    with one_core_each(workers) as pool, closing(ahead(pool, job, batches, workers)) as embedded:
        yield from embedded


def open_engine(name: EngineName, wish: Wish) -> Engine:
    """The engine of that name; `wish`, with nothing left open, is how it computes on other machines.

    Raises:
        EngineError: Ray is not installed.
    """
    if name == "local":
        return embed_here
    try:
        from indexer.making.ray_engine import RayEngine
    except ImportError as error:
        raise EngineError('Embedding on Ray needs more: pip install "moodseum[ray]".') from error
    return RayEngine(wish)
