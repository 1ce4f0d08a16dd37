"""`moodseum train` on annotations of every kind that asks something special of it."""

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from encoders.home import Home
from tests.tiny_gallery import TinyGallery
from tests.typed import Run, assert_refused
from tests.unit.test_wikiart_emotions import work
from tests.unit.test_wikiart_emotions import write as write_wikiart_emotions
from trainer.artefacts.known_paintings import read_known


@pytest.fixture
def training(tiny_gallery: TinyGallery, tiny_clip: Path) -> list[str]:
    paintings = ("train", "--paintings", str(tiny_gallery.wikiart), "--name", "mine")
    return [*paintings, "--backbone", str(tiny_clip), "--epochs", "2", "--annotations"]


def sources(home: Home) -> dict[str, Any]:
    training = json.loads((home.models / "mine" / "moodseum.json").read_text())["training"]
    its: dict[str, Any] = training["sources"]
    return its


def test_the_preprocessed_files_split_is_honoured(
    run: Run, home: Home, training: list[str], tiny_gallery: TinyGallery, tmp_path: Path
) -> None:
    sides = dict(zip(tiny_gallery.moods, ["train"] * 34 + ["val"] * 8 + ["test"] * 6, strict=True))
    file = tmp_path / "artemis_preprocessed.csv"
    with tiny_gallery.annotations.open(newline="") as source, file.open("w", newline="") as target:
        header, *votes = csv.reader(source)
        split = [[*row, sides[f"{row[0]}/{row[1]}"]] for row in votes]
        csv.writer(target).writerows([[*header, "split"], *split])
    outcome = run(home, *training, str(file))
    assert outcome.code == 0
    assert "set aside  6 paintings" in outcome.out
    assert {part: sources(home)[part] for part in ("train", "held_out", "set_aside", "votes")} == {
        **{"train": 34, "held_out": 8, "set_aside": 6},
        "votes": 42 * 5,
    }
    keys, known = read_known(home.models / "mine")
    assert set(keys) == {key for key, side in sides.items() if side != "test"}
    assert known.held_out == {key.split("/")[1] for key, side in sides.items() if side == "val"}


@pytest.mark.parametrize("proportions", [("0.6", "0.3"), ("1", "0")])
def test_ratings_without_a_sentence_are_enough_to_learn_from(
    run: Run,
    home: Home,
    training: list[str],
    tiny_gallery: TinyGallery,
    tmp_path: Path,
    proportions: tuple[str, str],
) -> None:
    often, seldom = proportions
    works = [
        work(
            key.split("/")[1],
            {
                f"ImageOnly: {'sadness' if mood in ('sadness', 'fear') else 'happiness'}": often,
                "ImageOnly: trust": seldom,
                "ImageOnly: neutral": seldom,
                "TitleOnly: shame": often,
            },
        )
        for key, mood in tiny_gallery.moods.items()
    ]
    outcome = run(home, *training, str(write_wikiart_emotions(tmp_path, *works)))
    assert outcome.code == 0
    assert "48 annotated paintings" in outcome.out
    assert sources(home)["aspect"] == "image"
    words = json.loads((home.models / "mine" / "moodseum.json").read_text())["calibration"]["log_odds"]
    assert set(words) == {"sadness", "happiness"} | ({"trust"} if seldom != "0" else set())


def test_a_table_of_paths_teaches_any_words(
    run: Run, home: Home, training: list[str], tiny_gallery: TinyGallery, tmp_path: Path
) -> None:
    rows = [
        {"path": str(tiny_gallery.wikiart / f"{key}.jpg"), "emotion": f"deep {mood}", "count": 3}
        for key, mood in tiny_gallery.moods.items()
    ]
    pd.DataFrame(rows).to_parquet(tmp_path / "votes.parquet")
    outcome = run(home, *training, str(tmp_path / "votes.parquet"))
    assert outcome.code == 0
    assert "learned    144 votes; 48 annotated paintings found (48 rows matched, 0 did not)" in outcome.out


def test_votes_that_fit_few_pictures_are_learned_from_only_if_that_is_asked_for(
    run: Run, home: Home, training: list[str], tiny_gallery: TinyGallery, tmp_path: Path
) -> None:
    known = [f"{key}.jpg,{mood}" for key, mood in list(tiny_gallery.moods.items())[:22]]
    strangers = [f"Rococo/stranger-{number}.jpg,awe" for number in range(30)]
    (tmp_path / "votes.csv").write_text("\n".join(["path,emotion", *known, *strangers]))
    assert_refused(run(home, *training, str(tmp_path / "votes.csv")), "Only 22 of the 52", "--partial")
    assert not home.path.exists()
    outcome = run(home, *training, str(tmp_path / "votes.csv"), "--partial")
    assert outcome.code == 0
    assert "22 annotated paintings found (22 rows matched, 30 did not)" in outcome.out


def test_a_split_that_leaves_one_painting_to_calibrate_by_is_refused(
    run: Run, home: Home, training: list[str], tiny_gallery: TinyGallery, tmp_path: Path
) -> None:
    sides = dict(zip(tiny_gallery.moods, ["val"] + ["train"] * 47, strict=True))
    file = tmp_path / "artemis_preprocessed.csv"
    votes = pd.read_csv(tiny_gallery.annotations)
    votes["split"] = [sides[f"{row.art_style}/{row.painting}"] for row in votes.itertuples()]
    votes.to_csv(file, index=False)
    assert_refused(run(home, *training, str(file)), "47 paintings to learn from and 1 to calibrate by")
