import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from encoders.errors import ImageError
from indexer.errors import SourceError
from indexer.painting import Painting
from indexer.sources.opening import open_source
from indexer.sources.parquet_pictures import BATCHES_KEPT, ROWS_AT_A_TIME, cell_place, read_cell
from indexer.sources.pictures import picture_of
from indexer.sources.port import Remark
from tests.packing import Row, write_parquet


def pictures(path: Path) -> dict[str, object]:
    return {painting.key: picture_of(painting) for painting in open_source(path)}


@pytest.mark.parametrize("column", ["image", "jpg", "png", "bytes", "Image "])
def test_pictures_are_read_from_columns_of_bytes(tmp_path: Path, column: str) -> None:
    table = write_parquet(
        tmp_path / "a.parquet", [{"key": "1", column: b"one"}, {"key": "2", column: b"two"}]
    )
    source = open_source(table)
    assert (source.kind, source.name) == ("parquet", str(table))
    assert pictures(table) == {"1": b"one", "2": b"two"}


@pytest.mark.parametrize("column", ["image", "painting"])
def test_pictures_are_read_from_columns_of_hugging_face(tmp_path: Path, column: str) -> None:
    pictures_told = [{"bytes": b"one", "path": "night-sea.jpg"}, {"bytes": b"two", "path": None}]
    write_parquet(tmp_path / "train-0.parquet", [{column: picture} for picture in pictures_told])
    assert list(open_source(tmp_path)) == [
        Painting(
            key="night-sea.jpg",
            path=tmp_path / "train-0.parquet",
            title="Night Sea",
            inside=f"row 1 of {column}",
        ),
        Painting(key="train-0/2", path=tmp_path / "train-0.parquet", title="2", inside=f"row 2 of {column}"),
    ]
    assert list(pictures(tmp_path).values()) == [b"one", b"two"]


def test_columns_are_understood_as_in_other_tables(tmp_path: Path) -> None:
    row = {"image": b"one", "path": "a/sea.jpg", " Artist": "Anna", "style": "Cubism", "genre": "marina"}
    write_parquet(tmp_path / "a.parquet", [{**row, "year": 1894.0, "rights": "CC0", "url": "https://a.org"}])
    (painting,) = open_source(tmp_path)
    told = (painting.key, painting.title, painting.artist, painting.style, painting.genre, painting.year)
    assert told == ("a/sea.jpg", "Sea", "Anna", "Cubism", "marina", 1894)
    assert (painting.rights, painting.source) == ("CC0", "https://a.org")


def test_classes_stored_by_number_are_named(tmp_path: Path) -> None:
    styles = {"_type": "ClassLabel", "names": ["Cubism", "Realism"]}
    told = json.dumps({"info": {"features": {"style": styles, "year": {"_type": "Value"}}}})
    table = pa.table({"image": [b"1", b"2", b"3"], "style": [1, -1, None], "year": [1, 2, 3]})
    parquet.write_table(table.replace_schema_metadata({"huggingface": told}), tmp_path / "a.parquet")
    assert [(painting.style, painting.year) for painting in open_source(tmp_path)] == [
        ("Realism", 1),
        (None, 2),
        (None, 3),
    ]


def test_what_img2dataset_could_not_fetch_is_left_out(tmp_path: Path) -> None:
    fetched: Row = {"key": "1", "jpg": b"one", "status": "success"}
    failed: Row = {"key": "2", "jpg": None, "status": "failed_to_download"}
    write_parquet(tmp_path / "00000.parquet", [fetched, failed])
    source = open_source(tmp_path)
    assert [painting.key for painting in source] == ["1"]
    assert source.remarks == (
        Remark("00000.parquet", "has rows of pictures that were not fetched (1); skipped"),
    )


@pytest.mark.parametrize("absent", [None, {"bytes": None, "path": "a.jpg"}])
def test_a_row_without_a_picture_is_an_error_of_its_own(tmp_path: Path, absent: object) -> None:
    table = write_parquet(
        tmp_path / "a.parquet", [{"image": {"bytes": b"one", "path": None}}, {"image": absent}]
    )
    one, two = open_source(table)
    assert picture_of(one) == b"one"
    with pytest.raises(ImageError, match=r"Row 2 of image in .*a\.parquet holds no picture"):
        picture_of(two)


