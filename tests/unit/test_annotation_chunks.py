import csv
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.words.emotions import ARTEMIS_EMOTIONS
from trainer.annotations import tally
from trainer.annotations.annotations import Annotations
from trainer.annotations.artemis import read_artemis
from trainer.annotations.artemis_histograms import read_artemis_histograms
from trainer.annotations.rows import read_chunks
from trainer.annotations.table import read_table
from trainer.annotations.utterance_sample import UtteranceSample
from trainer.errors import AnnotationError

SIDES = {"a_x": "train", "b_y": "val", "c-é": "test", "nan": "rest"}
styles = st.sampled_from(["Cubism", "Rococo", "a/b"])
names = st.sampled_from(sorted(SIDES))
sentences = st.sampled_from(["", "Grand.", 'She "smiles",\nor not.', "  ", "Très, très beau"])
votes = st.lists(
    st.tuples(styles, names, st.sampled_from(ARTEMIS_EMOTIONS), sentences), min_size=1, max_size=30
)
sizes = st.integers(1, 31)

Read = Callable[[Path, int], Annotations]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("annotations")


def write(file: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([header, *rows])
    return file


def assert_no_matter_how_many_at_once(read: Read, file: Path, size: int, rows: int) -> Annotations:
    at_once, in_parts = read(file, rows), read(file, size)
    np.testing.assert_equal(asdict(in_parts), asdict(at_once))
    return in_parts


@settings(max_examples=25)
@given(votes, sizes)
def test_artemis_votes_and_split_do_not_depend_on_how_many_rows_are_read_at_once(
    folder: Path, given_votes: list[tuple[str, str, str, str]], size: int
) -> None:
    rows = [(*vote, SIDES[vote[1]]) for vote in given_votes]
    header = ("art_style", "painting", "emotion", "utterance", "split")
    file = write(folder / "artemis.csv", header, rows)
    annotations = assert_no_matter_how_many_at_once(read_artemis, file, size, len(rows))
    assert annotations.paintings == tuple(dict.fromkeys((style, name) for style, name, *_ in rows))
    assert annotations.counts.sum() == len(rows)
    assert [said.text for said in annotations.utterances] == [
        row[3].strip() for row in rows if row[3].strip()
    ]


@settings(max_examples=25)
@given(votes, sizes, st.sampled_from(["csv", "parquet"]))
def test_any_tables_votes_do_not_depend_on_how_many_rows_are_read_at_once(
    folder: Path, given_votes: list[tuple[str, str, str, str]], size: int, suffix: str
) -> None:
    rows = [
        (f"{style}/{name}.jpg", f"deep {emotion}" if name == "nan" else emotion, 1 + len(said), said)
        for style, name, emotion, said in given_votes
    ]
    file = folder / f"votes.{suffix}"
    frame = pd.DataFrame(rows, columns=["path", "emotion", "count", "utterance"])
    frame.to_parquet(file) if suffix == "parquet" else frame.to_csv(file, index=False)
    annotations = assert_no_matter_how_many_at_once(read_table, file, size, len(rows))
    assert annotations.counts.sum() == sum(row[2] for row in rows)
    counts = {
        (painting, emotion): count
        for painting, counts in zip(annotations.paintings, annotations.counts.tolist(), strict=True)
        for emotion, count in zip(annotations.emotions, counts, strict=True)
        if count
    }
    expected: dict[tuple[tuple[str, str], str], int] = {}
    for path, emotion, count, _ in rows:
        folder_name, _, file_name = path.rpartition("/")
        expected[(folder_name, file_name), emotion] = (
            expected.get(((folder_name, file_name), emotion), 0) + count
        )
    assert counts == expected


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(styles, names, st.lists(st.integers(1, 9), min_size=9, max_size=9)), min_size=1, max_size=9
    ),
    sizes,
)
def test_histograms_do_not_depend_on_how_many_rows_are_read_at_once(
    folder: Path, rows: list[tuple[str, str, list[int]]], size: int
) -> None:
    file = write(folder / "histograms.csv", ("art_style", "painting", "emotion_histogram"), rows)
    annotations = assert_no_matter_how_many_at_once(read_artemis_histograms, file, size, len(rows))
    assert annotations.counts.sum() == sum(sum(counts) for *_, counts in rows)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_rows_are_named_by_their_number_in_the_whole_file(tmp_path: Path, size: int) -> None:
    file = write(tmp_path / "v.csv", ("path", "emotion", "count"), [("a", "awe", 1)] * 4 + [("a", "awe", -2)])
    with pytest.raises(AnnotationError, match="the count '-2' in row 6"):
        read_table(file, size)
    file = write(tmp_path / "v.csv", ("path", "emotion", "count"), [("a", "awe", 1), *[("b", "awe", 0)] * 4])
    with pytest.raises(AnnotationError, match="a painting without votes, 'b' in row 3"):
        read_table(file, size)
    assert [number for rows in read_chunks(file, ["path"], size=size) for number in rows.index] == [
        2,
        3,
        4,
        5,
        6,
    ]


