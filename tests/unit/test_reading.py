from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from encoders.errors import ImageError
from indexer.painting import Painting
from indexer.sources.changes import Record
from indexer.sources.reading import AHEAD, ahead, in_batches, read_ahead


def record(path: Path) -> Record:
    return Record(Painting(key=path.name, path=path, title=path.stem), "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten images of widths 10 to 19, the third and the eighth of them damaged."""
    for number in range(10):
        Image.new("RGB", (10 + number, 5)).save(tmp_path / f"{number}.png")
    (tmp_path / "2.png").write_text("no image")
    (tmp_path / "7.png").unlink()
    return tmp_path


def test_unreadable_images_are_told_and_never_shift_the_others(folder: Path) -> None:
    refused: dict[str, str] = {}

    def refuse(found: Record, error: ImageError) -> None:
        refused[found.painting.key] = str(error)

    records = [record(folder / f"{number}.png") for number in range(10)]
    readings = list(read_ahead(records, refuse))
    assert [int(r.record.painting.title) + 10 for r in readings] == [r.image.width for r in readings]
    assert len(readings) == 8
    assert {key: str(folder / key) in reason for key, reason in refused.items()} == {
        "2.png": True,
        "7.png": True,
    }


def test_only_a_few_images_are_read_ahead(folder: Path) -> None:
    asked = 0

    def endless() -> Iterator[Record]:
        nonlocal asked
        while True:
            asked += 1
            yield record(folder / "0.png")

    def refuse(found: Record, error: ImageError) -> None:
        raise AssertionError(error)

    readings = read_ahead(endless(), refuse)
    next(readings)
    readings.close()
    assert asked == AHEAD + 1


@given(st.lists(st.integers(0, 99)), st.integers(0, 5))
def test_jobs_done_ahead_come_in_the_order_of_their_items(items: list[int], early: int) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert list(ahead(pool, lambda item: item * 2, items, early)) == [item * 2 for item in items]


def test_a_job_that_fails_ends_all_after_what_came_before_it() -> None:
    done: list[float] = []
    with ThreadPoolExecutor(1) as pool, pytest.raises(ZeroDivisionError):
        done.extend(ahead(pool, lambda item: 1 / item, [1, 2, 0, 4], 1))
    assert done == [1, 0.5]


@given(st.lists(st.integers(0, 9)), st.integers(1, 5), st.integers(1, 20))
def test_batches_keep_all_in_order_and_bound_number_and_weight(
    items: list[int], size: int, most: int
) -> None:
    batches = list(in_batches(items, size, lambda item: item, most))
    assert [item for batch in batches for item in batch] == items
    for batch in batches:
        assert 1 <= len(batch) <= size
        assert sum(batch[:-1]) < most
    for batch in batches[:-1]:
        assert len(batch) == size or sum(batch) >= most
