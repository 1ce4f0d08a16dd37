from pathlib import Path

import pytest

from encoders.files import folder_atomically, write_atomically


def fail_while_filling(path: Path) -> None:
    with folder_atomically(path) as folder:
        (folder / "half").write_text("")
        raise OSError("disk full")


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "pointer.json"
    write_atomically(file, "old")
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_could_not_be_finished_never_appears(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="disk full"):
        fail_while_filling(tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_replacement_leaves_the_former_folder_as_it_was(tmp_path: Path) -> None:
    with folder_atomically(tmp_path / "model") as folder:
        (folder / "weights").write_text("first")
    with pytest.raises(OSError, match="disk full"):
        fail_while_filling(tmp_path / "model")
    assert (tmp_path / "model" / "weights").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_replacement_takes_the_formers_place_whole(tmp_path: Path) -> None:
    for name in ("first", "second"):
        with folder_atomically(tmp_path / "model") as folder:
            (folder / name).write_text("")
    assert [path.name for path in (tmp_path / "model").iterdir()] == ["second"]
