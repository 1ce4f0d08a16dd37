"""Writing the sample gallery in the formats of WikiArt and ArtEmis."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from encoders.words.emotions import ARTEMIS_EMOTIONS
from trainer.errors import GalleryError
from trainer.sample import Gallery, paint_gallery
from trainer.sample.gallery import plan

PAINTINGS = 12


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return paint_gallery(tmp_path_factory.mktemp("sample"), PAINTINGS, seed=4)


def rows(gallery: Gallery) -> list[dict[str, str]]:
    with gallery.annotations.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_files_have_the_names_and_columns_of_wikiart_and_artemis(gallery: Gallery) -> None:
    assert gallery.pictures.name == "wikiart"
    assert gallery.annotations.name == "artemis_dataset_release_v0.csv"
    assert list(rows(gallery)[0]) == ["art_style", "painting", "emotion", "utterance", "repetition"]
    assert gallery.paintings == len(list(gallery.pictures.glob("*/*_*.jpg"))) == PAINTINGS
    assert gallery.votes == len(rows(gallery))


def test_every_painting_has_its_file_and_five_votes_or_more(gallery: Gallery) -> None:
    votes = Counter((row["art_style"], row["painting"]) for row in rows(gallery))
    assert len(votes) == PAINTINGS
    for (style, name), count in votes.items():
        assert (gallery.pictures / style / f"{name}.jpg").is_file()
        assert count >= 5


def test_emotions_are_artemis_and_the_repetition_counts_the_viewers(gallery: Gallery) -> None:
    votes = Counter(row["painting"] for row in rows(gallery))
    for row in rows(gallery):
        assert row["emotion"] in ARTEMIS_EMOTIONS
        assert int(row["repetition"]) == votes[row["painting"]]


def test_every_picture_opens(gallery: Gallery) -> None:
    for path in gallery.pictures.glob("*/*.jpg"):
        with Image.open(path) as picture:
            picture.load()
            assert (picture.format, picture.mode, min(picture.size)) == ("JPEG", "RGB", 256)


def test_the_same_seed_gives_the_same_bytes_and_more_paintings_only_add(
    gallery: Gallery, tmp_path: Path
) -> None:
    paint_gallery(tmp_path, PAINTINGS - 4, seed=4)
    fewer, more = files(tmp_path / "wikiart"), files(gallery.pictures)
    assert len(fewer) == PAINTINGS - 4
    assert fewer.items() <= more.items()
    beginning = (tmp_path / "artemis_dataset_release_v0.csv").read_text()
    assert gallery.annotations.read_text().startswith(beginning)


def test_names_are_unique_within_a_style_and_grow_without_changing() -> None:
    places = [hanging.place for hanging in plan(400, seed=0)]
    assert len(set(places)) == 400
    assert places[:100] == [hanging.place for hanging in plan(100, seed=0)]


def test_a_broken_off_gallery_is_completed_by_painting_it_again(gallery: Gallery, tmp_path: Path) -> None:
    paint_gallery(tmp_path, 2, seed=4)
    (tmp_path / "artemis_dataset_release_v0.csv").unlink()
    painted = sorted((tmp_path / "wikiart").glob("*/*.jpg"))
    painted[0].unlink()
    paint_gallery(tmp_path, 2, seed=4)
    assert files(tmp_path / "wikiart").items() <= files(gallery.pictures).items()
    assert sorted((tmp_path / "wikiart").glob("*/*.jpg")) == painted


def test_nothing_unfinished_is_left_when_a_painting_cannot_be_written(tmp_path: Path) -> None:
    place = next(plan(1, seed=0)).place
    (tmp_path / "wikiart" / place).mkdir(parents=True)
    with pytest.raises(OSError, match=place.stem):
        paint_gallery(tmp_path, 1)
    assert files(tmp_path) == {}


@pytest.mark.parametrize("place", ["wikiart/Cubism/pablo-picasso_guitar-1913.jpg", "wikiart/notes.txt"])
def test_a_folder_with_other_pictures_is_refused_and_left_alone(place: str, tmp_path: Path) -> None:
    stranger = tmp_path / place
    stranger.parent.mkdir(parents=True)
    stranger.write_text("theirs")
    with pytest.raises(GalleryError, match=f"{stranger.name}.*new folder"):
        paint_gallery(tmp_path, 1)
    assert files(tmp_path) == {place: b"theirs"}


def test_real_annotations_are_never_overwritten(tmp_path: Path) -> None:
    real = tmp_path / "artemis_dataset_release_v0.csv"
    real.write_text(
        "art_style,painting,emotion,utterance,repetition\nCubism,pablo-picasso_guitar,awe,Fine.,1\n"
    )
    with pytest.raises(GalleryError, match="pablo-picasso_guitar"):
        paint_gallery(tmp_path, 1)
    assert "Fine." in real.read_text()


@pytest.mark.parametrize("paintings", [0, -3])
def test_fewer_than_one_painting_is_refused(paintings: int, tmp_path: Path) -> None:
    with pytest.raises(GalleryError, match=f"{paintings} paintings; ask for at least 1"):
        paint_gallery(tmp_path, paintings)
    assert list(tmp_path.iterdir()) == []


def test_a_negative_seed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GalleryError, match="-1"):
        paint_gallery(tmp_path, 1, seed=-1)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(GalleryError, match=r"is a file; give a folder"):
        paint_gallery(file, 1)
    assert file.read_text() == "mine"
