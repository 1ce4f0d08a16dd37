"""`moodseum index build` as a user meets it; a small encoder stands where a trained model would be."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

import encoders.model_folder
import moodseum
from encoders.errors import ModelError
from encoders.fake import FakeEncoder
from encoders.home import Home
from indexer.errors import SourceError
from indexer.releases import served


@pytest.fixture
def home(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    def load(home: Home, name: str | None = None) -> FakeEncoder:
        return FakeEncoder(name or "newest", seed=len(name or ""))

    monkeypatch.setattr(encoders.model_folder, "load_model", load)
    return Home(quick_folder / "home")


@pytest.fixture
def gallery(quick_folder: Path) -> Path:
    folder = quick_folder / "gallery"
    for number in range(4):
        path = folder / "Cubism" / f"anna-example_work-{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((8, 8, 3), 60 * number, np.uint8)).save(path)
    return folder


def run(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(moodseum.app, ["--home", str(home.path), "index", "build", *arguments])


def words(line: str) -> str:
    return " ".join(line.split())


def test_a_build_sums_up_what_it_did(home: Home, gallery: Path) -> None:
    (gallery / "Cubism" / "anna-example_text.jpg").write_text("no image")
    result = run(home, "--paintings", str(gallery))
    assert result.exit_code == 0
    release = served(home)
    assert release is not None
    lines = [words(line) for line in result.stdout.splitlines()]
    assert lines[0].startswith(f"indexed 4 paintings of {gallery} in ")
    assert lines[1:3] == [
        "of these 4 embedded, 0 taken over from earlier builds",
        f"skipped 1 unreadable, all listed in {release.build.folder / 'skipped.csv'}",
    ]
    assert "anna-example_text.jpg" in lines[3]
    assert lines[4:] == [f"served {release.build.name} with model newest"]
    assert result.stderr == ""


def test_running_again_says_that_nothing_has_changed(home: Home, gallery: Path) -> None:
    run(home, "--paintings", str(gallery))
    result = run(home, "--paintings", str(gallery))
    assert words(result.stdout.splitlines()[0]) == f"up to date 4 paintings of {gallery}, nothing has changed"


def test_the_named_model_is_used(home: Home, gallery: Path) -> None:
    run(home, "--paintings", str(gallery))
    result = run(home, "--paintings", str(gallery), "--model", "mine")
    assert "0 embedded, 4 taken over" in result.stdout
    release = served(home)
    assert release is not None
    assert release.model == "mine"


def test_remarks_on_a_table_are_shown(home: Home, gallery: Path) -> None:
    table = gallery / "list.csv"
    table.write_text("path,year\nCubism/anna-example_work-0.png,long ago\n")
    result = run(home, "--paintings", str(table))
    assert "remarks.csv" in result.stdout
    assert "row 1: 'long ago' is no year; left empty" in result.stdout


def test_a_wrong_source_is_refused_before_the_model_is_loaded(
    home: Home, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(home: Home, name: str | None = None) -> FakeEncoder:
        raise ModelError("loading a model takes long")

    monkeypatch.setattr(encoders.model_folder, "load_model", load)
    result = run(home, "--paintings", str(quick_folder / "nowhere"))
    assert isinstance(result.exception, SourceError)
    assert not home.path.exists()
