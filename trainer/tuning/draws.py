"""The order of training: in each epoch every painting once, with one of its utterances."""

from collections.abc import Iterator

import numpy as np
from datasets import Dataset
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch.utils.data import DataLoader
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from trainer.tuning.examples import PAINTING


class Draws(DefaultBatchSampler):
    """Batches of row numbers that seed and epoch alone decide, so that a resumed run goes on as before.

    Every epoch has its own order of paintings and its own draw among each one's rows. Those that fill no
    whole batch are left for another epoch.
    """

    def __init__(self, rows: Dataset, batch_size: int, seed: int) -> None:
        super().__init__(rows, batch_size, drop_last=True, seed=seed)
        paintings = np.asarray(rows.with_format(None)[PAINTING][:])
        self._firsts = np.flatnonzero(np.diff(paintings, prepend=-1))
        self._counts = np.diff(self._firsts, append=len(paintings))

    def __len__(self) -> int:
        return len(self._firsts) // self.batch_size

    def __iter__(self) -> Iterator[list[int]]:
        chance = np.random.default_rng((self.seed, self.epoch))
        drawn = chance.permutation(self._firsts + chance.integers(self._counts))
        for number in range(len(self)):
            yield drawn[number * self.batch_size :][: self.batch_size].tolist()


class TellEpoch(TrainerCallback):
    """Tells the draws their epoch; the trainer does not where several processes resume within one."""

    def on_epoch_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        train_dataloader: DataLoader[object] | None = None,
        **kwargs: object,
    ) -> None:
        assert train_dataloader is not None
        _innermost(train_dataloader.batch_sampler).set_epoch(int(state.epoch or 0))


def _innermost(batches: object) -> Draws:
    """Each process has its share of all batches, which wraps them."""
    return batches if isinstance(batches, Draws) else _innermost(vars(batches)["batch_sampler"])
