"""`moodseum sample`, `train` and `index build` as they are typed, with a small CLIP."""

import json
import shutil
from pathlib import Path

import pytest

from encoders.backbone import load_backbone
from encoders.home import Home
from encoders.model_folder import load_model
from indexer.shelves.folder import FolderShelf
from indexer.shelves.releases import the_served
from tests.tiny_gallery import TinyGallery
from tests.typed import Run, assert_refused
from trainer.metrics.agreement import MEASURES


@pytest.fixture
def training(tiny_gallery: TinyGallery, tiny_clip: Path) -> list[str]:
    """All that `moodseum train` needs to be told here."""
    return [
        *("train", "--paintings", str(tiny_gallery.wikiart), "--annotations", str(tiny_gallery.annotations)),
        *("--backbone", str(tiny_clip), "--epochs", "2"),
    ]


def test_a_gallery_is_painted_where_it_is_wanted(run: Run, home: Home, tmp_path: Path) -> None:
    outcome = run(home, "sample", str(tmp_path / "gallery"), "--paintings", "3", "--seed", "5")
    assert outcome.code == 0
    assert "3 paintings in" in outcome.out
    assert len(list((tmp_path / "gallery" / "wikiart").glob("*/*.jpg"))) == 3


def test_training_reports_what_was_learned_and_where_the_curve_is(
    run: Run, home: Home, training: list[str]
) -> None:
    outcome = run(home, *training, "--name", "mine", "--loss", "plain")
    assert outcome.code == 0
    for part in ("model      mine", "240 votes; 48 annotated paintings", "untrained", "loss.png"):
        assert part in outcome.out
    for plot in ("loss.png", "reliability.png"):
        assert (home.models / "mine" / plot).read_bytes().startswith(b"\x89PNG")
    kept = json.loads((home.models / "mine" / "moodseum.json").read_text())["training"]
    assert set(kept["measures"]) == set(MEASURES)
    card = (home.models / "mine" / "README.md").read_text()
    assert f'`SentenceTransformer("{home.models / "mine"}")`' in card


def test_where_few_voted_the_model_says_that_its_scores_are_rough(
    run: Run, home: Home, training: list[str]
) -> None:
    doubt = "60 viewers' answers to 12 held-out paintings"
    assert doubt in run(home, *training, "--name", "mine").out
    assert doubt in (home.models / "mine" / "README.md").read_text()
    assert doubt in run(home, "info").out


def test_tuning_goes_on_from_the_heads_and_leaves_nothing_unfinished_behind(
    run: Run, home: Home, training: list[str], tiny_clip: Path
) -> None:
    tuning = ("--tune", "last-1", "--tune-epochs", "2", "--tune-batch", "8")
    outcome = run(home, *training, "--name", "mine", *tuning)
    assert outcome.code == 0
    assert "tuned      8 steps" in outcome.out
    assert not (home.runs / "mine").exists()
    tuned = load_model(home, "mine")
    assert tuned.identity.look_id != load_backbone(str(tiny_clip)).look_id
    record = json.loads((home.models / "mine" / "moodseum.json").read_text())["training"]
    assert record["tuning"]["tune"] == "last-1"
    assert record["tuned"]["steps"] == 8


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--tune", "everything", "heads, projections or last-N"),
        ("--lexicon", "/no/lexicon.txt", "NRC-VAD"),
    ],
)
def test_what_training_cannot_use_is_refused_in_one_sentence(
    run: Run, home: Home, training: list[str], option: str, value: str, says: str
) -> None:
    assert_refused(run(home, *training, option, value), value, says)


def test_a_lexicon_is_recorded_and_its_damaged_rows_are_told(
    run: Run, home: Home, training: list[str], tmp_path: Path
) -> None:
    lexicon = tmp_path / "vad.txt"
    rows = [
        "Word\tValence\tArousal\tDominance",
        "joy\t0.98\t0.8\t0.7",
        "grief\t0.05\t0.6\t0.3",
        "awe\t?\t1\t1",
    ]
    lexicon.write_text("\n".join(rows))
    outcome = run(home, *training, "--name", "mine", "--lexicon", str(lexicon))
    assert "1 rows of vad.txt could not be read" in outcome.err
    sources = json.loads((home.models / "mine" / "moodseum.json").read_text())["training"]["sources"]
    assert sources["lexicon_file"] == "vad.txt"
    assert len(sources["lexicon_digest"]) == 64


def test_an_index_is_searched_with_the_model_it_was_made_with_until_it_is_made_again(
    run: Run, home: Home, training: list[str], tiny_gallery: TinyGallery
) -> None:
    index = ("index", "build", "--paintings", str(tiny_gallery.wikiart))
    assert run(home, *training, "--name", "m").code == 0
    assert run(home, *index).code == 0
    former = searched_in(run, home)
    replaced = run(home, *training, "--name", "m", "--seed", "1", "--overwrite")
    assert "The served index was made with the former model of this name" in replaced.err
    assert searched_in(run, home) == former
    rebuilt = run(home, *index)
    assert "0 embedded, 48 taken over" in rebuilt.out
    assert searched_in(run, home) == load_model(home, "m").identity.space_id != former


def test_an_index_outlives_its_model_and_is_refused_once_what_it_kept_of_it_is_gone_too(
    run: Run, home: Home, training: list[str], tiny_gallery: TinyGallery
) -> None:
    run(home, *training, "--name", "m")
    run(home, "index", "build", "--paintings", str(tiny_gallery.wikiart))
    shutil.rmtree(home.models / "m")
    assert run(home, "search", "sad").code == 0
    shelf = FolderShelf(home)
    shutil.rmtree(shelf.papers(the_served(shelf).build) / "models")
    assert_refused(run(home, "search", "sad"), "'m'", "moodseum train")


def searched_in(run: Run, home: Home) -> str:
    """The space of the model that answers a search."""
    space: str = json.loads(run(home, "search", "sad", "--json").out)["release"]["space_id"]
    return space


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"--paintings": "/no/folder"}, ["/no/folder"]),
        ({"--annotations": "/no/file.csv"}, ["/no/file.csv"]),
        ({"--annotations": __file__}, [Path(__file__).name, "known kind", "WikiArt-Emotions"]),
        ({"--backbone": "/no/backbone"}, ["'/no/backbone'", "palette"]),
        ({"--name": "../up"}, ["'../up'", "letters"]),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_one_sentence(
    run: Run, home: Home, training: list[str], changes: dict[str, str], parts: list[str]
) -> None:
    assert_refused(run(home, *training, *(text for pair in changes.items() for text in pair)), *parts)
    assert not home.path.exists()


def test_an_index_needs_a_model_and_paintings(
    run: Run, home: Home, tiny_gallery: TinyGallery, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "table.csv").write_text("title,artist\nA,B\n")
    index = ("index", "build", "--paintings")
    assert_refused(run(home, *index, str(tmp_path / "empty")), "empty", ".jpg")
    assert_refused(run(home, *index, str(tmp_path / "table.csv")), "path", "title, artist")
    assert_refused(run(home, *index, str(tiny_gallery.wikiart)), "no model", "moodseum train")
    assert_refused(run(home, *index, str(tiny_gallery.wikiart), "--model", "x"), "'x'", "moodseum train")
