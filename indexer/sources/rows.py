"""What a row of a table, or what lies beside a picture in a shard, says of a painting."""

from collections.abc import Mapping
from pathlib import Path

from indexer.painting import Painting
from indexer.sources.painting_names import parse_year

Row = Mapping[str, str]
"""The known columns that say something."""

OTHER_NAMES = {"__key__": "key", "caption": "title", "text": "title", "url": "source"}
"""What img2dataset and webdataset call a column that has not its own name."""

NOT_FETCHED = frozenset(("failed_to_download", "failed_to_resize"))
"""What img2dataset writes into `status` where it did not get the picture."""

COLUMNS = (
    *("key", "path", "inside", "title", "artist", "style", "genre", "year", "rights", "source", "status"),
    *OTHER_NAMES,
)
MISSING = frozenset(("", "nan", "none", "null", "n/a", "<na>"))


def read_row(cells: Mapping[str, object]) -> Row:
    """Clean the cells of known columns, whatever the case of their names; of two of one name, the first."""
    row: dict[str, str] = {}
    for name, cell in cells.items():
        column, text = str(name).strip().lower(), _text(cell)
        if column in COLUMNS and text.lower() not in MISSING:
            row.setdefault(column, text)
    for other, column in OTHER_NAMES.items():
        if other in row:
            row.setdefault(column, row.pop(other))
    return row


def painting_of_row(
    row: Row, *, key: str, path: Path, title: str, inside: str | None = None
) -> tuple[Painting, str | None]:
    """The painting of a row, and what is wrong with its year; `title` is for works without one."""
    year, complaint = None, None
    try:
        year = parse_year(row["year"]) if "year" in row else None
    except ValueError as error:
        complaint = f"{error}; left empty"
    painting = Painting(
        key=key,
        path=path,
        title=row.get("title") or title,
        artist=row.get("artist"),
        style=row.get("style"),
        genre=row.get("genre"),
        year=year,
        rights=row.get("rights"),
        source=row.get("source"),
        inside=inside,
    )
    return painting, complaint


def was_fetched(row: Row) -> bool:
    """Whether there should be a picture; img2dataset also lists those that it could not get."""
    return row.get("status") not in NOT_FETCHED


def _text(cell: object) -> str:
    if isinstance(cell, dict | list | bytes):
        return ""
    return str(cell).strip().encode("utf-8", "replace").decode()  # JSON may hold halves of characters
