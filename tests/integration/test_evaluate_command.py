"""`moodseum evaluate` as it is typed, with a small CLIP."""

import json
import shutil
from pathlib import Path

import pytest

from encoders.home import Home
from tests.tiny_gallery import TinyGallery, make_tiny_gallery
from tests.typed import Run, assert_refused, run_command
from trainer.artefacts.known_paintings import FILE
from trainer.metrics.agreement import MEASURES


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, tiny_gallery: TinyGallery, tiny_clip: Path) -> Home:
    """A home with a model "m"."""
    home = Home(tmp_path_factory.mktemp("home"))
    options = ("--backbone", str(tiny_clip), "--epochs", "3", "--name", "m")
    assert run_command(home, "train", *where(tiny_gallery), *options) == 0
    return home


def where(gallery: TinyGallery) -> tuple[str, ...]:
    return ("--paintings", str(gallery.wikiart), "--annotations", str(gallery.annotations))


def test_of_the_gallery_that_was_learned_from_only_what_was_held_out_is_measured(
    run: Run, home: Home, tiny_gallery: TinyGallery
) -> None:
    outcome = run(home, "evaluate", "m", *where(tiny_gallery))
    assert outcome.code == 0
    for part in ("12 paintings with", "left out   36", "beware     12", "All paintings", "ndcg_at_100"):
        assert part in outcome.out
    assert "Mean within" not in outcome.out


def test_a_larger_gallery_is_measured_beside_the_baselines_and_within_styles(
    run: Run, home: Home, tmp_path: Path
) -> None:
    larger = make_tiny_gallery(tmp_path / "larger", paintings=150)
    outcome = run(home, "evaluate", "m", *where(larger), "--json")
    found = json.loads(outcome.out)
    assert (found["paintings"], found["trained_on"], found["calibrated_on"]) == (150 - 36, 36, 12)
    assert found["styles"] == ["Cubism", "Impressionism", "Ukiyo_e"]
    standings = {one["contender"]: one for one in found["standings"]}
    assert list(standings) == ["trained", "untrained", "histogram"]
    for one in standings.values():
        assert set(one["overall"]) == {*MEASURES, "spearman_of_ceiling"}
        assert list(one["answers"]) == list(one["within_style"]) == list(MEASURES)
    histogram = standings["histogram"]["overall"]
    assert histogram["spearman"]["value"] == 0
    assert histogram["auroc_any_vote"]["value"] == pytest.approx(0.5)


def test_a_gallery_without_a_new_painting_is_refused(
    run: Run, home: Home, tiny_gallery: TinyGallery, tmp_path: Path
) -> None:
    lines = (home.models / "m" / FILE).read_text().splitlines()
    learned = {line.rpartition(",")[0] for line in lines if line.endswith(",train")}
    for file in tiny_gallery.wikiart.glob("*/*.jpg"):
        if f"{file.parent.name}/{file.stem}" in learned:
            copy = tmp_path / "old" / file.parent.name / file.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    old = TinyGallery(tmp_path / "old", tiny_gallery.annotations, {})
    assert_refused(run(home, "evaluate", "m", *where(old)), "learned from 36", "new to it")


def test_a_model_without_a_list_of_its_paintings_is_refused(
    run: Run, home: Home, tmp_path: Path, tiny_gallery: TinyGallery
) -> None:
    other = Home(tmp_path / "home")
    shutil.copytree(home.path, other.path)
    (other.models / "m" / FILE).unlink()
    assert_refused(run(other, "evaluate", "m", *where(tiny_gallery)), "'m'", "moodseum train --overwrite")


def test_a_model_that_is_not_there_is_refused(run: Run, home: Home, tiny_gallery: TinyGallery) -> None:
    assert_refused(run(home, "evaluate", "none", *where(tiny_gallery)), "'none'", "moodseum train")


def test_a_new_word_is_measured_as_unseen(
    run: Run, home: Home, tmp_path: Path, tiny_gallery: TinyGallery
) -> None:
    lines = tiny_gallery.annotations.read_text().replace(",sadness,", ",boredom,")
    annotations = tmp_path / "artemis.csv"
    annotations.write_text(lines)
    table = tmp_path / "votes.csv"
    rows = [line.split(",") for line in lines.splitlines()[1:]]
    table.write_text("path,emotion\n" + "".join(f"{row[0]}/{row[1]},{row[2]}\n" for row in rows))
    bored = TinyGallery(tiny_gallery.wikiart, table, {})
    shown = run(home, "evaluate", "m", *where(bored))
    assert shown.code == 0
    for part in ("unseen in training: boredom", "ece, unseen words", "gives no chance to new words"):
        assert part in shown.out
    found = json.loads(run(home, "evaluate", "m", *where(bored), "--json").out)
    assert found["unseen"] == ["boredom"]
    assert found["standings"][2]["overall"]["kl"]["value"] is None


