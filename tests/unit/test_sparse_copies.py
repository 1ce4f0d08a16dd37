from pathlib import Path

import pytest

from indexer.store.edge.copying import BLOCK, copy_folder

HOLE = bytes(BLOCK)
FEW = 4 * BLOCK // 512


@pytest.mark.parametrize(
    "content",
    [b"", b"short", HOLE, HOLE + b"end", b"start" + 3 * HOLE, b"\0" * 7, b"x" * BLOCK + HOLE + b"y" * BLOCK],
)
def test_a_copy_of_a_folder_holds_the_same_bytes(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store" / "segment").mkdir(parents=True)
    (tmp_path / "store" / "segment" / "data").write_bytes(content)
    copy_folder(tmp_path / "store", tmp_path / "copy")
    assert (tmp_path / "copy" / "segment" / "data").read_bytes() == content


def test_holes_stay_holes(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with (tmp_path / "store" / "log").open("wb") as log:
        log.write(b"start")
        log.truncate(32 * 2**20)
    copy_folder(tmp_path / "store", tmp_path / "copy")
    copied = (tmp_path / "copy" / "log").stat()
    assert copied.st_size == 32 * 2**20
    assert copied.st_blocks < FEW
