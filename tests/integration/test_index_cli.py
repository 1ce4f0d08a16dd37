"""`moodseum index build` as it is typed: what it tells of a build, with a small CLIP."""

import json
import shutil
from pathlib import Path

import pytest

from encoders.home import Home
from indexer.shelves.folder import FolderShelf
from indexer.shelves.releases import the_served
from tests.tiny_gallery import TinyGallery
from tests.typed import Run, lines
from trainer.dataset.material import Material
from trainer.heads.training import TrainSettings
from trainer.plan import Plan
from trainer.train import train


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path, tiny_gallery: TinyGallery) -> Path:
    """The folder of two models, `newer` trained last."""
    home = Home(tmp_path_factory.mktemp("home"))
    for seed, name in enumerate(("older", "newer")):
        settings = TrainSettings(epochs=1, seed=seed)
        material = Material(tiny_gallery.wikiart, tiny_gallery.annotations)
        train(Plan(material, str(tiny_clip), settings), home, name)
    return home.models


@pytest.fixture
def home(quick_folder: Path, models: Path) -> Home:
    """A home with the models and without an index."""
    home = Home(quick_folder / "home")
    home.path.mkdir()
    home.models.symlink_to(models)
    return home


@pytest.fixture
def gallery(quick_folder: Path, tiny_gallery: TinyGallery) -> Path:
    """Four of the paintings, free to be changed."""
    folder = quick_folder / "gallery"
    (folder / "Cubism").mkdir(parents=True)
    for picture in sorted(tiny_gallery.wikiart.glob("Cubism/*.jpg"))[:4]:
        shutil.copy(picture, folder / "Cubism")
    return folder


def served_build(home: Home) -> tuple[str, Path]:
    """The model and the folder of the build that is served."""
    shelf = FolderShelf(home)
    made = the_served(shelf)
    return made.model, shelf.papers(made.build)


def test_a_build_sums_up_what_it_did(run: Run, home: Home, gallery: Path) -> None:
    (gallery / "Cubism" / "anna-example_text.jpg").write_text("no image")
    outcome = run(home, "index", "build", "--paintings", str(gallery))
    model, build = served_build(home)
    assert model == "newer"
    told = lines(outcome)
    assert told[0].startswith(f"indexed 4 paintings of {gallery} in ")
    assert told[1] == "of these 4 embedded, 0 taken over from earlier builds"
    assert told[-3] == f"skipped 1 unreadable, all listed in {build / 'skipped.csv'}"
    assert "anna-example_text.jpg" in told[-2]
    assert told[-1] == f"served {build.name} with model newer"


def test_a_build_tells_of_near_duplicates(run: Run, home: Home, gallery: Path) -> None:
    first, *others = sorted(gallery.glob("*/*.jpg"))
    for other in others:
        shutil.copyfile(first, other)
    outcome = run(home, "index", "build", "--paintings", str(gallery))
    assert "duplicates 3, all but the same as another; --fold hides them" in lines(outcome)
    assert len(json.loads(run(home, "search", "sad", "--json").out)["hits"]) == 4
    assert len(json.loads(run(home, "search", "sad", "--fold", "--json").out)["hits"]) == 1


def test_running_again_says_that_nothing_has_changed(run: Run, home: Home, gallery: Path) -> None:
    run(home, "index", "build", "--paintings", str(gallery))
    outcome = run(home, "index", "build", "--paintings", str(gallery))
    assert lines(outcome) == [
        f"up to date 4 paintings of {gallery}, nothing has changed",
        f"served {served_build(home)[1].name} with model newer",
    ]


def test_the_named_model_is_used(run: Run, home: Home, gallery: Path) -> None:
    assert run(home, "index", "build", "--paintings", str(gallery), "--model", "older").code == 0
    assert served_build(home)[0] == "older"


def test_remarks_on_a_table_are_shown_and_listed(run: Run, home: Home, gallery: Path) -> None:
    picture = min(gallery.glob("*/*.jpg")).relative_to(gallery)
    table = gallery / "list.csv"
    table.write_text(f"path,year\n{picture},long ago\n")
    outcome = run(home, "index", "build", "--paintings", str(table))
    assert lines(outcome)[-2:] == [
        f"remarks 1 on the source, all listed in {served_build(home)[1] / 'remarks.csv'}",
        "row 1: 'long ago' is no year; left empty",
    ]
