"""sentence-transformers' trainer, set up for fine-tuning."""

import math
import os
from collections.abc import Mapping
from pathlib import Path

import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import DefaultBatchSampler
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from encoders.projection import IMAGE, TEXT
from trainer.tuning.checkpoints import Checkpoints
from trainer.tuning.draws import Draws, TellEpoch
from trainer.tuning.objective import Objective
from trainer.tuning.precision import choose_bf16
from trainer.tuning.progress import Progress, has_terminal

READERS = 4
"""Processes that read images for each GPU; a CPU is busy enough with computing."""


class TuningTrainer(SentenceTransformerTrainer):
    """Draws utterances anew in each epoch, evaluates on all that is held out, and leaves cards to others."""

    def get_batch_sampler(
        self,
        dataset: Dataset,
        batch_size: int,
        drop_last: bool,
        valid_label_columns: list[str] | None = None,
        generator: torch.Generator | None = None,
        seed: int = 0,
    ) -> DefaultBatchSampler:
        if dataset is self.train_dataset:
            return Draws(dataset, batch_size, seed)
        return DefaultBatchSampler(range(len(dataset)), batch_size, drop_last=False)

    def add_model_card_callback(self, default_args_dict: Mapping[str, object]) -> None:
        pass


def make_trainer(
    folder: Path, objective: Objective, train: Dataset, held_out: Dataset, evaluate_first: bool
) -> TuningTrainer:
    """A trainer that keeps its checkpoints in `folder`."""
    trainer = TuningTrainer(
        model=objective.model,
        args=_arguments(folder, objective, len(held_out), evaluate_first),
        train_dataset=train,
        eval_dataset=held_out,
        loss=objective,
        callbacks=[TellEpoch(), Checkpoints(objective)],
    )
    trainer.remove_callback(PrinterCallback)
    if trainer.pop_callback(ProgressCallback):
        trainer.add_callback(Progress())
    return trainer


def _arguments(
    folder: Path, objective: Objective, held_out: int, evaluate_first: bool
) -> SentenceTransformerTrainingArguments:
    settings = objective.settings
    heads = len(objective.model) - 2
    processes = int(os.environ.get("WORLD_SIZE", "1"))  # as torchrun tells
    batch_size = settings.batch_size // processes
    on_cpu = not torch.accelerator.is_available()
    return SentenceTransformerTrainingArguments(
        output_dir=str(folder),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=batch_size,
        per_device_eval_batch_size=min(batch_size, math.ceil(held_out / processes)),
        gradient_accumulation_steps=settings.accumulation,
        learning_rate=settings.learning_rate,
        learning_rate_mapping={rf"^(model\.{heads}\.|to_)": settings.head_learning_rate},
        lr_scheduler_type="cosine",
        warmup_steps=settings.warmup,
        weight_decay=0.0,
        router_mapping={"painting": IMAGE, "utterance": TEXT},
        bf16=choose_bf16(settings.bf16),
        use_cpu=on_cpu,
        ddp_find_unused_parameters=False,
        dataloader_drop_last=True,
        dataloader_num_workers=0 if on_cpu else READERS,
        dataloader_persistent_workers=not on_cpu,
        eval_strategy="epoch",
        eval_on_start=evaluate_first,
        metric_for_best_model="eval_loss",
        greater_is_better=False,
        save_strategy="steps",
        save_steps=settings.checkpoint_steps,
        save_total_limit=2,
        logging_steps=10,
        report_to="none",
        disable_tqdm=not has_terminal(),
        seed=settings.seed,
    )
