from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.painting import Painting
from trainer.annotations.annotations import Side
from trainer.dataset.join import Annotated
from trainer.dataset.split import divide, set_tests_aside, split, with_copies_together

some_sides = st.lists(st.sampled_from(Side), min_size=30, max_size=60)


def annotated(keys: list[str], sides: list[Side] | None) -> Annotated:
    works = tuple(Painting(key=key, path=Path(f"{key}.jpg"), title=key) for key in keys)
    votes = np.ones((len(keys), 2), np.int64)
    return Annotated(
        ("awe", "fear"), works, votes, (), sides=None if sides is None else np.array(sides, np.int8)
    )


def without_tests(keys: list[str], sides: list[Side] | None) -> Annotated:
    seen = with_copies_together(annotated(keys, sides), np.eye(len(keys), dtype=np.float32))
    return seen.keep(set_tests_aside(seen))


@given(some_sides, st.integers(0, 9))
def test_training_and_validation_are_kept_and_tests_are_neither(sides: list[Side], seed: int) -> None:
    keys = [f"Style/p-{number}" for number in range(len(sides))]
    given_side = dict(zip(keys, sides, strict=True))
    learnable = without_tests(keys, sides)
    kept = [work.key for work in learnable.paintings]
    assert kept == [key for key in keys if given_side[key] != Side.TEST]
    if {Side.TRAIN, Side.VAL} <= set(sides):
        divided = divide(learnable, seed)
        assert {given_side[kept[row]] for row in divided.train} == {Side.TRAIN}
        assert {given_side[kept[row]] for row in divided.held_out} == {Side.VAL}


@given(some_sides)
def test_no_work_is_trained_on_in_one_folder_and_kept_for_later_in_another(sides: list[Side]) -> None:
    keys = [f"{style}/anna-b_w-{number // 2}" for number, style in enumerate(["Cubism", "Fauvism"] * 30)][
        : len(sides)
    ]
    learnable = without_tests(keys, sides)
    kept = [work.key for work in learnable.paintings]
    tested = {key.split("/")[1] for key, side in zip(keys, sides, strict=True) if side == Side.TEST}
    assert not tested & {key.split("/")[1] for key in kept}
    divided = divide(learnable, 0) if len(kept) > 1 else None
    if divided is not None:
        works = [{kept[row].split("/")[1] for row in rows} for rows in (divided.train, divided.held_out)]
        assert not works[0] & works[1]


def test_held_out_paintings_stay_in_the_order_of_the_draw() -> None:
    keys = [f"Style/p-{number}" for number in range(200)]
    sides = np.array([Side.TRAIN, Side.VAL] * 100, np.int8)
    held_out = split(keys, 0, sides).held_out
    assert held_out.tolist() != sorted(held_out)
    assert split(keys, 1, sides).held_out.tolist() != held_out.tolist()


@pytest.mark.parametrize("sides", [None, [Side.TRAIN] * 40, [Side.VAL] * 40])
def test_where_the_file_holds_nothing_out_a_part_is_drawn(sides: list[Side] | None) -> None:
    keys = [f"Style/p-{number}" for number in range(40)]
    learnable = without_tests(keys, sides)
    assert len(divide(learnable, 0).held_out) == 10
