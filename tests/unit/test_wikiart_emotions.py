from collections.abc import Mapping
from pathlib import Path

import pytest

from encoders.words.emotions import SOMETHING_ELSE
from trainer.annotations.wikiart_emotions import NAMED, NEUTRAL, Aspect, read_wikiart_emotions
from trainer.errors import AnnotationError

METADATA = (
    *("ID", "Style", "Category", "Artist", "Title", "Year", "Image URL", "Painting Info URL"),
    *("Artist Info URL", "Is painting", "Face/body", "Ave. art rating"),
)
ASPECTS = ("Art (image+title): ", "ImageOnly: ", "TitleOnly: ")
SITE = "https://www.wikiart.org/en"

Ticks = Mapping[str, str]  # from a column to what it says; the others say 0


def row(pages: tuple[str, str], ticks: Ticks, title: str = "Title") -> str:
    metadata = ("58c6", "Modern Art", "Cubism", "Artist", title, "1901", "https://x/y.jpg", *pages)
    cells = [ticks.get(f"{aspect}{word}", "0") for aspect in ASPECTS for word in (*NAMED, NEUTRAL)]
    return "\t".join((*metadata, "yes", "none", "0.5", *cells))


def work(name: str, ticks: Ticks, title: str = "Title") -> str:
    artist, _, slug = name.partition("_")
    return row((f"{SITE}/{artist}/{slug}", f"{SITE}/{artist}"), ticks, title)


def write(folder: Path, *rows: str) -> Path:
    header = "\t".join((*METADATA, *(f"{aspect}{word}" for aspect in ASPECTS for word in (*NAMED, NEUTRAL))))
    file = folder / "WikiArt-Emotions-All.tsv"
    file.write_text("".join(f"{line}\n" for line in (header, *rows)), encoding="utf-8")
    return file


def test_proportions_become_so_many_of_ten_raters_who_tick_all_that_applies(tmp_path: Path) -> None:
    ticks = {"ImageOnly: love": "0.8", "ImageOnly: trust": "0.727", "ImageOnly: neutral": "0.1"}
    annotations = read_wikiart_emotions(write(tmp_path, work("a_x", ticks), work("b_y", {})), "image")
    counts = dict(zip(annotations.emotions, annotations.counts[0].tolist(), strict=True))
    assert (counts["love"], counts["trust"], counts[SOMETHING_ELSE]) == (8, 7, 1)
    assert sum(counts.values()) == 16
    assert annotations.counts[1].sum() == 0
    assert annotations.viewers.tolist() == [10, 10]
    assert NEUTRAL not in annotations.emotions


@pytest.mark.parametrize(("aspect", "emotion"), [("image", "anger"), ("title", "fear"), ("both", "shame")])
def test_the_aspect_chooses_what_raters_were_shown(tmp_path: Path, aspect: Aspect, emotion: str) -> None:
    ticks = {"ImageOnly: anger": "0.5", "TitleOnly: fear": "0.5", "Art (image+title): shame": "0.5"}
    annotations = read_wikiart_emotions(write(tmp_path, work("a_x", ticks)), aspect)
    [votes] = annotations.counts.tolist()
    named = {word for word, count in zip(annotations.emotions, votes, strict=True) if count}
    assert named == {emotion}


def test_a_majoritys_answer_is_one_raters(tmp_path: Path) -> None:
    ticks = {"ImageOnly: anger": "1", "ImageOnly: fear": "1.0"}
    annotations = read_wikiart_emotions(write(tmp_path, work("a_x", ticks)), "image")
    assert annotations.counts.max() == 1
    assert annotations.counts.sum() == 2
    assert annotations.viewers.tolist() == [1]


def test_a_single_quotation_mark_in_a_title_swallows_no_rows(tmp_path: Path) -> None:
    ticks = {"ImageOnly: fear": "0.3"}
    file = write(tmp_path, work("a_x", ticks, title='"Untitled'), work("b_y", ticks), work("c_z", ticks))
    assert len(read_wikiart_emotions(file, "image").paintings) == 3


@pytest.mark.parametrize(
    "pages",
    [
        (f"{SITE}/joan-miro/bleu-ii", f"{SITE}/joan-miro"),
        (f"{SITE}/joan-miro/bleu-ii/", f"{SITE}/joan-miro?x=1#y"),
        (f"{SITE}/joan-miro", f"{SITE}/joan-miro/bleu-ii"),
    ],
)
def test_works_are_named_by_the_ends_of_their_two_urls(tmp_path: Path, pages: tuple[str, str]) -> None:
    annotations = read_wikiart_emotions(write(tmp_path, row(pages, {"ImageOnly: fear": "0.3"})), "image")
    assert annotations.paintings == (("", "joan-miro_bleu-ii"),)


def test_escapes_in_urls_are_undone(tmp_path: Path) -> None:
    name = "joan-mir%C3%B3_bleu"
    annotations = read_wikiart_emotions(write(tmp_path, work(name, {"ImageOnly: fear": "0.3"})), "image")
    assert annotations.paintings == (("", "joan-miró_bleu"),)


def test_raters_of_a_work_that_is_listed_twice_are_added_up(tmp_path: Path) -> None:
    file = write(tmp_path, *[work("a_x", {"ImageOnly: fear": "0.3"})] * 2)
    annotations = read_wikiart_emotions(file, "image")
    assert annotations.counts.sum() == 6
    assert annotations.viewers.tolist() == [20]


@pytest.mark.parametrize("proportion", ["nan", "", "-0.1", "1.5", "often"])
def test_a_proportion_that_is_none_is_refused_with_its_row(tmp_path: Path, proportion: str) -> None:
    file = write(
        tmp_path, work("a_x", {"ImageOnly: fear": "0.3"}), work("b_y", {"ImageOnly: fear": proportion})
    )
    with pytest.raises(AnnotationError, match=f"the proportion of fear '{proportion}' in row 3"):
        read_wikiart_emotions(file, "image")


def test_a_work_without_a_page_is_refused_with_its_row(tmp_path: Path) -> None:
    file = write(tmp_path, row(("", f"{SITE}/joan-miro"), {}))
    with pytest.raises(AnnotationError, match="the painting info url '' in row 2"):
        read_wikiart_emotions(file, "image")