@pytest.mark.parametrize("size", [1, 2, 100])
@pytest.mark.parametrize("long", ["a,awe,1,", "a,awe,1,2"])
def test_a_row_that_is_longer_than_the_header_is_refused_wherever_it_is(
    tmp_path: Path, size: int, long: str
) -> None:
    for rows in ([long, "a,awe,1"], ["a,awe,1", "a,awe,1", long], [long, long]):
        file = tmp_path / "votes.csv"
        file.write_text("\n".join(["path,emotion,count", *rows]))
        with pytest.raises(AnnotationError, match=r"votes\.csv cannot be read as a table"):
            read_table(file, size)


@pytest.mark.parametrize("end", ["b,aw", "b", "b,awe,"])
def test_a_file_that_breaks_off_within_a_row_is_refused(tmp_path: Path, end: str) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(f"path,emotion,count\na,awe,1\n{end}")
    with pytest.raises(AnnotationError, match="row 3"):
        read_table(file)


def test_a_file_that_breaks_off_within_a_sentence_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text('path,emotion,utterance\na,awe,Grand.\nb,awe,"She smi')
    with pytest.raises(AnnotationError, match="EOF inside string"):
        read_table(file)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", '""', '""\n'])
def test_a_last_row_without_a_sentence_is_complete(tmp_path: Path, end: str) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(f"path,emotion,utterance\na,awe,Grand.\nb,fear,{end}", newline="")
    assert read_table(file).counts.tolist() == [[1, 0], [0, 1]]


def test_a_parquet_file_may_be_cut_off_hold_nulls_and_columns_that_nobody_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "votes.parquet"
    frame = pd.DataFrame(
        {"path": ["a", "b", "b"], "emotion": ["awe", "fear", "awe"], "more": [[1], None, [2, 3]]},
        index=pd.Index(["x", "y", "z"], name="id"),
    )
    frame.assign(utterance=[np.nan, "B", np.nan]).to_parquet(file)
    annotations = read_table(file, 1)
    assert annotations.counts.tolist() == [[1, 0], [1, 1]]
    assert [said.text for said in annotations.utterances] == ["B"]
    frame.assign(emotion=["awe", np.nan, "awe"]).to_parquet(file)
    with pytest.raises(AnnotationError, match="the emotion '' in row 2"):
        read_table(file, 1)
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(AnnotationError, match=r"votes\.parquet cannot be read"):
        read_table(file)


def test_of_too_many_utterances_a_sample_is_kept_and_their_number_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("Cubism", "a_x", "awe", f"Sentence {number}.") for number in range(50)]
    file = write(tmp_path / "v.csv", ("art_style", "painting", "emotion", "utterance"), rows)
    assert read_artemis(file).heard is None
    monkeypatch.setattr(tally, "UtteranceSample", partial(UtteranceSample, 20))
    samples = [read_artemis(file, at_once) for at_once in (7, 50)]
    for annotations in samples:
        assert (annotations.heard, len(annotations.utterances)) == (50, 20)
        assert annotations.counts.sum() == 50
    assert samples[0].utterances == samples[1].utterances


def test_one_painting_and_one_emotion_are_read(tmp_path: Path) -> None:
    annotations = read_table(write(tmp_path / "v.csv", ("path", "emotion"), [("a", "awe")]))
    assert (annotations.paintings, annotations.emotions) == ((("", "a"),), ("awe",))
    assert annotations.counts.tolist() == [[1]]


def test_sentences_in_place_of_emotions_are_refused(tmp_path: Path) -> None:
    rows = [("a", f"feeling number {number}") for number in range(1001)]
    assert len(read_table(write(tmp_path / "v.csv", ("path", "emotion"), rows[1:])).emotions) == 1000
    with pytest.raises(AnnotationError, match=r"more than 1,000 .* as 'feeling number 1000'"):
        read_table(write(tmp_path / "v.csv", ("path", "emotion"), rows))
