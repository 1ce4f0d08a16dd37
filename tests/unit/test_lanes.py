import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.evaluation.lanes import COLOURS, lane
from trainer.metrics.bootstrap import Figure


def test_figures_lie_between_the_ticks() -> None:
    found = lane("spearman", {"trained": Figure(0.2, 0.1, 0.4), "untrained": Figure(0.0, 0.0, 0.0)})
    assert [label for label, _ in found.ticks] == ["0", "0.1", "0.2", "0.3", "0.4"]
    assert [at for _, at in found.ticks] == pytest.approx([0, 25, 50, 75, 100])
    trained, untrained = found.marks
    assert (trained.dot, trained.left, trained.width) == pytest.approx((50, 25, 75))
    assert (untrained.dot, untrained.width) == pytest.approx((0, 0))


@given(
    st.lists(
        st.tuples(*[st.floats(-1e6, 1e6, allow_nan=False)] * 3).map(sorted), min_size=1, max_size=COLOURS
    )
)
def test_no_interval_leaves_its_axis(bounds: list[list[float]]) -> None:
    figures = {str(place): Figure(value, low, high) for place, (low, value, high) in enumerate(bounds)}
    for mark in lane("brier", figures).marks:
        assert -1e-6 <= mark.left <= mark.dot + 1e-6
        assert mark.dot <= mark.left + mark.width + 1e-6 <= 100 + 1e-3


def test_what_is_undefined_has_no_place() -> None:
    nothing = Figure(math.nan, math.nan, math.nan)
    found = lane("kl", {"trained": Figure(1.0, 0.9, 1.1), "histogram": nothing, "other": None})
    assert [mark.figure is None for mark in found.marks] == [False, True, True]
    assert lane("kl", {"histogram": nothing}).marks[0].figure is None


def test_a_figure_without_an_interval_is_a_dot() -> None:
    (mark,) = lane("hubness", {"trained": Figure(1.5, math.nan, math.nan)}).marks
    assert mark.figure == Figure(1.5, 1.5, 1.5)


def test_colours_are_given_or_take_turns() -> None:
    figures = {str(place): Figure(0.5, 0.4, 0.6) for place in range(COLOURS + 1)}
    assert [mark.colour for mark in lane("ece", figures).marks] == [*range(COLOURS), 0]
    assert [mark.colour for mark in lane("ece", figures, [1] * len(figures)).marks] == [1] * len(figures)