def test_bad_years_and_equal_keys_are_told(tmp_path: Path) -> None:
    rows = [{"image": b"one", "key": "a", "year": "c. 1894"}, {"image": b"two", "key": "a"}]
    write_parquet(tmp_path / "a.parquet", rows)
    source = open_source(tmp_path)
    assert [(painting.key, painting.year) for painting in source] == [("a", None), ("a.parquet/2", None)]
    assert source.remarks == (
        Remark("a.parquet", "says in row 1: 'c. 1894' is no year; left empty"),
        Remark("a.parquet", "repeats the key a, which goes by a.parquet/2 here"),
    )


def test_a_damaged_file_or_one_without_pictures_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 is not enough")
    write_parquet(tmp_path / "b.parquet", [{"url": "https://a.org", "phash": b"1"}])
    write_parquet(tmp_path / "c.parquet", [{"image": b"one"}])
    source = open_source(tmp_path)
    assert [painting.key for painting in source] == ["c/1"]
    damaged, without = source.remarks
    assert damaged.text.startswith("is damaged behind row 0 (")
    assert without == Remark("b.parquet", "has no column of pictures (found: url, phash); skipped")


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", [{"url": "https://a.org"}])
    with pytest.raises(SourceError, match=r"No pictures in .*; a\.parquet has no column of pictures"):
        open_source(tmp_path)


def test_a_table_of_paths_stays_one_though_it_has_other_bytes(tmp_path: Path) -> None:
    table = write_parquet(tmp_path / "a.parquet", [{"path": "a.jpg", "phash": b"1"}])
    source = open_source(table)
    assert source.kind == "table"
    assert [painting.path for painting in source] == [tmp_path / "a.jpg"]


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = write_parquet(tmp_path / "a.parquet", [{"image": b"one"}])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for path in (table, tmp_path):
        with pytest.raises(SourceError, match=r'pip install "moodseum\[tables\]"'):
            open_source(path)
    with pytest.raises(ImageError, match=r'pip install "moodseum\[tables\]"'):
        read_cell(table, "row 1 of image")


ROWS = 5 * ROWS_AT_A_TIME * BATCHES_KEPT


@pytest.fixture(scope="module")
def long_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [{"image": {"bytes": b"%d" % row, "path": ""}} for row in range(1, ROWS + 1)]
    return write_parquet(tmp_path_factory.mktemp("tables") / "a.parquet", rows, rows_in_group=37)


@given(st.lists(st.integers(1, ROWS), max_size=20))
def test_rows_are_read_in_any_order(long_table: Path, rows: list[int]) -> None:
    assert [read_cell(long_table, cell_place(row, "image")) for row in rows] == [b"%d" % row for row in rows]


def test_many_threads_may_read_at_once(long_table: Path) -> None:
    places = [cell_place(row, "image") for row in range(1, ROWS + 1)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda place: read_cell(long_table, place), places)) == [
            b"%d" % row for row in range(1, ROWS + 1)
        ]


def test_a_file_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    table = write_parquet(tmp_path / "a.parquet", [{"image": b"old"}])
    assert read_cell(table, "row 1 of image") == b"old"
    write_parquet(tmp_path / "a.parquet", [{"image": b"newer"}])
    os.utime(table, ns=(0, 1))
    assert read_cell(table, "row 1 of image") == b"newer"


def test_a_damaged_page_costs_what_follows_in_its_row_group_only(tmp_path: Path) -> None:
    table, contents = tmp_path / "a.parquet", [b"%d" % row * 99 for row in range(9)]
    parquet.write_table(
        pa.table({"image": contents}),
        table,
        row_group_size=3,
        compression="none",
        use_dictionary=False,
        data_page_size=1,
        write_batch_size=1,
    )
    written = table.read_bytes()
    page = written.index(contents[4])
    table.write_bytes(written[: page - 22] + b"\xff" * 22 + written[page:])
    found = []
    for row in (*range(9), 3):
        try:
            found.append(read_cell(table, cell_place(row + 1, "image")))
        except ImageError as error:
            found.append(str(error).partition(" in ")[0].encode())
    lost = [b"Row 5 of image", b"Row 6 of image"]
    assert found == [*contents[:4], *lost, *contents[6:], contents[3]]


@pytest.mark.parametrize(
    "place", ["", "row 0 of image", "row 3 of image", "row 1 of other", "row x of image"]
)
def test_a_place_that_is_not_there_is_an_error(tmp_path: Path, place: str) -> None:
    table = write_parquet(tmp_path / "a.parquet", [{"image": b"1"}, {"image": b"2"}])
    with pytest.raises(ImageError, match=r"a\.parquet"):
        read_cell(table, place)
    with pytest.raises(ImageError, match=r"gone\.parquet"):
        read_cell(tmp_path / "gone.parquet", place)