def test_a_report_is_written_and_its_place_is_refused_before_anything_is_measured(
    run: Run, home: Home, tmp_path: Path, tiny_gallery: TinyGallery
) -> None:
    folder = tmp_path / "report"
    outcome = run(home, "evaluate", "m", *where(tiny_gallery), "--report", str(folder), "--json")
    assert outcome.code == 0
    assert json.loads((folder / "figures.json").read_text()) == json.loads(outcome.out)
    assert "How well m reads feelings" in (folder / "index.html").read_text()
    again = run(home, "evaluate", "m", *where(tiny_gallery), "--report", str(folder))
    assert f"report     {folder / 'index.html'}" in again.out
    (folder / "index.html").unlink()
    refused = run(home, "evaluate", "none", *where(tiny_gallery), "--report", str(folder))
    assert_refused(refused, "is no report", "new or an empty folder")


def test_held_out_words_take_turns(run: Run, home: Home, tiny_gallery: TinyGallery) -> None:
    rotate = ("evaluate", "m", *where(tiny_gallery), "--rotate-held-out", "2")
    shown = run(home, *rotate)
    assert shown.code == 0
    for part in ("12 paintings with", "harmonic", "untrained", "Each word unseen", "sadness", "unseen words"):
        assert part in shown.out
    found = json.loads(run(home, *rotate, "--json").out)
    assert sorted(word for words in found["held_out"] for word in words) == sorted(set(found["by_word"]))
    assert set(found["harmonic"]) == {"spearman", "auroc_any_vote", "ndcg_at_100"}


def test_words_to_hold_out_can_be_named(
    run: Run, home: Home, tmp_path: Path, tiny_gallery: TinyGallery
) -> None:
    hold_out = ("evaluate", "m", *where(tiny_gallery), "--hold-out")
    folder = tmp_path / "report"
    found = json.loads(run(home, *hold_out, "Fear,awe", "--json", "--report", str(folder)).out)
    assert found["held_out"] == [["awe", "fear"]]
    assert set(found["by_word"]) == {"awe", "fear"}
    assert "How well m reads words that it never saw" in (folder / "index.html").read_text()
    twice = json.loads(run(home, *hold_out, "fear", "--hold-out", "awe", "--json").out)
    assert twice == found


def test_words_that_nobody_named_cannot_be_held_out(run: Run, home: Home, tiny_gallery: TinyGallery) -> None:
    outcome = run(home, "evaluate", "m", *where(tiny_gallery), "--hold-out", "joy,fear,something else")
    assert_refused(outcome, "'joy' or 'something else'", "awe, contentment, fear, sadness")


def test_words_are_either_named_or_take_turns(run: Run, home: Home, tiny_gallery: TinyGallery) -> None:
    both = ("--hold-out", "fear", "--rotate-held-out", "2")
    assert_refused(run(home, "evaluate", "m", *where(tiny_gallery), *both), "give one of the two")


def test_too_few_words_to_hold_some_out_are_refused(run: Run, home: Home, tiny_gallery: TinyGallery) -> None:
    outcome = run(home, "evaluate", "m", *where(tiny_gallery), "--rotate-held-out", "3")
    assert_refused(outcome, "4 words", "at least 5 words")


def test_votes_that_name_no_emotion_measure_nothing(
    run: Run, home: Home, tmp_path: Path, tiny_gallery: TinyGallery
) -> None:
    header, *votes = tiny_gallery.annotations.read_text().splitlines()
    nothing = [",".join([*vote.split(",")[:2], "something else", "Nothing.", "5"]) for vote in votes]
    annotations = tmp_path / "nothing.csv"
    annotations.write_text("\n".join([header, *nothing]) + "\n")
    silent = TinyGallery(tiny_gallery.wikiart, annotations, {})
    assert_refused(run(home, "evaluate", "m", *where(silent)), "12 paintings", "name no emotion")
