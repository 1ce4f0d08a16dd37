"""The folder that fine-tuning works in, so that it outlives a kill and several processes can share it.

FOLDER/
    task.json              what to do: settings, the words' prompts, a digest of everything
    start/                 the model after linear probing, an ordinary sentence-transformers folder
    scales.safetensors     the losses' scales after linear probing
    train/, held_out/      the examples; images stay where they are
    checkpoints/           what a killed run goes on from
    tuned/                 the result; `outcome.json` in it tells how it came about
    at_work.lock           held by whoever tunes here
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Module, Normalize, Router
from torch import Tensor, nn

from encoders.backbone import Backbone
from encoders.files import folder_atomically
from encoders.hub import quietly
from encoders.identity import digest, tensors_digest
from encoders.modules import read_modules
from encoders.words.prompts import Prompts
from trainer.dataset.join import Annotated
from trainer.dataset.training_data import TrainingData
from trainer.errors import TrainingError
from trainer.tuning.checkpoints import write_scales
from trainer.tuning.examples import words_said, write_examples
from trainer.tuning.guards import alone_in, told_simply
from trainer.tuning.settings import TuneSettings

FORMAT = "tune 1"
TASK, OUTCOME = "task.json", "outcome.json"
START, TRAIN, HELD_OUT, CHECKPOINTS, TUNED = "start", "train", "held_out", "checkpoints", "tuned"


@dataclass(frozen=True, slots=True)
class Start:
    """What tuning sets out from: a model as linear probing left it."""

    backbone: Backbone
    heads: Router
    prompts: Prompts
    scales: Mapping[str, Tensor] = field(default_factory=dict)
    """The losses' own parameters, named as in `Objective.scales`; those that are missing start afresh."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a prepared folder asks for."""

    settings: TuneSettings
    prompts: tuple[tuple[str, ...], ...]
    """Of each word, its sentences."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a result came about."""

    held_out_losses: tuple[float, ...]
    """Mean cross-entropies in nats, of linear probing and then after each epoch."""
    best_epoch: int
    """Whose weights were kept; 0 says that none was better than linear probing, and nothing was changed."""
    steps: int
    bf16: bool
    processes: int


def prepare(
    folder: Path, start: Start, annotated: Annotated, data: TrainingData, settings: TuneSettings
) -> None:
    """Write the task, unless the very same is in the folder already; another one is replaced.

    `annotated` are the data's paintings, row by row. A batch is never larger than all there is.

    Raises:
        TrainingError: somebody is tuning in the folder, or the disk is full.
    """
    settings = replace(settings, batch_size=min(settings.batch_size, len(data.split.train)))
    made_of = _digest(start, annotated, data, settings)
    if _made_of(folder) == made_of:
        return
    if folder.exists():
        with alone_in(folder):
            pass  # nobody is at work on what is about to be replaced
    with told_simply(folder), folder_atomically(folder) as unfinished:
        write_model([*start.backbone.modules, start.heads], unfinished / START)
        write_scales(unfinished, dict(start.scales))
        said = words_said(annotated, data.words)
        write_examples(unfinished / TRAIN, annotated.paintings, data.shares, data.split.train, said)
        write_examples(unfinished / HELD_OUT, annotated.paintings, data.shares, data.split.held_out)
        prompts = [start.prompts.sentences(word) for word in data.words]
        task = {"made_of": made_of, "settings": asdict(settings), "prompts": prompts}
        (unfinished / TASK).write_text(json.dumps(task, indent=2) + "\n")


def read_task(folder: Path) -> Task:
    """What is to be done in this folder.

    Raises:
        TrainingError: it was never prepared.
    """
    try:
        content = json.loads((folder / TASK).read_text())
    except FileNotFoundError as error:
        raise TrainingError(f"There is no task in {folder}; `moodseum train --tune` prepares one.") from error
    return Task(TuneSettings(**content["settings"]), tuple(map(tuple, content["prompts"])))


def write_model(modules: Sequence[Module], folder: Path) -> None:
    """Save backbone and heads as an ordinary sentence-transformers model whose outputs are feelings."""
    model = SentenceTransformer(modules=list[nn.Module]([*modules, Normalize()]), device="cpu")
    with quietly():
        model.save(str(folder), create_model_card=False)


def read_outcome(folder: Path) -> Outcome:
    """How the result in this folder came about."""
    content = json.loads((folder / TUNED / OUTCOME).read_text())
    return Outcome(**content | {"held_out_losses": tuple(content["held_out_losses"])})


def finish(folder: Path, best: Path, outcome: Outcome) -> None:
    """Make the model in `best` the result."""
    *modules, _ = read_modules(best)
    with folder_atomically(folder / TUNED) as unfinished:
        write_model(modules, unfinished)
        (unfinished / OUTCOME).write_text(json.dumps(asdict(outcome), indent=2) + "\n")


def is_done(folder: Path) -> bool:
    """Whether the result is there."""
    return (folder / TUNED).is_dir()


def _digest(start: Start, annotated: Annotated, data: TrainingData, settings: TuneSettings) -> str:
    arrays = {"looks": data.looks, "shares": data.shares}
    return digest(
        FORMAT,
        start.backbone.look_id,
        tensors_digest(start.heads.state_dict()),
        tensors_digest(start.scales),
        tensors_digest({name: torch.from_numpy(array) for name, array in arrays.items()}),
        [start.prompts.sentences(word) for word in data.words],
        [painting.place for painting in annotated.paintings],
        [[said.painting, said.emotion, said.text] for said in words_said(annotated, data.words)],
        [data.split.train.tolist(), data.split.held_out.tolist()],
        asdict(settings),
    )


def _made_of(folder: Path) -> str | None:
    try:
        found: str | None = json.loads((folder / TASK).read_text()).get("made_of")
    except (OSError, ValueError):
        return None
    return found
