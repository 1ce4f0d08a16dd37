"""Writing the points of a store as a table: CSV, or Parquet where pyarrow is installed."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from encoders.files import file_atomically, require_place
from indexer.errors import ExportError
from indexer.points import DUPLICATE_OF, FINGERPRINT, to_payload
from indexer.store.base import Point, Space, Store

WORK = ("id", "key", "path", "inside", "title", "artist", "style", "genre", "rights", "source")
TEXTS = (*WORK, FINGERPRINT, DUPLICATE_OF)
YEAR = "year"
SPACES: tuple[Space, ...] = ("look", "feeling")

Row = Mapping[str, str | int | Sequence[float]]


def export(store: Store, file: Path, *, vectors: bool = False) -> int:
    """Write id, metadata and, if asked, look and feeling of every point, ordered by id; how many they are.

    The ending of `file` says the format. Parquet holds vectors as lists of float32, CSV as JSON arrays.
    Either can be indexed again: it has the columns of a table of paintings.

    Raises:
        ExportError, OutputError: as `check_file` does; ExportError also where pyarrow is missing.
        OSError: the file cannot be written; what was there is untouched.
    """
    check_file(file)
    spaces = SPACES if vectors else ()
    with file_atomically(file) as unfinished:
        return _writer(file)(_rows(store, spaces), spaces, unfinished)


def check_file(file: Path) -> None:
    """Raise ExportError where the ending is neither .csv nor .parquet, OutputError where it has no place."""
    _writer(file)
    require_place(file)


def _writer(file: Path) -> Callable[[Iterable[Sequence[Row]], Sequence[Space], Path], int]:
    try:
        return {".csv": _write_csv, ".parquet": _write_parquet}[file.suffix.lower()]
    except KeyError:
        raise ExportError(f"{file} is neither .csv nor .parquet; end its name so.") from None


def _rows(store: Store, spaces: Sequence[Space]) -> Iterator[list[Row]]:
    with tqdm(total=store.count(), desc="Exporting", unit=" paintings", disable=None) as progress:
        for points in store.scan():
            yield [_row(point, spaces) for point in points]
            progress.update(len(points))


def _row(point: Point, spaces: Sequence[Space]) -> Row:
    vectors = {"look": point.look, "feeling": point.feeling}
    return {
        "id": point.painting.id,
        **to_payload(point.painting, point.fingerprint, point.duplicate_of),
        **{space: vectors[space].tolist() for space in spaces},
    }


def _write_csv(batches: Iterable[Sequence[Row]], spaces: Sequence[Space], file: Path) -> int:
    count = 0
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, [*TEXTS, YEAR, *spaces])
        writer.writeheader()
        for rows in batches:
            writer.writerows({**row, **{space: json.dumps(row[space]) for space in spaces}} for row in rows)
            count += len(rows)
    return count


def _write_parquet(batches: Iterable[Sequence[Row]], spaces: Sequence[Space], file: Path) -> int:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError(f'Writing {file.suffix} needs more: pip install "moodseum[tables]".') from error
    texts = [(name, pa.string()) for name in TEXTS]
    lists = [(space, pa.list_(pa.float32())) for space in spaces]
    schema = pa.schema([*texts, (YEAR, pa.int32()), *lists])
    count = 0
    with parquet.ParquetWriter(file, schema) as writer:
        for rows in batches:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count
