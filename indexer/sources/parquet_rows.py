"""What the rows of a Parquet file say, without their pictures."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import SourceError
from indexer.sources.parquet_pictures import find_picture_column, path_beside
from indexer.sources.rows import COLUMNS, Row, read_row

if TYPE_CHECKING:
    from pyarrow import Schema

ROWS_AT_A_TIME = 1024


class ParquetDamageError(Exception):
    """A file is no Parquet file, or a part of it cannot be read; says why in a phrase."""


class ParquetRows:
    """The rows of a Parquet file, a thousand in memory at a time.

    Raises:
        SourceError: pyarrow is missing.
        ParquetDamageError: it is no Parquet file; in reading rows, that the next cannot be read.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow as pa
            from pyarrow.parquet import ParquetFile
        except ImportError as error:
            raise SourceError(f'Reading {path} needs more: pip install "moodseum[tables]".') from error
        stream = pa.OSFile(str(path))
        try:
            self._file = ParquetFile(stream)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError) as error:
            raise ParquetDamageError(" ".join(str(error).split())) from error
        self._labels = _read_labels(schema)
        self._names = [name for name in schema.names if name.strip().lower() in COLUMNS]
        self.picture_column = find_picture_column(schema)
        self.columns = [name.strip().lower() for name in schema.names]

    def __iter__(self) -> Iterator[Row]:
        import pyarrow as pa

        beside = path_beside(self._file.schema_arrow, self.picture_column)
        names = [name for name in self._names if name != self.picture_column] + ([beside] if beside else [])
        try:
            for batch in self._file.iter_batches(ROWS_AT_A_TIME, columns=names, use_threads=False):
                yield from map(self._row, batch.to_pylist())
        except (pa.ArrowException, OSError) as error:
            raise ParquetDamageError(" ".join(str(error).split())) from error

    def _row(self, cells: Mapping[str, object]) -> Row:
        named = {name: _label(cell, self._labels.get(name)) for name, cell in cells.items()}
        picture = named.pop(self.picture_column or "", None)
        if isinstance(picture, dict):
            named.setdefault("path", picture["path"])
        return read_row(named)


def _read_labels(schema: "Schema") -> Mapping[str, Sequence[str]]:
    """The names of classes that Hugging Face's data sets store by their numbers."""
    with suppress(ValueError, LookupError, TypeError, AttributeError):
        features = json.loads(schema.metadata[b"huggingface"])["info"]["features"]
        return {
            name: feature["names"] for name, feature in features.items() if feature["_type"] == "ClassLabel"
        }
    return {}


def _label(cell: object, labels: Sequence[str] | None) -> object:
    if labels is None or not isinstance(cell, int):
        return cell
    return labels[cell] if 0 <= cell < len(labels) else None
