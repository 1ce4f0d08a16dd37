from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from encoders.errors import ImageError
from indexer.painting import Painting
from indexer.sources.changes import Record
from indexer.sources.reading import AHEAD, read_ahead


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
