from pathlib import Path

import pytest

from encoders.errors import OutputError
from encoders.files import file_atomically, folder_atomically, require_place, write_atomically


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


def test_a_file_that_could_not_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    write_atomically(file, "old")

    def fail_while_writing() -> None:
        with file_atomically(file) as unfinished:
            unfinished.write_text("new")
            raise OSError(f"disk full, no {unfinished.suffix}")

    with pytest.raises(OSError, match=r"disk full, no \.csv"):
        fail_while_writing()
    assert (file.read_text(), list(tmp_path.iterdir())) == ("old", [file])


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


def test_a_rename_that_fails_in_the_middle_brings_the_former_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "model"
    with folder_atomically(model) as folder:
        (folder / "weights").write_text("first")
    rename = Path.rename

    def fail_for_the_new(path: Path, target: Path) -> Path:
        if path.name.endswith(".former") or target.name.endswith(".former"):
            return rename(path, target)
        raise OSError("disk full")

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OSError, match="disk full"), folder_atomically(model):
        pass
    assert (model / "weights").read_text() == "first"


def test_what_a_killed_writer_moved_aside_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / ".model.former").mkdir()
    (tmp_path / ".model.former" / "weights").write_text("first")
    with pytest.raises(OSError, match="disk full"):
        fail_while_filling(tmp_path / "model")
    assert (tmp_path / "model" / "weights").read_text() == "first"


def test_a_replacement_takes_the_formers_place_whole(tmp_path: Path) -> None:
    for name in ("first", "second"):
        with folder_atomically(tmp_path / "model") as folder:
            (folder / name).write_text("")
    assert [path.name for path in (tmp_path / "model").iterdir()] == ["second"]


def test_a_link_to_a_folder_is_replaced_and_what_it_led_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "old").touch()
    (tmp_path / "model").symlink_to(tmp_path / "real")
    for _ in range(2):
        with folder_atomically(tmp_path / "model") as unfinished:
            (unfinished / "new").touch()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "real"]
    assert (tmp_path / "model" / "new").exists()
    assert (tmp_path / "real" / "old").exists()


def test_a_place_for_a_file_leaves_no_trace_of_having_been_tried(tmp_path: Path) -> None:
    file = tmp_path / "sheet.png"
    require_place(file)
    file.write_text("old")
    require_place(file)
    assert [(left, left.read_text()) for left in tmp_path.iterdir()] == [(file, "old")]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (".", "is a folder; give a file"),
        ("gone/sheet.png", r"no folder .*gone for sheet\.png"),
        ("file/sheet.png", r"no folder .*file for sheet\.png"),
        ("/proc/sheet.png", r"/proc/sheet\.png cannot be written .*folder that you own"),
    ],
)
def test_where_no_file_can_be_written_is_known_beforehand(tmp_path: Path, place: str, reason: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=reason):
        require_place(tmp_path / place)
