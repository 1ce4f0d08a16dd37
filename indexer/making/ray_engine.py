"""Reading and embedding on Ray Data: with all cores of this machine, or of the cluster at RAY_ADDRESS.

Actors load the model once each and are handed batches of records; what they make of them comes back to the
caller, who alone stores it. On a cluster the home and the paintings lie on a file system that all nodes see
under the same paths, and all have the same Moodseum.
"""

import pickle
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import ray
from ray.data import ActorPoolStrategy, Dataset

from encoders.encoder import Encoder
from encoders.errors import MoodseumError
from encoders.home import Home
from encoders.model_folder import load_model
from encoders.seeing.computing import PLAIN, Wish
from encoders.seeing.workers import compute_alone
from indexer.errors import EngineError
from indexer.making.embedding import Batches, EmbeddedBatch, embed_batch, prepare_batch, read_and_embed
from indexer.making.ray_cluster import failed, ray_at_hand
from indexer.sources.changes import Record
from indexer.sources.streaming import in_batches

BATCHES_PER_ACTOR = 128
"""How many of a dataset are for each actor: enough to be worth the seconds in which actors start."""

Rows = Mapping[str, Iterable[bytes]]
CELL = "batch"
"""The one column of every dataset: Ray need not know what a batch is."""


@dataclass(frozen=True, slots=True)
class RayEngine:
    """Obeys `indexer.making.engine.Engine`; every actor computes as wished, with nothing left open."""

    wish: Wish

    def __call__(self, encoder: Encoder, kept: Home, batches: Batches) -> Generator[EmbeddedBatch]:
        """Embed batches, the first done first; memory grows with the cluster, not with the collection.

        Ray is started, or joined, once there is something to embed.

        Raises:
            EngineError: the cluster cannot be joined, lacks the GPUs that are wished for, or fails.
            ModelError, BackboneError: an actor cannot load the model, or not compute as wished.
        """
        batches = iter(batches)
        first = next(batches, None)
        if first is None:
            return
        with ray_at_hand():
            stages = _stages(encoder, kept, self.wish)
            size = BATCHES_PER_ACTOR * max(stage.actors for stage in stages)
            for window in in_batches(chain([first], batches), size):
                yield from _embed(window, stages)


@dataclass(frozen=True, slots=True)
class _Stage:
    """What a pool of actors does with every batch, and what it needs."""

    job: Callable[..., object]
    """Of an encoder and a batch."""
    load: Callable[[], Encoder]
    actors: int
    cpus: int = 1
    gpus: int = 0


def _stages(encoder: Encoder, kept: Home, wish: Wish) -> list[_Stage]:
    """Both steps in the same actors or, where GPUs embed, pictures read and prepared beside them."""
    there = ray.cluster_resources()  # type: ignore[no-untyped-call]
    cpus, gpus = int(there.get("CPU", 0)), int(there.get("GPU", 0))
    loading = partial(_loading, encoder, kept)
    if wish.device != "cuda":
        return [_Stage(read_and_embed, loading(wish), max(cpus, 1))]
    if not gpus:
        raise EngineError("Ray knows of no GPU here; add a node that has one or give --device cpu.")
    return [
        _Stage(prepare_batch, loading(PLAIN), max(cpus, 1)),
        _Stage(embed_batch, loading(wish), gpus, cpus=0, gpus=1),
    ]


def _loading(encoder: Encoder, kept: Home, wish: Wish) -> Callable[[], Encoder]:
    """How an actor comes by the encoder: from its folder or, where it has none, as it is."""
    if (kept.models / encoder.name).is_dir():
        return partial(load_model, Home(kept.path.resolve()), encoder.name, wish)
    return partial(_as_it_is, encoder)


def _as_it_is(encoder: Encoder) -> Encoder:
    return encoder


def _embed(window: Sequence[Sequence[Record]], stages: Sequence[_Stage]) -> Generator[EmbeddedBatch]:
    """One dataset, a row for each batch; a pool is no larger than there is work for it."""
    data: Dataset = ray.data.from_items([_pack(batch) for batch in window], override_num_blocks=len(window))
    for stage in stages:
        data = data.map_batches(
            _Worker,
            fn_constructor_args=(stage,),
            batch_size=1,
            compute=ActorPoolStrategy(size=min(stage.actors, len(window))),
            num_cpus=stage.cpus,
            num_gpus=stage.gpus,
        )
    for row in data.iter_rows():
        outcome = pickle.loads(row[CELL])
        if isinstance(outcome, MoodseumError):
            raise outcome
        yield outcome


def _pack(batch: object) -> dict[str, bytes]:
    return {CELL: pickle.dumps(batch)}


class _Worker:
    """An actor's part: one stage, with an encoder of its own.

    What goes wrong is handed on in place of a batch, since Ray would make a long story of it.
    """

    def __init__(self, stage: _Stage) -> None:
        self._job = stage.job
        self._encoder = _attempt(stage.load)
        compute_alone()

    def __call__(self, rows: Rows) -> Rows:
        return {CELL: [pickle.dumps(self._do(pickle.loads(row))) for row in rows[CELL]]}

    def _do(self, batch: object) -> object:
        for failure in (self._encoder, batch):
            if isinstance(failure, MoodseumError):
                return failure
        return _attempt(partial(self._job, self._encoder, batch))


def _attempt(job: Callable[[], object]) -> object:
    """What a job gives or, as an error in a sentence, what it stumbles over."""
    try:
        return job()
    except MoodseumError as error:
        return error
    except Exception as error:  # of a library or a machine that the caller does not know
        return EngineError(failed(f"{type(error).__name__}: {error}"))
