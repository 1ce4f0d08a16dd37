from pathlib import Path

import pytest

from indexer.errors import IndexFormatError
from indexer.store.edge.refusals import explained


class PanicException(BaseException):
    pass


def test_a_panic_of_the_engine_is_told_as_damage(tmp_path: Path) -> None:
    with (
        pytest.raises(IndexFormatError, match=r"damaged \(index out of bounds\); remove it"),
        explained(tmp_path),
    ):
        raise PanicException("index out of bounds")


def test_an_interruption_stays_one(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), explained(tmp_path):
        raise KeyboardInterrupt
