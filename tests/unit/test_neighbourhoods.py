import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.vectors import Vectors
from indexer.making import neighbourhoods
from indexer.making.neighbourhoods import close_rows


def comparing_everything(points: Vectors, farthest: float) -> dict[int, list[int]]:
    squares = np.square(points[:, None] - points[None]).sum(axis=2)
    close = {row: np.flatnonzero(squares[row, row + 1 :] <= farthest) + row + 1 for row in range(len(points))}
    return {row: others.tolist() for row, others in close.items() if len(others)}


@st.composite
def grids(draw: st.DrawFn) -> Vectors:
    """Up to 80 points on a grid, some in one place: all distances are whole numbers, which float32 knows."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    shape = draw(st.integers(0, 80)), draw(st.sampled_from([1, 2, 12]))
    return rng.integers(0, draw(st.sampled_from([1, 3, 12])), shape).astype(np.float32)


@given(grids(), *[st.integers(1, 90)] * 2, st.integers(1, 300), st.sampled_from([0.5, 4.5, 100.5]))
def test_no_pair_is_missed_and_none_is_invented_whatever_is_compared_at_once(
    points: Vectors, tile: int, step: int, most: int, farthest: float
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbourhoods, "TILE", tile)
        patch.setattr(neighbourhoods, "STEP", step)
        patch.setattr(neighbourhoods, "MOST_PAIRS", most)
        found = [(row, others.tolist()) for row, others in close_rows(points, farthest)]
    assert found == sorted(comparing_everything(points, farthest).items())


def test_points_that_are_all_far_apart_have_no_pairs() -> None:
    assert list(close_rows(10 * np.eye(5, dtype=np.float32), 1.0)) == []
