from collections import Counter

import numpy as np
from accelerate.data_loader import BatchSamplerShard
from datasets import Dataset
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.data import DataLoader
from transformers import TrainerControl, TrainerState, TrainingArguments

from trainer.tuning.draws import Draws, TellEpoch
from trainer.tuning.examples import PAINTING

PAINTINGS = [5, 5, 5, 2, 9, 9]
"""Six rows of three paintings."""


def rows(paintings: list[int]) -> Dataset:
    return Dataset.from_dict({PAINTING: paintings, "number": list(range(len(paintings)))})


def drawn(draws: Draws, epoch: int) -> list[list[int]]:
    draws.set_epoch(epoch)
    return list(draws)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=20), st.integers(1, 6), st.integers(0, 3))
def test_an_epoch_has_each_painting_once_but_for_an_incomplete_batch(
    utterances: list[int], batch_size: int, epoch: int
) -> None:
    paintings = np.repeat(np.arange(len(utterances)), utterances)
    draws = Draws(rows(paintings.tolist()), batch_size, seed=0)
    batches = drawn(draws, epoch)
    assert len(batches) == len(draws) == len(utterances) // batch_size
    assert all(len(batch) == batch_size for batch in batches)
    seen = [paintings[row] for batch in batches for row in batch]
    assert len(set(seen)) == len(seen)


def test_every_utterance_has_its_turn_as_often_as_the_others_of_its_painting() -> None:
    draws = Draws(rows(PAINTINGS), 3, seed=0)
    turns = Counter(row for epoch in range(600) for batch in drawn(draws, epoch) for row in batch)
    assert turns[3] == 600
    assert all(160 < turns[row] < 240 for row in (0, 1, 2))
    assert all(250 < turns[row] < 350 for row in (4, 5))


def test_seed_and_epoch_alone_decide() -> None:
    many = rows(list(range(40)))
    first, again, other = Draws(many, 8, seed=1), Draws(many, 8, seed=1), Draws(many, 8, seed=2)
    assert drawn(first, 0) != drawn(first, 1)
    assert drawn(first, 0) == drawn(again, 0)
    assert drawn(first, 0) != drawn(other, 0)


def test_a_process_that_resumes_within_an_epoch_is_told_it() -> None:
    draws = Draws(rows(PAINTINGS), 1, seed=0)
    share = BatchSamplerShard(draws, num_processes=2, process_index=1)
    loader = DataLoader(rows(PAINTINGS), batch_sampler=share)
    state = TrainerState(epoch=2.4)
    TellEpoch().on_epoch_begin(
        TrainingArguments(use_cpu=True), state, TrainerControl(), train_dataloader=loader
    )
    assert draws.epoch == 2
