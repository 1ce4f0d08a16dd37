"""The program that tunes what a folder asks for, in one process or, under torchrun, in several.

python -m trainer.tuning.run FOLDER
torchrun --nproc-per-node 2 -m trainer.tuning.run FOLDER

A run that was killed goes on from its last checkpoint. Processes on several machines need the folder on a
file system that they share; the first of them writes the result.
"""

import argparse
import gc
import os
import sys
import warnings
from contextlib import nullcontext
from pathlib import Path

from sentence_transformers import SentenceTransformer, SentenceTransformerModelCardData
from torch import distributed, nn

from encoders.errors import MoodseumError
from encoders.hub import quietly
from encoders.modules import read_modules
from trainer.tuning.checkpoints import checkpoint, last_checkpoint, read_scales
from trainer.tuning.examples import read_examples
from trainer.tuning.guards import alone_in, told_simply
from trainer.tuning.objective import Objective
from trainer.tuning.settings import blocks_to_tune
from trainer.tuning.task import (
    CHECKPOINTS,
    HELD_OUT,
    START,
    TRAIN,
    Outcome,
    Task,
    finish,
    is_done,
    read_task,
)
from trainer.tuning.training import TuningTrainer, make_trainer
from trainer.tuning.unfreezing import unfreeze

OUTDATED = (
    "`broadcast_buffers` is deprecated",  # accelerate
    "torch.distributed.nn.functional.all_gather is deprecated",  # sentence-transformers
)
"""What the libraries still ask of torch in several processes; nothing that a user could mend."""


def run(folder: Path) -> None:
    """Tune until the folder has its result: the weights of the epoch with the lowest held-out loss.

    Raises:
        TrainingError: the folder was not prepared, somebody else is at work there, or disk or memory is full.
        ImageError: an image can no longer be read.
    """
    task = read_task(folder)
    first = os.environ.get("RANK", "0") == "0"  # as torchrun tells
    with alone_in(folder) if first else nullcontext(), told_simply(folder), quietly():
        if not is_done(folder):
            _tune(folder, task)
            _part()


def _tune(folder: Path, task: Task) -> None:
    resumed = last_checkpoint(folder / CHECKPOINTS)
    trainer = _set_up(folder, task, resumed)
    trainer.train(resume_from_checkpoint=str(resumed) if resumed else None)
    if trainer.is_world_process_zero():
        outcome = _outcome(trainer)
        finish(folder, _best(folder, trainer, outcome), outcome)
    trainer.accelerator.wait_for_everyone()  # no process leaves before the first is done


def _part() -> None:
    """Take leave of the other processes, if there are any.

    The model as it was wrapped for them must be gone by then: what is left of it may wait forever for a
    thread that waits for the interpreter.
    """
    gc.collect()  # of the trainer, its model and its callbacks some refer to each other
    if distributed.is_initialized():
        distributed.destroy_process_group()


def _set_up(folder: Path, task: Task, resumed: Path | None) -> TuningTrainer:
    model = _read_model(folder / START)
    unfreeze(model, blocks_to_tune(task.settings.tune) or 0)
    objective = Objective(model, task.prompts, task.settings)
    objective.set_scales(read_scales(resumed or folder))
    train, held_out = read_examples(folder / TRAIN), read_examples(folder / HELD_OUT)
    return make_trainer(folder / CHECKPOINTS, objective, train, held_out, evaluate_first=resumed is None)


def _read_model(folder: Path) -> SentenceTransformer:
    """In float32, which small steps need; its checkpoints' cards are written without asking a hub."""
    card = SentenceTransformerModelCardData(local_files_only=True, generate_widget_examples=False)
    modules = list[nn.Module](read_modules(folder))
    return SentenceTransformer(modules=modules, device="cpu", model_card_data=card).float()


def _outcome(trainer: TuningTrainer) -> Outcome:
    state = trainer.state
    losses = tuple(float(entry["eval_loss"]) for entry in state.log_history if "eval_loss" in entry)
    return Outcome(
        held_out_losses=losses,
        best_epoch=losses.index(min(losses)),
        steps=state.global_step,
        bf16=trainer.args.bf16,
        processes=trainer.args.world_size,
    )


def _best(folder: Path, trainer: TuningTrainer, outcome: Outcome) -> Path:
    if outcome.best_epoch == 0:
        return folder / START
    assert trainer.state.best_global_step is not None
    return checkpoint(folder / CHECKPOINTS, trainer.state.best_global_step)


def main() -> None:
    """Tune in the folder that the command line names."""
    for message in OUTDATED:
        warnings.filterwarnings("ignore", message, FutureWarning)
    parser = argparse.ArgumentParser(prog="python -m trainer.tuning.run", description=__doc__)
    parser.add_argument("folder", type=Path, help="as `moodseum train --tune` prepared it")
    try:
        run(parser.parse_args().folder)
    except MoodseumError as error:
        sys.exit(f"moodseum: {error}")


if __name__ == "__main__":
    main()
