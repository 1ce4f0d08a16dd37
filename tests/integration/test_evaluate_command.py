"""`moodseum evaluate` as it is typed, with a small CLIP."""

import json
from pathlib import Path

import pytest

from encoders.home import Home
from tests.tiny_gallery import TinyGallery, make_tiny_gallery
from tests.typed import Run, assert_refused
from trainer.evaluation.metrics import MEASURES
from trainer.known_paintings import FILE


@pytest.fixture
def model(run: Run, home: Home, tiny_gallery: TinyGallery, tiny_clip: Path) -> str:
    options = ("--backbone", str(tiny_clip), "--epochs", "3", "--name", "m")
    assert run(home, "train", *where(tiny_gallery), *options).code == 0
    return "m"


def where(gallery: TinyGallery) -> tuple[str, ...]:
    return ("--paintings", str(gallery.wikiart), "--annotations", str(gallery.annotations))


def test_of_the_gallery_that_was_learned_from_only_what_was_held_out_is_measured(
    run: Run, home: Home, model: str, tiny_gallery: TinyGallery
) -> None:
    outcome = run(home, "evaluate", model, *where(tiny_gallery))
    assert outcome.code == 0
    for part in ("12 paintings with", "left out   36", "beware     12", "All paintings", "ndcg_at_100"):
        assert part in outcome.out
    assert "Mean within" not in outcome.out


def test_a_larger_gallery_is_measured_beside_the_baselines_and_within_styles(
    run: Run, home: Home, model: str, tmp_path: Path
) -> None:
    larger = make_tiny_gallery(tmp_path / "larger", paintings=150)
    outcome = run(home, "evaluate", model, *where(larger), "--json")
    found = json.loads(outcome.out)
    assert (found["paintings"], found["trained_on"], found["calibrated_on"]) == (150 - 36, 36, 12)
    assert found["styles"] == ["Cubism", "Impressionism", "Ukiyo_e"]
    standings = {one["contender"]: one for one in found["standings"]}
    assert list(standings) == ["trained", "untrained", "histogram"]
    for one in standings.values():
        assert list(one["overall"]) == list(one["within_style"]) == list(MEASURES)
    histogram = standings["histogram"]["overall"]
    assert histogram["spearman"]["value"] == 0
    assert histogram["auroc_any_vote"]["value"] == pytest.approx(0.5)


def test_a_gallery_without_a_new_painting_is_refused(
    run: Run, home: Home, model: str, tiny_gallery: TinyGallery, tmp_path: Path
) -> None:
    lines = (home.models / model / FILE).read_text().splitlines()
    learned = {line.rpartition(",")[0] for line in lines if line.endswith(",train")}
    for file in tiny_gallery.wikiart.glob("*/*.jpg"):
        if f"{file.parent.name}/{file.stem}" in learned:
            copy = tmp_path / "old" / file.parent.name / file.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    old = TinyGallery(tmp_path / "old", tiny_gallery.annotations, {})
    assert_refused(run(home, "evaluate", model, *where(old)), "learned from 36", "new to it")


def test_a_model_without_a_list_of_its_paintings_is_refused(
    run: Run, home: Home, model: str, tiny_gallery: TinyGallery
) -> None:
    (home.models / model / FILE).unlink()
    assert_refused(run(home, "evaluate", model, *where(tiny_gallery)), "'m'", "moodseum train --overwrite")


def test_a_model_that_is_not_there_is_refused(run: Run, home: Home, tiny_gallery: TinyGallery) -> None:
    assert_refused(run(home, "evaluate", "none", *where(tiny_gallery)), "'none'", "moodseum train")


def test_held_out_words_take_turns(run: Run, home: Home, model: str, tiny_gallery: TinyGallery) -> None:
    rotate = ("evaluate", model, *where(tiny_gallery), "--rotate-held-out", "2")
    shown = run(home, *rotate)
    assert shown.code == 0
    for part in ("12 paintings, in turns without", "harmonic", "untrained", "Each word unseen", "sadness"):
        assert part in shown.out
    found = json.loads(run(home, *rotate, "--json").out)
    assert sorted(word for words in found["held_out"] for word in words) == sorted(set(found["by_word"]))
    assert set(found["harmonic"]) == {"spearman", "auroc_any_vote", "ndcg_at_100"}


def test_too_few_words_to_hold_some_out_are_refused(
    run: Run, home: Home, model: str, tiny_gallery: TinyGallery
) -> None:
    outcome = run(home, "evaluate", model, *where(tiny_gallery), "--rotate-held-out", "3")
    assert_refused(outcome, "4 words", "at least 5 words")


def test_votes_that_name_no_emotion_measure_nothing(
    run: Run, home: Home, model: str, tmp_path: Path, tiny_gallery: TinyGallery
) -> None:
    header, *votes = tiny_gallery.annotations.read_text().splitlines()
    nothing = [",".join([*vote.split(",")[:2], "something else", "Nothing.", "5"]) for vote in votes]
    annotations = tmp_path / "nothing.csv"
    annotations.write_text("\n".join([header, *nothing]) + "\n")
    silent = TinyGallery(tiny_gallery.wikiart, annotations, {})
    assert_refused(run(home, "evaluate", model, *where(silent)), "12 paintings", "name no emotion")
