"""Tables that tell where images are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from indexer.errors import SourceError
from indexer.painting import Painting
from indexer.sources.painting_names import parse_title
from indexer.sources.port import Kind, Remark
from indexer.sources.rows import Row, painting_of_row, read_row

TEXT_SUFFIXES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a CSV, TSV or Parquet file. Keys are the paths as the table gives them."""

    path: Path
    paintings: tuple[Painting, ...]
    remarks: tuple[Remark, ...]
    kind: Kind = "table"

    @property
    def name(self) -> str:
        return str(self.path)

    def __iter__(self) -> Iterator[Painting]:
        return iter(self.paintings)


def open_table(path: Path) -> Table:
    """Read a CSV or TSV file.

    Raises:
        SourceError: it is damaged, has no column of paths, or no row has one.
    """
    return read_table(path, *_read_text(path))


def read_table(path: Path, columns: list[str], rows: Iterator[Row]) -> Table:
    """The table that lies at `path` and has these columns and rows.

    Raises:
        SourceError: it has no column of paths, or no row has one.
    """
    if "path" not in columns:
        found = ", ".join(columns) or "none"
        raise SourceError(f"{path} has no column 'path' (found: {found}); name the column of image paths so.")
    paintings: dict[str, Painting] = {}
    remarks: list[Remark] = []
    for number, row in enumerate(rows, start=1):
        place = f"row {number}"
        if "path" not in row:
            remarks.append(Remark(place, "has no path; skipped"))
            continue
        painting, complaint = _painting(path.parent, row)
        if complaint:
            remarks.append(Remark(place, complaint))
        if painting.key in paintings:
            remarks.append(Remark(place, f"repeats the path {painting.key}; skipped"))
        paintings.setdefault(painting.key, painting)
    if not paintings:
        raise SourceError(f"No row of {path} has a path; give one painting per row.")
    return Table(path, tuple(paintings.values()), tuple(remarks))


def _painting(folder: Path, row: Row) -> tuple[Painting, str | None]:
    path, inside = PurePath(row["path"]), row.get("inside")
    key = row.get("key", f"{path.as_posix()} {inside}") if inside else path.as_posix()
    return painting_of_row(row, key=key, path=folder / path, title=parse_title(path.stem), inside=inside)


def _read_text(path: Path) -> tuple[list[str], Iterator[Row]]:
    try:
        import pandas as pd

        separator = "\t" if path.suffix.lower() == ".tsv" else ","
        frame = pd.read_csv(path, sep=separator, dtype=str, na_filter=False, encoding="utf-8-sig")
        if not isinstance(frame.index, pd.RangeIndex):  # pandas takes what is too much for names of rows
            raise ValueError("its rows have more cells than it has columns")
    except ImportError as error:
        raise SourceError(f'Reading {path} needs more: pip install "moodseum[tables]".') from error
    except (ValueError, OSError) as error:
        reason = " ".join(str(error).split())
        raise SourceError(f"{path} cannot be read as a table ({reason}); save it as UTF-8 CSV.") from error
    columns = [str(column).strip().lower() for column in frame.columns]
    return columns, (read_row(_named(columns, cells)) for cells in frame.itertuples(index=False, name=None))


def _named(columns: list[str], cells: tuple[object, ...]) -> Mapping[str, object]:
    """The cells by their columns; of columns with one name, the first."""
    return dict(zip(reversed(columns), reversed(cells), strict=True))
