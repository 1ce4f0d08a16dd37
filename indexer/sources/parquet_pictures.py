"""The pictures in Parquet files, one by one."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from encoders.errors import ImageError

if TYPE_CHECKING:
    from pyarrow import Array, DataType, RecordBatch, Schema

PICTURE_COLUMNS = ("image", "jpg", "jpeg", "png", "webp", "img", "picture", "bytes", "image_bytes")
PLACE = re.compile(r"row ([0-9]+) of (.+)", re.DOTALL)

FILES_OPEN = 4
ROWS_AT_A_TIME = 16
BATCHES_KEPT = 3
"""So that several threads may read neighbouring rows in nearly their order."""
BUFFER = 2**20


def find_picture_column(schema: "Schema") -> str | None:
    """The column of pictures: bytes by a usual name, or Hugging Face's {bytes, path} by any name."""
    for usual in PICTURE_COLUMNS:
        for field in schema:
            if field.name.strip().lower() == usual and (_is_bytes(field.type) or _is_hugging(field.type)):
                return str(field.name)
    return next((str(field.name) for field in schema if _is_hugging(field.type)), None)


def path_beside(schema: "Schema", column: str | None) -> str | None:
    """The leaf that holds the paths from which a column's pictures once came, if there is one."""
    if column is None or not _is_hugging(schema.field(column).type):
        return None
    return f"{column}.path" if schema.field(column).type.get_field_index("path") >= 0 else None


def cell_place(row: int, column: str) -> str:
    """A picture's place as `read_cell` understands it, such as "row 17 of image"; rows count from 1."""
    return f"row {row} of {column}"


def read_cell(path: Path, place: str) -> bytes:
    """The picture at a `cell_place` of a Parquet file; may be called from several threads.

    Row after row this reads each page once. Any other row costs reading its row group up to there.

    Raises:
        ImageError: the file cannot be read, or there is no picture.
    """
    match = PLACE.fullmatch(place)
    if not match:
        raise ImageError(f"{path} has no place {place!r}; index the collection again.")
    try:
        import pyarrow as pa
    except ImportError as error:
        raise ImageError(f'Reading {path} needs more: pip install "moodseum[tables]".') from error
    try:
        state = path.stat()
        column = _open(path, match[2], state.st_mtime_ns, state.st_size)
        picture = column.read(int(match[1]) - 1)
    except (pa.ArrowException, OSError, LookupError) as error:
        reason = " ".join(str(error).split())
        raise ImageError(f"{place[:1].upper() + place[1:]} in {path} cannot be read ({reason}).") from error
    if picture is None:
        raise ImageError(f"{place[:1].upper() + place[1:]} in {path} holds no picture.")
    return picture


class PictureColumn:
    """A column of pictures, of which the few that were read last stay in memory."""

    def __init__(self, path: Path, column: str) -> None:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile

        # with a buffer, pages are read as they are needed rather than whole row groups
        self._file = ParquetFile(pa.OSFile(str(path)), buffer_size=BUFFER)
        groups = self._file.metadata
        sizes = (groups.row_group(group).num_rows for group in range(groups.num_row_groups))
        self._starts = list(accumulate(sizes, initial=0))
        hugging = _is_hugging(self._file.schema_arrow.field(column).type)
        self._leaf = f"{column}.bytes" if hugging else column
        self._lock = Lock()
        self._kept: deque[tuple[int, Array]] = deque(maxlen=BATCHES_KEPT)
        self._next = 0
        self._batches: Iterator[RecordBatch] | None = None

    def read(self, row: int) -> bytes | None:
        """The picture in a row, counted from 0.

        Raises:
            LookupError: there is no such row.
            OSError, pyarrow.ArrowException: it cannot be read.
        """
        if not 0 <= row < self._starts[-1]:
            raise LookupError(f"there are {self._starts[-1]:,} rows")
        group = bisect_right(self._starts, row) - 1
        with self._lock:
            try:
                cell = self._cell(row, group, ROWS_AT_A_TIME)
            except (OSError, ValueError):  # a damaged page: the rows before it may still be read one by one
                self._batches = None
                cell = self._cell(row, group, 1)
        return cell["bytes"] if isinstance(cell, dict) else cell

    def _cell(self, row: int, group: int, at_a_time: int) -> dict[str, bytes | None] | bytes | None:
        first = self._kept[0][0] if self._kept else self._next
        if self._batches is None or not (first <= row and self._starts[group] < self._next):
            self._begin(group, at_a_time)
        while row >= self._next:
            self._advance()
        first, pictures = next(kept for kept in reversed(self._kept) if kept[0] <= row)
        cell: dict[str, bytes | None] | bytes | None = pictures[row - first].as_py()
        return cell

    def _begin(self, group: int, at_a_time: int) -> None:
        if self._starts[group] != self._next:
            self._kept.clear()
        self._next = self._starts[group]
        self._batches = self._file.iter_batches(
            at_a_time, row_groups=[group], columns=[self._leaf], use_threads=False
        )

    def _advance(self) -> None:
        batches, self._batches = self._batches, None  # what fails is begun anew
        batch = next(batches, None) if batches else None
        if batch is None:
            raise OSError("the file holds fewer rows than it says")
        self._kept.append((self._next, batch.column(0)))
        self._next += batch.num_rows
        self._batches = batches


@lru_cache(FILES_OPEN)
def _open(path: Path, column: str, changed: int, size: int) -> PictureColumn:
    """A file that has changed is opened anew."""
    return PictureColumn(path, column)


def _is_bytes(kind: "DataType") -> bool:
    from pyarrow import types

    return any(test(kind) for test in (types.is_binary, types.is_large_binary, types.is_binary_view))


def _is_hugging(kind: "DataType") -> bool:
    from pyarrow import types

    if not types.is_struct(kind) or kind.get_field_index("bytes") < 0:
        return False
    return _is_bytes(kind.field("bytes").type)
