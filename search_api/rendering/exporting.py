"""Answers as files: CSV for people, Parquet and JSON lines for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Self, get_args

from pydantic import JsonValue

from encoders.files import require_place, write_atomically
from indexer.errors import ExportError
from search_api.answer import Facets
from search_api.schemas import Schema
from search_api.schemas.works import on_this_machine

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, JsonValue]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute instead of showing (OWASP, "CSV injection")."""


@dataclass(frozen=True, slots=True)
class Export:
    """Rows that have the same columns, each with its type as in a schema."""

    columns: Mapping[str, object]
    rows: Sequence[Row]

    @classmethod
    def ranked(cls, kind: type[Schema], answers: Iterable[tuple[str, int, Iterable[Schema]]]) -> Self:
        """A row for each hit, in order; before its own fields stand what was asked for, and its rank.

        Args:
            kind: what the hits are, of which there may be none.
            answers: what was asked for, the rank of the first hit, and the hits.
        """
        fields = {name: field.annotation for name, field in kind.model_fields.items()}
        rows: list[Row] = [
            {"query": query, "rank": rank, **on_this_machine(hit)}
            for query, first, hits in answers
            for rank, hit in enumerate(hits, start=first)
        ]
        return cls({"query": str, "rank": int, **fields}, rows)


def facets_export(facets: Facets) -> Export:
    """A row for each value of each field, in order."""
    rows: list[Row] = [
        {"field": field, "value": count.value, "paintings": count.paintings}
        for field, counts in facets.by_field.items()
        for count in counts
    ]
    return Export({"field": str, "value": str, "paintings": int}, rows)


def check_file(file: Path) -> None:
    """Raise ExportError where the file's ending is none that is known, OutputError where it has no place."""
    _writer(file)
    require_place(file)


def save_export(export: Export, file: Path) -> None:
    """Write all rows in the format that the file's ending names; a file of that name is replaced in one step.

    Lists are JSON in CSV. A text there that a spreadsheet would take for a formula begins with an apostrophe.

    Raises:
        ExportError, OutputError: as `check_file` does; ExportError also where pyarrow is missing.
        OSError: the file cannot be written; what was there is untouched.
    """
    check_file(file)
    write_atomically(file, _writer(file)(export))


def to_csv(export: Export) -> bytes:
    """With a heading."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(export.columns))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in export.rows)
    return stream.getvalue().encode("utf-8", "backslashreplace")


def to_json_lines(export: Export) -> bytes:
    """An object for each row."""
    return b"".join(json.dumps(row).encode() + b"\n" for row in export.rows)


def to_parquet(export: Export) -> bytes:
    """Typed by the schema, whatever the rows hold.

    Raises:
        ExportError: pyarrow is missing.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError('Writing .parquet needs more: pip install "moodseum[tables]".') from error
    schema = pa.schema([(name, _arrow(kind)) for name, kind in export.columns.items()])
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(export.rows), schema=schema), stream)
    return stream.getvalue()


WRITERS: Mapping[str, Callable[[Export], bytes]] = {
    ".csv": to_csv,
    ".parquet": to_parquet,
    ".jsonl": to_json_lines,
}


def _writer(file: Path) -> Callable[[Export], bytes]:
    try:
        return WRITERS[file.suffix.lower()]
    except KeyError:
        raise ExportError(f"{file} is none of {', '.join(WRITERS)}; end its name so.") from None


def _cell(value: JsonValue) -> str | int | float | None:
    if isinstance(value, list | dict):
        return json.dumps(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _arrow(kind: object) -> "pa.DataType":
    """The Arrow type of what a schema's field holds."""
    import pyarrow as pa

    plain: Mapping[object, pa.DataType] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
    }
    if kind in plain:
        return plain[kind]
    if isinstance(kind, type) and issubclass(kind, Schema):
        return pa.struct([(name, _arrow(field.annotation)) for name, field in kind.model_fields.items()])
    [first, *_] = [one for one in get_args(kind) if one is not NoneType]
    return pa.list_(_arrow(first)) if getattr(kind, "__origin__", None) is tuple else _arrow(first)
