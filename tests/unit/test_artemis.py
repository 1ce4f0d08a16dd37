import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.emotions import ARTEMIS_EMOTIONS
from indexer.painting import Painting
from trainer.annotations.annotations import Annotations, Utterance
from trainer.annotations.artemis import read_artemis
from trainer.errors import AnnotationError
from trainer.join import join

HEADER = "art_style,painting,emotion,utterance,repetition\n"


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    file = folder / "artemis_dataset_release_v0.csv"
    file.write_text(header + "".join(f"{row}\n" for row in rows))
    return file


def painting(key: str) -> Painting:
    return Painting(key=key, path=Path(f"{key}.jpg"), title=key)


def test_votes_are_counted_in_artemis_order(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        'Cubism,a_x,awe,"Grand, isn\'t it?",3',
        "Cubism,a_x,something else,Odd.,3",
        "Rococo,b_y,sadness,So grey.,2",
        "Cubism,a_x,awe,,3",
    )
    annotations = read_artemis(file)
    assert annotations.emotions == ARTEMIS_EMOTIONS
    assert annotations.paintings == (("Cubism", "a_x"), ("Rococo", "b_y"))
    assert annotations.counts.tolist() == [[0, 2, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1, 0]]
    assert annotations.utterances == (
        Utterance(0, 1, "Grand, isn't it?"),
        Utterance(0, 8, "Odd."),
        Utterance(1, 7, "So grey."),
    )


def test_a_painting_named_nan_keeps_its_name(tmp_path: Path) -> None:
    assert read_artemis(write(tmp_path, "Cubism,nan,awe,NA,1")).paintings == (("Cubism", "nan"),)


@pytest.mark.parametrize(
    ("header", "rows", "says"),
    [
        ("painting,emotion\n", ["x,awe"], "lacks the column 'art_style'"),
        (HEADER, [], "no votes"),
        (HEADER, ["Cubism,x,joy,Nice.,1"], "names the emotion 'joy' in row 2"),
        ("", [], "cannot be read as a table"),
    ],
)
def test_a_file_that_is_no_release_file_is_refused(
    tmp_path: Path, header: str, rows: list[str], says: str
) -> None:
    with pytest.raises(AnnotationError, match=says):
        read_artemis(write(tmp_path, *rows, header=header))


def test_bytes_that_are_not_utf_8_are_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes(HEADER.encode() + "Cubism,x,awe,Très beau.,1\n".encode("latin-1"))
    with pytest.raises(AnnotationError, match=r"latin\.csv.*UTF-8"):
        read_artemis(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match=r"nowhere\.csv"):
        read_artemis(tmp_path / "nowhere.csv")


def annotations_of(*names: tuple[str, str]) -> Annotations:
    counts = np.arange(len(names) * 2).reshape(-1, 2)
    utterances = tuple(Utterance(row, 0, f"about {name}") for row, (_, name) in enumerate(names))
    return Annotations(("awe", "fear"), names, counts, utterances)


def test_votes_and_utterances_follow_their_painting_through_the_join() -> None:
    annotations = annotations_of(("Cubism", "gone"), ("Cubism", "a_b"), ("Rococo", "a_b"))
    annotated, report = join(annotations, map(painting, ["Rococo/a_b", "Cubism/a_b", "Cubism/new"]))
    assert [p.key for p in annotated.paintings] == ["Rococo/a_b", "Cubism/a_b"]
    assert annotated.counts.tolist() == [[4, 5], [2, 3]]
    assert annotated.utterances == (Utterance(1, 0, "about a_b"), Utterance(0, 0, "about a_b"))
    assert (report.matched, report.unmatched, report.unannotated) == (2, ("Cubism/gone",), 1)


@pytest.mark.parametrize(
    "on_disk",
    [
        "josé-clemente_mädchen",
        "josã©-clemente_mã¤dchen",
        unicodedata.normalize("NFD", "josé-clemente_mädchen"),
        "jos-clemente_m#U00e4dchen",
    ],
)
def test_damaged_file_names_still_meet_their_votes(on_disk: str) -> None:
    annotated, _ = join(annotations_of(("Cubism", "josé-clemente_mädchen")), [painting(f"Cubism/{on_disk}")])
    assert len(annotated.paintings) == 1


def test_names_without_ascii_letters_meet_only_themselves() -> None:
    pictures = [painting("Ukiyo_e/葛飾-北斎_凱風快晴"), painting("Ukiyo_e/歌川-広重_庄野")]
    annotations = annotations_of(("Ukiyo_e", "歌川-広重_庄野"), ("Ukiyo_e", "喜多川-歌麿_寛政三美人"))
    annotated, report = join(annotations, pictures)
    assert [work.key for work in annotated.paintings] == ["Ukiyo_e/歌川-広重_庄野"]
    assert report.unmatched == ("Ukiyo_e/喜多川-歌麿_寛政三美人",)


def test_two_spellings_of_one_painting_add_their_votes() -> None:
    annotations = annotations_of(("Cubism", "a_caf\u00e9"), ("Cubism", "a_caf\u00c3\u00a9"))
    annotated, report = join(annotations, [painting("Cubism/a_caf\u00e9")])
    assert annotated.counts.tolist() == [[2, 4]]
    assert [said.painting for said in annotated.utterances] == [0, 0]
    assert (report.matched, report.unannotated) == (1, 0)


def test_annotations_of_other_paintings_are_refused_with_an_example_of_each() -> None:
    with pytest.raises(AnnotationError, match=r"'Cubism/a_b'.*'holiday'"):
        join(annotations_of(("Cubism", "a_b")), [painting("holiday")])


@given(st.permutations(range(6)))
def test_keeping_rows_reorders_everything_alike(order: list[int]) -> None:
    names = tuple(("Style", f"p{number}") for number in range(6))
    annotated, _ = join(annotations_of(*names), [painting(f"Style/p{number}") for number in range(6)])
    kept = annotated.keep(np.array(order[:4]))
    for row, (work, votes) in enumerate(zip(kept.paintings, kept.counts, strict=True)):
        number = int(work.key[-1])
        assert votes.tolist() == [2 * number, 2 * number + 1]
        assert Utterance(row, 0, f"about p{number}") in kept.utterances
    assert len(kept.utterances) == 4
