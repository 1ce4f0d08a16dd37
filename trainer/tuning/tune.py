"""Fine-tuning after linear probing (Kumar et al. 2022): CLIP's ends learn together with heads that know."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from sentence_transformers.base.modules import Router

from encoders.backbone import Backbone
from encoders.modules import read_modules
from encoders.projection import as_heads
from trainer.dataset.join import Annotated
from trainer.dataset.training_data import TrainingData
from trainer.errors import TrainingError
from trainer.tuning.checks import check_tunable
from trainer.tuning.run import run
from trainer.tuning.settings import TuneSettings
from trainer.tuning.task import TUNED, Outcome, Start, is_done, prepare, read_outcome

STDERR = 2


@dataclass(frozen=True, slots=True)
class Tuned:
    """A backbone with new looks, the heads that learned with it, and how they came about."""

    backbone: Backbone
    heads: Router
    outcome: Outcome


def tune(
    folder: Path,
    start: Start,
    annotated: Annotated,
    data: TrainingData,
    settings: TuneSettings,
    processes: int = 1,
) -> Tuned:
    """Tune what linear probing left, the best epoch by held-out loss; no worse than `start` in that.

    The work is done in `folder`: a run that was killed goes on there when it is asked for the same again, and
    a run that was finished is only read. `annotated` are the data's paintings, row by row. The looks in the
    data are the former backbone's: the tuned one sees otherwise.

    Raises:
        TrainingError: this backbone cannot be tuned so, disk or memory is full, or somebody else is tuning in
            the folder.
        ImageError: an image can no longer be read.
    """
    check_tunable(start.backbone, settings, processes)
    prepare(folder, start, annotated, data, settings)
    if not is_done(folder):
        if processes == 1 and torch.accelerator.device_count() < 2:
            run(folder)
        else:  # by itself, a process that sees several GPUs splits its batches among them: slow, and not ours
            _launch(folder, processes)
    *backbone, heads, _ = read_modules(folder / TUNED)
    return Tuned(Backbone(start.backbone.reference, backbone), as_heads(heads), read_outcome(folder))


def discard(folder: Path) -> None:
    """Remove the folder, if there is one, once what was tuned is saved elsewhere."""
    shutil.rmtree(folder, ignore_errors=True)


def _launch(folder: Path, processes: int) -> None:
    threads = max(1, (os.cpu_count() or 1) // processes)
    torchrun = ["torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
    with subprocess.Popen(
        [sys.executable, "-m", *torchrun, "-m", run.__module__, str(folder)],
        env={"OMP_NUM_THREADS": str(threads), **os.environ},
        stdout=STDERR,  # stdout is for results
    ) as launcher:
        try:
            code = launcher.wait()
        except BaseException:
            launcher.terminate()  # it ends its processes then; killed, it would leave them at work
            launcher.wait()
            raise
    if code:
        raise TrainingError(
            f"Tuning in {processes} processes failed with code {code}, as said above; mend that and run the "
            "same command again to go on from the last checkpoint."
        )
