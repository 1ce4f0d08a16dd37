import csv
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest

from encoders.errors import OutputError
from encoders.vectors import unit
from indexer.errors import ExportError
from indexer.painting import Painting
from indexer.shelves.export import export
from indexer.sources.opening import open_source
from indexer.store.base import EVERYTHING, Filter, Point
from indexer.store.memory import MemoryStore

WORKS = (
    Painting("a", Path("/p/a.jpg"), 'Water, "Lilies"\n', "Claude Monet", "Impressionism", "landscape", 1906),
    Painting("b", Path("/p/b.jpg"), "Portrét", rights="CC0", source="a museum"),
)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore(3, 2)
    looks, feelings = unit([[1, 2, 2], [0, 3, 4]]), unit([[3, 4], [1, 0]])
    store.upsert([Point(*parts, "1-2") for parts in zip(WORKS, looks, feelings, strict=True)])
    return store


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_is_exported_is_a_table_of_the_same_paintings(
    store: MemoryStore, tmp_path: Path, ending: str
) -> None:
    assert export(store, tmp_path / f"out.{ending}") == 2
    found = {painting.path: painting for painting in open_source(tmp_path / f"out.{ending}")}
    for work in WORKS:
        again = found[work.path]
        assert (again.title, again.artist, again.style) == (work.title.strip(), work.artist, work.style)
        assert (again.genre, again.year, again.rights, again.source) == (
            *(work.genre, work.year, work.rights, work.source),
        )


def test_csv_holds_ids_and_vectors_as_json(store: MemoryStore, tmp_path: Path) -> None:
    export(store, tmp_path / "out.csv", vectors=True)
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == sorted(work.id for work in WORKS)
    for row in rows:
        (point,) = store.get([row["id"]])
        assert np.allclose(json.loads(row["look"]), point.look)
        assert np.allclose(json.loads(row["feeling"]), point.feeling)
        assert (row["key"], row["fingerprint"]) == (point.painting.key, "1-2")


def test_parquet_holds_ids_and_vectors_as_lists(store: MemoryStore, tmp_path: Path) -> None:
    export(store, tmp_path / "out.parquet", vectors=True)
    table = parquet.read_table(tmp_path / "out.parquet")
    assert str(table.schema.field("look").type) == "list<element: float>"
    for row in table.to_pylist():
        (point,) = store.get([row["id"]])
        assert (row["look"], row["feeling"]) == (point.look.tolist(), point.feeling.tolist())
        assert row["year"] == point.painting.year


def test_without_being_asked_for_no_vectors_are_written(store: MemoryStore, tmp_path: Path) -> None:
    export(store, tmp_path / "out.csv")
    assert "look" not in (tmp_path / "out.csv").read_text().splitlines()[0].split(",")
    export(store, tmp_path / "out.parquet")
    assert "look" not in parquet.read_schema(tmp_path / "out.parquet").names


def test_what_cannot_be_written_is_refused_at_once(store: MemoryStore, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no folder .*gone for out\.csv; make it"):
        export(store, tmp_path / "gone" / "out.csv")
    with pytest.raises(ExportError, match=r"out\.xlsx is neither \.csv nor \.parquet"):
        export(store, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(OutputError, match=r"out\.csv is a folder; give a file"):
        export(store, tmp_path / "out.csv")


def test_what_was_there_stays_where_the_export_fails(tmp_path: Path) -> None:
    class Failing(MemoryStore):
        def scan(self, batch_size: int = 1000, start: str | None = None, where: Filter = EVERYTHING):  # type: ignore[no-untyped-def]
            raise OSError(28, "No space left on device")

    (tmp_path / "out.csv").write_text("before")
    with pytest.raises(OSError, match="No space"):
        export(Failing(3, 2), tmp_path / "out.csv")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("out.csv", "before")]
