"""Reads the rows of an annotation file as plain text, and names the row that cannot be used."""

import csv
import warnings
from collections.abc import Collection
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from trainer.errors import AnnotationError

PARQUET = ".parquet"
LONGEST_HEADER = 100_000
MOST = 10**9
"""No painting was seen by more viewers; larger counts are damage."""

Rows = pd.DataFrame  # of strings, indexed by the row numbers that a spreadsheet shows
Mask = npt.NDArray[np.bool_]


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
        if file.suffix.lower() == PARQUET:
            from pyarrow.parquet import read_schema

            return _plain(read_schema(file).names)
        line = _first_line(file)
        return _plain(next(csv.reader([line], delimiter=_separator(line)), []))
    except ImportError as error:
        raise AnnotationError(f'Reading {file} needs more: pip install "moodseum[tables]".') from error
    except (ValueError, OSError, csv.Error) as error:
        raise _unreadable(file, error) from error


def read_rows(
    file: Path, columns: Collection[str], optional: Collection[str] = (), quoted: bool = True
) -> Rows:
    """The columns and those of the optional ones that are there; cells are text without white space around.

    Where `quoted` is false a quotation mark is a character like others.

    Raises:
        AnnotationError: as `read_header`, or a column is missing, or there are no rows or ragged ones.
    """
    header = read_header(file)
    missing = [column for column in columns if column not in header]
    if missing:
        raise AnnotationError(f"{file} lacks the column {missing[0]!r}; it needs {', '.join(columns)}.")
    try:
        rows = _read_parquet(file) if file.suffix.lower() == PARQUET else _read_text(file, quoted)
        rows.columns = pd.Index(header)
    except ImportError as error:
        raise AnnotationError(f'Reading {file} needs more: pip install "moodseum[tables]".') from error
    except (ValueError, OSError, pd.errors.ParserWarning) as error:  # undecodable bytes are a ValueError
        raise _unreadable(file, error) from error
    if rows.empty:
        raise AnnotationError(f"{file} has a header but no votes; give the complete file.")
    wanted = rows.columns.isin([*columns, *optional]) & ~rows.columns.duplicated()
    kept = rows.loc[:, wanted]
    return pd.DataFrame({column: kept[column].str.strip() for column in kept})


def whole_counts(file: Path, cells: "pd.Series[str]") -> npt.NDArray[np.int64]:
    """Read counts of viewers: 3, also as "3.0".

    Raises:
        AnnotationError: a cell is no whole number from 0 to 1,000,000,000; the first such row is named.
    """
    numbers = as_numbers(cells)
    whole = (numbers >= 0) & (numbers <= MOST) & (numbers == np.floor(numbers))
    refuse(file, cells, ~whole, "the count", "counts are whole numbers, none negative")
    return numbers.astype(np.int64)


def as_numbers(cells: "pd.Series[str]") -> npt.NDArray[np.float64]:
    """Read numbers; what is none becomes NaN."""
    return pd.to_numeric(cells, errors="coerce").to_numpy(np.float64)


def refuse(file: Path, cells: "pd.Series[str]", wrong: Mask, what: str, rule: str) -> None:
    """Raise an error that names the first of the wrong cells, if there are any.

    Raises:
        AnnotationError: one of the cells is wrong.
    """
    if wrong.any():
        place = int(wrong.argmax())
        raise AnnotationError(
            f"{file} has {what} {cells.iloc[place][:200]!r} in row {cells.index[place]} ({rule}); "
            "mend or drop that row."
        )


def _plain(names: list[str]) -> tuple[str, ...]:
    return tuple(str(name).strip().lower() for name in names)


def _first_line(file: Path) -> str:
    with file.open(encoding="utf-8-sig", newline=None) as stream:
        return stream.readline(LONGEST_HEADER).rstrip("\n")


def _separator(header: str) -> str:
    return "\t" if "\t" in header else ","


def _read_text(file: Path, quoted: bool) -> Rows:
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)  # of rows longer than the header
        rows = pd.read_csv(
            file,
            sep=_separator(_first_line(file)),
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
            index_col=False,
        ).fillna("")
    rows.index = pd.RangeIndex(2, len(rows) + 2)  # the header is row 1
    return rows


def _read_parquet(file: Path) -> Rows:
    rows = pd.read_parquet(file).astype(str).fillna("")
    rows.index = pd.RangeIndex(1, len(rows) + 1)
    return rows


def _unreadable(file: Path, error: Exception) -> AnnotationError:
    reason = " ".join(str(error).split())
    return AnnotationError(f"{file} cannot be read as a table ({reason}); save it as CSV in UTF-8.")
