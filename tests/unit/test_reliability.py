from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.calibration.reliability import Curve, plot_reliability
from trainer.drawing import DARK
from trainer.metrics.agreement import ece
from trainer.metrics.measure import Table

SCORES = np.array([[0.01, 0.05], [0.30, 0.32], [1.0, 0.0]])
FRACTIONS = np.array([[0.0, 0.2], [0.5, 0.1], [0.8, 0.0]])


def test_scores_of_one_bin_are_compared_with_what_viewers_named() -> None:
    # bins of 1/15: 0.01, 0.05 and 0.0 in the first, 0.30 and 0.32 in the fifth, 1.0 in the last
    bins = Curve("coherence", SCORES, FRACTIONS).bins()
    assert bins.numbers.tolist() == [0, 4, 14]
    assert bins.sizes.tolist() == [3, 2, 1]
    np.testing.assert_allclose(bins.predicted, [0.02, 0.31, 1.0])
    np.testing.assert_allclose(bins.observed, [0.2 / 3, 0.3, 0.8])


def test_the_gaps_of_one_words_bins_add_up_to_its_calibration_error() -> None:
    rng = np.random.default_rng(0)
    scores: Table = rng.uniform(0, 1, (200, 1))
    fractions = rng.integers(0, 6, (200, 1)) / 5
    bins = Curve("", scores, fractions).bins()
    gaps = bins.sizes / 200 * np.abs(bins.predicted - bins.observed)
    assert ece.once(scores, fractions) == pytest.approx(gaps.sum())


def test_scores_that_are_no_chances_are_refused() -> None:
    with pytest.raises(ValueError, match="from -1 to 1"):
        Curve("", np.array([[-1.0], [1.0]]), np.ones((2, 1))).bins()


@pytest.mark.parametrize("curves", [1, 3])
def test_a_diagram_is_a_picture(tmp_path: Path, curves: int) -> None:
    shown = [Curve(f"curve {number}", SCORES, FRACTIONS) for number in range(curves)]
    plot_reliability(tmp_path / "light.png", shown)
    plot_reliability(tmp_path / "dark.png", shown, DARK)
    with Image.open(tmp_path / "light.png") as light, Image.open(tmp_path / "dark.png") as dark:
        assert light.size == dark.size
        assert np.asarray(light.convert("L")).mean() > 200 > 60 > np.asarray(dark.convert("L")).mean()


def test_a_curve_of_one_painting_is_drawn(tmp_path: Path) -> None:
    plot_reliability(tmp_path / "one.png", [Curve("one", np.array([[0.0]]), np.array([[1.0]]))])
    assert (tmp_path / "one.png").stat().st_size > 1000
