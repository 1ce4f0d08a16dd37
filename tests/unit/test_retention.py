import numpy as np
import pytest

from trainer.metrics.retention import Retention, chance, kept_neighbours


def at(*degrees: float) -> np.ndarray:
    """Points on a circle."""
    angles = np.radians(degrees)
    return np.column_stack([np.cos(angles), np.sin(angles)])


def test_by_hand_five_points_on_a_circle() -> None:
    """Nearest two before: of A B C, of B A C, of C B A, of D E C, of E D C.

    Then C moves between D and E. After: of A B D, of B A D, of C D E, of D C E, of E C D. Kept are 1, 1, 0,
    2 and 2 of 2.
    """
    before, after = at(0, 10, 25, 90, 110), at(0, 10, 100, 90, 110)
    assert kept_neighbours(before, after, k=2) == pytest.approx(6 / 10)


def test_turning_stretching_and_mirroring_a_space_keep_every_neighbour() -> None:
    rng = np.random.default_rng(0)
    points = rng.standard_normal((50, 6))
    turn, _ = np.linalg.qr(rng.standard_normal((6, 6)))
    assert kept_neighbours(points, -3 * points @ turn) == 1


def test_unrelated_spaces_keep_what_chance_keeps() -> None:
    rng = np.random.default_rng(0)
    before, after = rng.standard_normal((2, 400, 20))
    assert kept_neighbours(before, after) == pytest.approx(chance(400), abs=0.01)


def test_spaces_may_be_of_different_width() -> None:
    points = np.random.default_rng(0).standard_normal((30, 4))
    assert kept_neighbours(points, np.hstack([points, np.zeros((30, 3))])) == 1


def test_of_few_points_all_are_neighbours_by_chance_too() -> None:
    rng = np.random.default_rng(0)
    assert kept_neighbours(rng.standard_normal((5, 3)), rng.standard_normal((5, 3))) == 1
    assert chance(5) == 1


def test_chance_is_the_share_of_the_others_that_are_neighbours() -> None:
    assert chance(101) == pytest.approx(0.1)


@pytest.mark.parametrize("sizes", [(3, 4), (1, 1), (0, 0)])
def test_other_rows_or_too_few_are_refused(sizes: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="same rows"):
        kept_neighbours(np.ones((sizes[0], 2)), np.ones((sizes[1], 2)))


def test_it_reads_as_shares_beside_chance() -> None:
    told = str(Retention(paintings=0.62, paintings_chance=0.08, words=0.9, words_chance=0.02))
    assert told == (
        "62% of the paintings' nearest neighbours (chance 8%), 90% of the emotion words' (chance 2%)"
    )
