from pathlib import Path

import pandas as pd
import pytest

from trainer.annotations.annotations import Side, Utterance
from trainer.annotations.table import read_table
from trainer.errors import AnnotationError


def write(folder: Path, *lines: str, name: str = "votes.csv") -> Path:
    file = folder / name
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def test_every_row_is_a_vote_and_any_word_an_emotion(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "path,emotion,utterance",
        'Cubism/a_x.jpg,Longing,"Like ""home""."',
        "Cubism\\a_x.jpg,awe,",
        "b_y.png,dread,",
        "./b_y.png,awe,Tall.",
    )
    annotations = read_table(file)
    assert annotations.emotions == ("awe", "dread", "longing")
    assert annotations.paintings == (("Cubism", "a_x.jpg"), ("", "b_y.png"))
    assert annotations.counts.tolist() == [[1, 0, 1], [1, 1, 0]]
    assert annotations.utterances == (Utterance(0, 2, 'Like "home".'), Utterance(1, 0, "Tall."))


def test_counts_of_repeated_rows_are_added_up(tmp_path: Path) -> None:
    file = write(tmp_path, "path,emotion,count", "a,fear,3", "a,awe,0", "a,fear, 2.0 ", "b,awe,1")
    annotations = read_table(file)
    assert annotations.counts.tolist() == [[0, 5], [1, 0]]
    assert annotations.viewers.tolist() == [5, 1]
    assert annotations.rows is not None
    assert annotations.rows.tolist() == [3, 1]


def test_an_emotion_is_cleaned_as_a_query_is(tmp_path: Path) -> None:
    file = write(tmp_path, "path,emotion", "a,Joie  de vivre", 'a,"joie de', 'vivre"', "b,悲しみ")
    assert read_table(file).emotions == ("joie de vivre", "悲しみ")


@pytest.mark.parametrize("emotion", ["😢", "?!", "x" * 201])
def test_an_emotion_that_nobody_could_ask_for_is_refused(tmp_path: Path, emotion: str) -> None:
    file = write(tmp_path, "path,emotion", "a,joy", f"b,{emotion}")
    with pytest.raises(AnnotationError, match=r"votes\.csv has the emotion '.*' in row 3 \(it needs letters"):
        read_table(file)


def test_tabs_separate_as_well_as_commas(tmp_path: Path) -> None:
    file = write(tmp_path, "path\temotion", "a, b.jpg\tawe", name="votes.tsv")
    assert read_table(file).paintings == (("", "a, b.jpg"),)


def test_a_parquet_table_says_the_same_as_a_csv_one(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "Path": ["s/a.jpg", "s/b.jpg"],
            "emotion": ["awe", "fear"],
            "count": [2, 1],
            "utterance": ["A", None],
        }
    )
    frame.to_parquet(tmp_path / "votes.parquet")
    frame.to_csv(tmp_path / "votes.csv", index=False)
    ours, theirs = read_table(tmp_path / "votes.parquet"), read_table(tmp_path / "votes.csv")
    assert ours.paintings == theirs.paintings == (("s", "a.jpg"), ("s", "b.jpg"))
    assert ours.counts.tolist() == theirs.counts.tolist() == [[2, 0], [0, 1]]
    assert ours.utterances == theirs.utterances == (Utterance(0, 0, "A"),)


def test_a_parquet_row_without_a_count_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "votes.parquet"
    pd.DataFrame({"path": ["a", "b"], "emotion": ["awe", "awe"], "count": [2, None]}).to_parquet(file)
    with pytest.raises(AnnotationError, match="the count '' in row 2"):
        read_table(file)


def test_a_damaged_parquet_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "votes.parquet"
    file.write_bytes(b"PAR1 and nothing else")
    with pytest.raises(AnnotationError, match=r"votes\.parquet cannot be read"):
        read_table(file)


def test_a_split_is_kept(tmp_path: Path) -> None:
    annotations = read_table(write(tmp_path, "path,emotion,split", "a,awe,train", "b,awe,validation"))
    assert annotations.sides is not None
    assert annotations.sides.tolist() == [Side.TRAIN, Side.VAL]


@pytest.mark.parametrize("count", ["nan", "", "-1", "2.5", "inf", "1e300", "two"])
def test_a_count_that_is_none_is_refused_with_its_row(tmp_path: Path, count: str) -> None:
    file = write(tmp_path, "path,emotion,count", "a,awe,1", "a,fear,0", f"b,awe,{count}")
    with pytest.raises(
        AnnotationError, match=rf"votes\.csv has the count '{count}' in row 4 .*from 0 to 1,000,000,000"
    ):
        read_table(file)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",awe,1", "the path '' in row 3"),
        ("b,,1", "the emotion '' in row 3"),
        ("b,awe,0", "a painting without votes, 'b' in row 3"),
    ],
)
def test_a_row_that_says_nothing_is_refused(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(AnnotationError, match=says):
        read_table(write(tmp_path, "path,emotion,count", "a,awe,1", row))
