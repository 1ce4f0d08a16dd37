"""Parquet files: tables of paths, and those of Hugging Face and img2dataset that hold the pictures."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from indexer.errors import SourceError
from indexer.sources.packed import Found, Packed, open_packed
from indexer.sources.painting_names import parse_title
from indexer.sources.parquet_pictures import cell_place
from indexer.sources.parquet_rows import ParquetDamageError, ParquetRows
from indexer.sources.port import Complain, Source
from indexer.sources.rows import painting_of_row, was_fetched
from indexer.sources.table import read_table

SUFFIXES = frozenset({".parquet"})


def open_parquet(path: Path) -> Source:
    """The pictures in a Parquet file, or the table of paths that it is.

    Raises:
        SourceError: it is damaged, or holds neither pictures nor paths.
    """
    try:
        rows = ParquetRows(path)
        if rows.picture_column is None:
            return read_table(path, rows.columns, iter(rows))
    except (ParquetDamageError, OSError) as error:
        raise SourceError(f"{path} cannot be read as a table ({error}); copy it again.") from error
    source = open_parquet_pictures(path)
    assert source is not None  # the file is there
    return source


def open_parquet_pictures(path: Path) -> Packed | None:
    """The Parquet files at or below a path, if there are any.

    Keys are what the column `key` says, else `path`, else the name of the file and the number of the row.

    Raises:
        SourceError: a file cannot be read, or none holds a picture.
    """
    return open_packed(path, "parquet", SUFFIXES, read_parquet)


def read_parquet(file: Path, name: str, complain: Complain) -> Iterator[Found]:
    """The rows of a file that should have a picture; none is read.

    Raises:
        OSError: it cannot be opened.
        SourceError: pyarrow is missing.
    """
    number, without = 0, 0
    try:
        rows = ParquetRows(file)
        if rows.picture_column is None:
            complain(f"has no column of pictures (found: {', '.join(rows.columns) or 'none'}); skipped")
            return
        for number, row in enumerate(rows, start=1):
            if not was_fetched(row):
                without += 1
                continue
            named = row.get("path") or row.get("key")
            key = row.get("key") or named or f"{PurePosixPath(name).with_suffix('')}/{number}"
            painting, complaint = painting_of_row(
                row,
                key=key,
                path=file,
                title=parse_title(PurePosixPath(named or key).stem),
                inside=cell_place(number, rows.picture_column),
            )
            if complaint:
                complain(f"says in row {number}: {complaint}")
            yield Found(painting, f"{name}/{number}")
    except ParquetDamageError as error:
        complain(f"is damaged behind row {number} ({error}); what comes there is lost, copy it again")
    if without:
        complain(f"has rows of pictures that were not fetched ({without:,}); skipped")
