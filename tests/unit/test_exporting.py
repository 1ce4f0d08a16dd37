import csv
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from encoders.errors import OutputError
from indexer.errors import ExportError
from search_api.answer import FacetCount, Facets
from search_api.rendering.exporting import Export, check_file, facets_export, save_export
from search_api.schemas.relations import ContrastHitSchema
from search_api.schemas.searching import HitSchema
from tests.small_index import make_small_index


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """The answer to a compound query, one of whose titles looks like a formula."""
    answer = make_small_index(tmp_path).searcher.search("joy but not fear", top_k=3)
    first, *others = map(HitSchema.of, answer.hits)
    dangerous = first.model_copy(update={"title": "=1+1"})
    return Export.ranked(HitSchema, [("joy but not fear", 5, [dangerous, *others])])


def test_json_lines_hold_a_row_each_as_it_is(export: Export, tmp_path: Path) -> None:
    save_export(export, tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows == list(export.rows)
    assert [(row["query"], row["rank"]) for row in rows] == [("joy but not fear", rank) for rank in (5, 6, 7)]
    assert [part["word"] for part in rows[0]["parts"]] == ["joy", "fear"]


def test_csv_holds_lists_as_json_and_no_formula(export: Export, tmp_path: Path) -> None:
    save_export(export, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["query", "rank", *HitSchema.model_fields]
    assert rows[0]["title"] == "'=1+1"
    assert [json.loads(row["parts"]) for row in rows] == [row["parts"] for row in export.rows]
    assert [float(row["similarity"]) for row in rows] == [row["similarity"] for row in export.rows]


def test_numbers_below_0_stay_numbers_in_csv(tmp_path: Path) -> None:
    save_export(Export({"lean": float, "said": str}, [{"lean": -0.5, "said": "-0.5"}]), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().splitlines()[1] == "-0.5,'-0.5"


def test_parquet_holds_lists_of_parts_with_their_types(export: Export, tmp_path: Path) -> None:
    save_export(export, tmp_path / "out.parquet")
    table = parquet.read_table(tmp_path / "out.parquet")
    assert table.to_pylist() == list(export.rows)
    assert table.schema.field("year").type == pa.int64()
    assert table.schema.field("percentile_in_style").type == pa.float64()
    assert table.schema.field("parts").type.value_type.field("weight").type == pa.float64()


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_an_answer_without_hits_is_a_file_without_rows(tmp_path: Path, ending: str) -> None:
    empty = Export.ranked(ContrastHitSchema, [("a", 1, [])])
    save_export(empty, tmp_path / f"out.{ending}")
    if ending == "parquet":
        assert parquet.read_schema(tmp_path / "out.parquet").names == list(empty.columns)
    else:
        heading = ",".join(empty.columns) + "\r\n" if ending == "csv" else ""
        assert (tmp_path / f"out.{ending}").read_bytes() == heading.encode()


def test_counts_are_a_row_for_each_value() -> None:
    counts = Facets((FacetCount("Cubism", 2),), (), (FacetCount("portrait", 1),))
    assert list(facets_export(counts).rows) == [
        {"field": "style", "value": "Cubism", "paintings": 2},
        {"field": "genre", "value": "portrait", "paintings": 1},
    ]


def test_a_file_that_could_not_be_written_is_refused_beforehand(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no folder .*gone for out\.csv; make it"):
        check_file(tmp_path / "gone" / "out.csv")
    with pytest.raises(ExportError, match=r"out\.xlsx is none of \.csv, \.parquet, \.jsonl"):
        check_file(tmp_path / "out.xlsx")
    check_file(tmp_path / "OUT.CSV")


def test_without_pyarrow_parquet_is_refused_and_what_was_there_stays(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "out.parquet").write_text("before")
    with pytest.raises(ExportError, match=r"pip install .moodseum\[tables\]"):
        save_export(export, tmp_path / "out.parquet")
    assert [(file.name, file.read_text()) for file in tmp_path.glob("*.parquet")] == [
        ("out.parquet", "before")
    ]
