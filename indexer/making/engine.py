"""The port to what embeds the batches of a build, and the choice among what obeys it."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Literal, Protocol

from encoders.home import Home
from encoders.seeing.computing import Computing, Wish
from indexer.errors import EngineError

if TYPE_CHECKING:
    from encoders.encoder import Encoder
    from indexer.making.embedding import Batches, EmbeddedBatch

EngineName = Literal["local", "ray"]


class Engine(Protocol):
    """Where pictures are read and embedded, and how many at a time."""

    def __call__(
        self, encoder: "Encoder", kept: Home, batches: "Batches"
    ) -> "Generator[EmbeddedBatch, None, None]":
        """What becomes of every batch, once, in any order; memory is bounded, however many there are.

        `kept` is a home with the encoder's model, if that has a folder. `batches` are asked for on the
        calling thread, as they are needed.
        """


def open_engine(name: EngineName, computing: Computing) -> Engine:
    """The engine of that name; on whatever machines, it computes as was chosen on this one.

    Raises:
        EngineError: Ray is not installed.
    """
    if name == "local":
        from indexer.making.local_engine import embed_here

        return embed_here
    try:
        from indexer.making.ray_engine import RayEngine
    except ImportError as error:
        raise EngineError('Embedding on Ray needs more: pip install "moodseum[ray]".') from error
    return RayEngine(Wish(computing.precision, computing.device))
