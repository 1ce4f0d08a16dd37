from pathlib import Path

import pytest

from tests.unit.test_wikiart_emotions import work
from tests.unit.test_wikiart_emotions import write as write_wikiart_emotions
from trainer.annotations.kinds import read_annotations
from trainer.errors import AnnotationError


@pytest.mark.parametrize(
    ("header", "row", "names"),
    [
        ("art_style,painting,emotion,utterance,repetition", "Cubism,a_x,awe,Grand.,1", ("Cubism", "a_x")),
        (
            "art_style,painting,repetition,emotion,utterance,version",
            "Cubism,a_x,1,awe,A,new",
            ("Cubism", "a_x"),
        ),
        ("painting,art_style,emotion_histogram", 'a_x,Cubism,"[0,1,0,0,0,0,0,0,0]"', ("Cubism", "a_x")),
        ("path,emotion", "Cubism/a_x.jpg,awe", ("Cubism", "a_x.jpg")),
    ],
)
def test_a_file_is_recognised_by_its_header_and_not_by_its_name(
    tmp_path: Path, header: str, row: str, names: tuple[str, str]
) -> None:
    file = tmp_path / "whatever.txt"
    file.write_text(f"{header}\n{row}\n")
    annotations = read_annotations(file)
    assert annotations.paintings == (names,)
    assert annotations.counts[0, annotations.emotions.index("awe")] == 1


def test_of_wikiart_emotions_the_aspect_is_read_that_is_asked_for(tmp_path: Path) -> None:
    ticks = {"ImageOnly: fear": "0.3", "TitleOnly: fear": "0.6"}
    file = write_wikiart_emotions(tmp_path, work("a_x", ticks))
    assert read_annotations(file).counts.sum() == 3
    assert read_annotations(file, "title").counts.sum() == 6


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        (b"", "none"),
        (b"filename,artist\nx,y\n", "filename, artist"),
        (b"Cubism/a_x.jpg,4\n", "cubism/a_x.jpg, 4"),
    ],
)
def test_an_unknown_header_is_refused_with_the_kinds_that_are_known(
    tmp_path: Path, content: bytes, columns: str
) -> None:
    (tmp_path / "votes.csv").write_bytes(content)
    with pytest.raises(AnnotationError) as refusal:
        read_annotations(tmp_path / "votes.csv")
    for part in (f"columns: {columns})", "ArtEmis", "histograms", "WikiArt-Emotions", "path, emotion"):
        assert part in str(refusal.value)


@pytest.mark.parametrize("header", ["art_style,painting,emotion_histogram", "path,emotion,count"])
def test_a_header_without_rows_is_refused(tmp_path: Path, header: str) -> None:
    (tmp_path / "votes.csv").write_text(f"{header}\n")
    with pytest.raises(AnnotationError, match=r"votes\.csv has a header but no votes"):
        read_annotations(tmp_path / "votes.csv")


def test_a_picture_is_no_annotation_file(tmp_path: Path) -> None:
    (tmp_path / "votes.jpg").write_bytes(b"\xff\xd8\xff\xe0" * 100)
    with pytest.raises(AnnotationError, match=r"votes\.jpg cannot be read as a table"):
        read_annotations(tmp_path / "votes.jpg")
