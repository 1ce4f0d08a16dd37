"""Reads the rows of an annotation file as plain text, a part of them at a time."""

import csv
import os
import warnings
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn

import pandas as pd
from tqdm import tqdm

from trainer.errors import AnnotationError

PARQUET = ".parquet"
LONGEST_HEADER = 100_000
CHUNK = 100_000
PATIENCE = 2.0
"""Seconds after which a bar shows how far reading is."""

Rows = pd.DataFrame  # of strings, indexed by the row numbers that a spreadsheet shows


def read_header(file: Path) -> tuple[str, ...]:
    """The names of a table's columns, in lower case and without white space around them.

    Raises:
        AnnotationError: the file is missing, empty, no text in UTF-8 and no Parquet.
    """
    if not file.is_file():
        raise AnnotationError(
            f"There is no annotation file {file}; give a table of votes (.csv, .tsv, .parquet)."
        )
    try:
        if _is_parquet(file):
            from pyarrow.parquet import read_schema

            return _plain(read_schema(file).names)
        line = _first_line(file)
        return _plain(next(csv.reader([line], delimiter=_separator(line)), []))
    except ImportError as error:
        raise AnnotationError(f'Reading {file} needs more: pip install "moodseum[tables]".') from error
    except (ValueError, OSError, csv.Error) as error:
        raise _unreadable(file, error) from error


def read_chunks(
    file: Path,
    columns: Collection[str],
    optional: Collection[str] = (),
    quoted: bool = True,
    size: int = CHUNK,
) -> Iterator[Rows]:
    """The rows, `size` at a time: the columns and those of the optional ones that are there.

    Cells are text without white space around. Where `quoted` is false a quotation mark is a character like
    others.

    Raises:
        AnnotationError: as `read_header`, or a column is missing, there are no rows or ragged ones, or the
            last one is cut off.
    """
    header = read_header(file)
    missing = [column for column in columns if column not in header]
    if missing:
        raise AnnotationError(f"{file} lacks the column {missing[0]!r}; it needs {', '.join(columns)}.")
    wanted = [column for column in dict.fromkeys(header) if column in {*columns, *optional}]
    if _is_parquet(file):
        chunks = _parquet_chunks(file, wanted, size)
    else:
        chunks = _text_chunks(file, header, quoted, size)
    is_empty = True
    try:
        for rows in chunks:
            kept = rows.loc[:, ~rows.columns.duplicated()]
            yield pd.DataFrame({column: kept[column].str.strip() for column in wanted})
            is_empty = False
    except (ValueError, OSError, pd.errors.ParserWarning) as error:  # undecodable bytes are a ValueError
        raise _unreadable(file, error) from error
    if is_empty:
        raise AnnotationError(f"{file} has a header but no votes; give the complete file.")


def read_rows(
    file: Path, columns: Collection[str], optional: Collection[str] = (), quoted: bool = True
) -> Rows:
    """All rows at once; see `read_chunks`."""
    return pd.concat(read_chunks(file, columns, optional, quoted))


def _is_parquet(file: Path) -> bool:
    return file.suffix.lower() == PARQUET


def _plain(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(name).strip().lower() for name in names)


def _first_line(file: Path) -> str:
    with file.open(encoding="utf-8-sig", newline=None) as stream:
        return stream.readline(LONGEST_HEADER).rstrip("\n")


def _separator(header: str) -> str:
    return "\t" if "\t" in header else ","


def _text_chunks(file: Path, header: Sequence[str], quoted: bool, size: int) -> Iterator[Rows]:
    separator = _separator(_first_line(file))
    start = 2  # the header is row 1
    with file.open("rb") as stream, _bar(file, file.stat().st_size, "B") as bar:
        chunks = pd.read_csv(
            stream,
            sep=separator,
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
            index_col=False,
            chunksize=size,
        )
        last = ""
        for rows in _strictly(chunks):
            rows.columns = pd.Index(header)
            rows.index = pd.RangeIndex(start, start + len(rows))
            start += len(rows)
            last = str(rows.iloc[-1, -1])
            bar.update(stream.tell() - bar.n)
            yield rows
        if not last and _breaks_off(stream, separator):
            raise AnnotationError(
                f"{file} breaks off in the middle of row {start - 1}; give the complete file."
            )


def _strictly(chunks: Iterator[Rows]) -> Iterator[Rows]:
    """Those with rows; what pandas only warns of, rows that are longer than the header, is an error."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            rows = next(chunks, None)
        if rows is None:
            return
        if len(rows):
            yield rows


def _breaks_off(stream: BinaryIO, separator: str) -> bool:
    """Whether a text whose last row lacks its last cell ends neither with that row nor with an empty cell."""
    stream.seek(-2, os.SEEK_END)
    return not stream.read().endswith((b"\n", b"\r", separator.encode(), b'""'))


def _parquet_chunks(file: Path, wanted: Collection[str], size: int) -> Iterator[Rows]:
    from pyarrow.parquet import ParquetFile

    start = 1
    with ParquetFile(file) as table, _bar(file, table.metadata.num_rows, " rows") as bar:
        names = [name for name in table.schema_arrow.names if _plain([name])[0] in wanted]
        for batch in table.iter_batches(size, columns=names):
            rows = batch.to_pandas(ignore_metadata=True).astype(str).fillna("")
            rows.columns = pd.Index(_plain(rows.columns))
            rows.index = pd.RangeIndex(start, start + len(rows))
            start += len(rows)
            bar.update(len(rows))
            yield rows


def _bar(file: Path, total: int, unit: str) -> "tqdm[NoReturn]":
    """Shown if reading takes long."""
    title = f"Reading {file.name}"
    return tqdm(total=total, desc=title, unit=unit, unit_scale=True, disable=None, delay=PATIENCE)


def _unreadable(file: Path, error: Exception) -> AnnotationError:
    reason = " ".join(str(error).split())
    return AnnotationError(f"{file} cannot be read as a table ({reason}); save it as CSV in UTF-8.")
