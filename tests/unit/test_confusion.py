import numpy as np
import pytest

from trainer.metrics.agreement import accuracy_dominant
from trainer.metrics.confusion import confusion

FRACTIONS = np.array([[0.6, 0.2], [0.2, 0.8], [0.5, 0.5], [0.0, 0.6], [0.2, 0.1]])
SCORES = np.array([[0.3, 0.1], [0.4, 0.2], [0.9, 0.0], [0.1, 0.2], [0.3, 0.1]])


def test_rows_are_what_viewers_named_and_columns_what_the_model_chose() -> None:
    # the third is split evenly, the fifth named neither: most viewers chose nothing there
    found = confusion(SCORES, FRACTIONS, ("awe", "fear"))
    assert found.counts == ((1, 0), (1, 1))
    assert found.paintings == 3


def test_the_diagonal_is_the_accuracy() -> None:
    found = np.array(confusion(SCORES, FRACTIONS, ("awe", "fear")).counts)
    assert accuracy_dominant.once(SCORES, FRACTIONS) == pytest.approx(np.trace(found) / found.sum())


def test_without_a_clear_feeling_nothing_is_counted() -> None:
    found = confusion(SCORES, FRACTIONS * 0.5, ("awe", "fear"))
    assert found.counts == ((0, 0), (0, 0))
