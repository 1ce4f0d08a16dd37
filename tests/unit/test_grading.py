from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.coherence import Array
from encoders.encoder import Reading
from encoders.fake import FakeEncoder
from encoders.vectors import Vector, unit
from search_api.answering.grading import grading

ENCODER = FakeEncoder()
BANK = np.array([0.0, 0.0, *[0.1] * 7, 0.3])  # its mean is 0.1, its best tenth 0.3

chances = st.lists(st.floats(0, 1), min_size=2, max_size=20).map(sorted).map(np.array)


@dataclass(frozen=True)
class Simple:
    """A reading whose coherence is the similarity itself."""

    word: str = "awe"
    seen: bool = True

    @property
    def vector(self) -> Vector:
        return unit([1, 0])

    def coherence(self, similarities: npt.ArrayLike) -> Array:
        return np.asarray(similarities, np.float64)

    def percentile(self, similarities: npt.ArrayLike) -> Array:
        return 100 * self.coherence(similarities)


def graded(weight: float, chance: float, reading: Reading = Simple()) -> float:
    return float(grading(reading, weight, BANK)(np.array([chance]))[0])


def test_a_slight_feeling_is_one_that_a_single_viewer_of_several_names() -> None:
    # Half the way from 0.1 to 0.3 lies 0.2, one in five viewers.
    assert graded(0.5, 0.2) == pytest.approx(5 * 0.2 * 0.8**4)
    assert graded(0.5, 0.5) == pytest.approx(5 * 0.5 * 0.5**4)
    assert graded(0.5, 0.0) == graded(0.5, 1.0) == 0.0
    assert max(np.linspace(0, 1, 101), key=lambda chance: graded(0.5, chance)) == pytest.approx(0.2)
    assert max(np.linspace(0, 1, 101), key=lambda chance: graded(0.75, chance)) == pytest.approx(0.25)


def test_a_heightened_feeling_takes_more_by_what_a_typical_painting_lacks() -> None:
    # The odds of a typical painting are 1 to 9, so twice the weight divides all odds by 9.
    assert graded(2, 0.5) == pytest.approx(0.1)
    assert graded(2, 0.9) == pytest.approx(0.5)
    assert graded(1.5, 0.5) == pytest.approx(0.25)
    assert 0 < graded(2, 1.0) <= 1


def test_what_most_viewers_name_anyway_takes_no_more() -> None:
    likely = grading(Simple(), 2, np.array([0.6, 0.8]))
    assert likely(np.array([0.3, 0.7])).tolist() == pytest.approx([0.3, 0.7])


@given(chances)
def test_a_plain_feeling_keeps_its_chances(plain: Array) -> None:
    assert grading(Simple(), 1, BANK)(plain).tolist() == plain.tolist()


@given(chances, st.floats(0.25, 2), st.sampled_from(("awe", "calm", "dread")))
def test_graded_chances_are_chances_and_above_1_never_larger_nor_in_another_order(
    plain: Array, weight: float, word: str
) -> None:
    reading = ENCODER.read(word)
    found = grading(reading, weight, ENCODER.bank.similarities(reading.vector))(plain)
    assert ((found >= 0) & (found <= 1)).all()
    if weight >= 1:
        assert (np.diff(found) >= 0).all()
        assert (found <= plain + 1e-9).all()
