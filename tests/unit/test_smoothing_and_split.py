import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.dataset.copies import work_name
from trainer.dataset.smoothing import smoothed_shares
from trainer.dataset.split import split


def test_two_votes_worth_of_the_histogram_is_added() -> None:
    shares = smoothed_shares(np.array([[3, 0], [0, 0]]), prior=[1, 3], strength=2.0)
    np.testing.assert_allclose(shares, [[3.5 / 5, 1.5 / 5], [0.25, 0.75]], rtol=1e-6)


@given(st.lists(st.text(min_size=1), min_size=20, max_size=200, unique=True), st.integers(0, 9))
def test_every_painting_is_on_one_side(keys: list[str], seed: int) -> None:
    sides = split(keys, seed)
    assert sorted([*sides.train, *sides.held_out]) == list(range(len(keys)))


def test_the_side_of_a_painting_does_not_depend_on_the_order() -> None:
    keys = [f"Style/painting-{number}" for number in range(100)]
    held_out = {keys[row] for row in split(keys, 1).held_out}
    backwards = keys[::-1]
    assert {backwards[row] for row in split(backwards, 1).held_out} == held_out


def test_copies_of_one_work_in_several_style_folders_stay_together() -> None:
    keys = [f"{style}/anna-b_work-{n}" for n in range(50) for style in ("Cubism", "Fauvism")]
    sides = split(keys, 0)
    assert not {keys[row].split("/")[1] for row in sides.train} & {
        keys[row].split("/")[1] for row in sides.held_out
    }


def test_equal_file_names_that_are_no_wikiart_names_are_different_works() -> None:
    assert len(split([f"{number}/image.jpg" for number in range(100)], 0).held_out) == 25
    assert work_name("Cubism/anna-b_work-1.jpg") == work_name("Fauvism/anna-b_work-1.PNG") == "anna-b_work-1"
    assert work_name("2019/1.jpg") != work_name("2020/1.jpg")


def test_another_seed_holds_out_others() -> None:
    keys = [f"Style/painting-{number}" for number in range(100)]
    assert set(split(keys, 1).held_out) != set(split(keys, 2).held_out)


@pytest.mark.parametrize(("paintings", "held_out"), [(20, 5), (480, 120), (80_000, 8_000)])
def test_a_tenth_is_held_out_of_large_collections_and_a_quarter_of_small(
    paintings: int, held_out: int
) -> None:
    assert len(split([str(number) for number in range(paintings)], 0).held_out) == held_out
