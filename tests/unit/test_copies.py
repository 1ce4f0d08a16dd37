import numpy as np

from encoders.vectors import Vectors, unit
from trainer.annotations.annotations import Side
from trainer.dataset.copies import name_works
from trainer.dataset.split import honour, split


def looks(count: int, seed: int = 0) -> Vectors:
    return unit(np.random.default_rng(seed).standard_normal((count, 32)))


def test_pictures_of_one_name_or_of_all_but_the_same_look_show_one_work() -> None:
    keys = [
        "Cubism/a-b_one.jpg",
        "Fauvism/a-b_one.jpg",
        "Cubism/a-b_two.jpg",
        "mine/three.jpg",
        "mine/four.jpg",
    ]
    vectors = looks(5)
    vectors[3] = unit(vectors[2] + 0.001)
    assert name_works(keys, vectors) == ["a-b_one", "a-b_one", "a-b_two", "a-b_two", "mine/four.jpg"]


def test_a_chain_of_copies_is_one_work() -> None:
    vectors = looks(4)
    vectors[2] = vectors[0]
    keys = ["x/a-b_z.jpg", "y/a-b_y.jpg", "z/a-b_y.jpg", "z/other.jpg"]  # the first looks like the third
    assert name_works(keys, vectors) == ["a-b_y", "a-b_y", "a-b_y", "z/other.jpg"]


def test_pictures_that_a_backbone_cannot_tell_apart_are_no_copies() -> None:
    keys = [f"a/{number}.jpg" for number in range(6)]
    assert name_works(keys, np.repeat(looks(1), 6, axis=0)) == keys


def test_copies_by_look_are_learned_from_or_held_out_together() -> None:
    originals = looks(60)
    keys = [f"{folder}/{number}.jpg" for folder in ("one", "two") for number in range(60)]
    works = name_works(keys, np.concatenate([originals, originals]))
    sides = split(keys, 0, works=works)
    assert not {works[row] for row in sides.train} & {works[row] for row in sides.held_out}
    assert len(sides.held_out) % 2 == 0


def test_a_copy_by_look_of_a_test_painting_is_kept_for_tests() -> None:
    vectors = looks(3)
    vectors[2] = vectors[1]
    works = name_works(["a/1.jpg", "a/2.jpg", "a/3.jpg"], vectors)
    sides = np.array([Side.TRAIN, Side.TRAIN, Side.TEST], np.int8)
    assert honour(works, sides).tolist() == [Side.TRAIN, Side.TEST, Side.TEST]
