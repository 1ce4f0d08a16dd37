"""Checkpoints that can be trusted: only what was written to its end is resumed from."""

from pathlib import Path

from accelerate import PartialState
from safetensors.torch import load_file, save
from torch import Tensor
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from encoders.files import write_atomically
from trainer.tuning.objective import Objective

SCALES = "scales.safetensors"


class Checkpoints(TrainerCallback):
    """Ends every epoch with a checkpoint, and adds to each what the trainer leaves out: the losses' scales.

    They are written last and in one step, so that a checkpoint which has them is whole.
    """

    def __init__(self, objective: Objective) -> None:
        self.objective = objective

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: object
    ) -> None:
        if state.epoch is not None and state.epoch.is_integer():
            control.should_save = False  # the end of the epoch saves, after it was evaluated

    def on_epoch_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: object
    ) -> None:
        control.should_save = True

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: object
    ) -> None:
        PartialState().wait_for_everyone()
        if state.is_world_process_zero:
            assert args.output_dir is not None
            write_scales(checkpoint(Path(args.output_dir), state.global_step), self.objective.scales())


def checkpoint(folder: Path, step: int) -> Path:
    """Where the trainer keeps what it had after this step."""
    return folder / f"checkpoint-{step}"


def last_checkpoint(folder: Path) -> Path | None:
    """The latest whole checkpoint; None if there is none."""
    whole = [path.parent for path in folder.glob(f"checkpoint-*/{SCALES}")]
    return max(whole, key=lambda path: int(path.name.partition("-")[2]), default=None)


def write_scales(folder: Path, scales: dict[str, Tensor]) -> None:
    """Keep what `read_scales` gives back."""
    write_atomically(folder / SCALES, save({name: value.cpu() for name, value in scales.items()}))


def read_scales(folder: Path) -> dict[str, Tensor]:
    """The losses' parameters that were kept in this folder."""
    return load_file(folder / SCALES)
