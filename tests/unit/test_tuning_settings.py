import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import TrainingError
from trainer.tuning.settings import TuneSettings, blocks_to_tune


def test_heads_alone_projections_or_blocks() -> None:
    assert blocks_to_tune("heads") is None
    assert blocks_to_tune("projections") == 0
    assert blocks_to_tune("last-1") == 1
    assert blocks_to_tune("last-12") == 12


@given(st.integers(1, 99))
def test_any_number_of_blocks_is_read(blocks: int) -> None:
    assert blocks_to_tune(f"last-{blocks}") == blocks


@pytest.mark.parametrize(
    "wrong", ["", "all", "last", "last-0", "last--1", "last-01", "last-2.5", "Heads", "last-²"]
)
def test_anything_else_is_refused_in_one_sentence(wrong: str) -> None:
    with pytest.raises(TrainingError, match=r"cannot be tuned; give heads, projections or last-N") as refusal:
        TuneSettings(wrong)
    assert repr(wrong) in str(refusal.value)


@given(st.text(max_size=200))
def test_whatever_is_given_is_read_or_refused(tune: str) -> None:
    try:
        blocks = blocks_to_tune(tune)
    except TrainingError:
        return
    assert tune in ("heads", "projections", f"last-{blocks}")
