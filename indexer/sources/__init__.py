"""Where paintings come from: a WikiArt folder, any folder of images, or a table."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, Protocol

from encoders.images import IMAGE_SUFFIXES
from indexer.errors import SourceError
from indexer.painting import Painting
from indexer.sources.painting_names import is_wikiart_name, parse_name, parse_title, parse_year

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["wikiart", "folder", "table"]

TABLE_SUFFIXES = (".csv", ".tsv", ".parquet")
TABLE_COLUMNS = ("path", "title", "artist", "style", "genre", "year", "rights", "source")
MISSING = frozenset(("", "nan", "none", "null", "n/a", "<na>"))


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a source that was not as it should be, and what was done about it."""

    place: str
    text: str


class Source(Protocol):
    """A collection of paintings with unique keys, read anew each time it is iterated, in a stable order."""

    @property
    def name(self) -> str:
        """The absolute path of the folder or table."""

    @property
    def kind(self) -> Kind: ...

    @property
    def remarks(self) -> tuple[Remark, ...]: ...

    def __iter__(self) -> Iterator[Painting]: ...


def open_source(path: Path) -> Source:
    """Recognise what lies at a path.

    Raises:
        SourceError: nothing is there, it holds no images, or it is no table that can be read.
    """
    path = path.resolve()
    if path.is_dir():
        return _open_folder(path)
    if not path.exists():
        raise SourceError(f"{path} does not exist; give a folder of images or a table of their paths.")
    if path.suffix.lower() not in TABLE_SUFFIXES:
        raise SourceError(f"{path} is no table; give {' or '.join(TABLE_SUFFIXES)}, or a folder of images.")
    return _open_table(path)


@dataclass(frozen=True, slots=True)
class Folder:
    """The images below a folder; in WikiArt's layout style/artist_title.jpg the names tell of the works.

    Keys are "style/artist_title" where the layout says so, else the path below the folder.
    """

    path: Path
    kind: Kind
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        return str(self.path)

    def __iter__(self) -> Iterator[Painting]:
        for folder, names in _image_names(self.path):
            if self.kind == "wikiart" and folder.parent == self.path:
                yield from _wikiart_paintings(folder, names)
            else:
                yield from (_plain_painting(self.path, folder / name) for name in names)


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


def _open_folder(folder: Path) -> Folder:
    images = [
        (*place.relative_to(folder).parts, name) for place, names in _image_names(folder) for name in names
    ]
    if not images:
        suffixes = ", ".join(sorted(IMAGE_SUFFIXES))
        raise SourceError(f"No images in {folder}; give a folder that holds {suffixes} files.")
    top = {parts[0] for parts in images}
    if len(top) == 1 and (only := top.pop()).lower() == "wikiart":
        return _open_folder(folder / only)
    styled = sum(len(parts) == 2 and is_wikiart_name(PurePath(parts[1]).stem) for parts in images)
    return Folder(folder, "wikiart" if styled * 2 > len(images) else "folder")


def _image_names(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder at and below `root` with the names of the images in it, without hidden ones.

    Links to folders are followed; a folder that is reached in two ways is entered once.
    """
    entered: set[str] = set()
    for folder, subfolders, names in os.walk(root, onerror=_refuse, followlinks=True):
        real = os.path.realpath(folder)
        if real in entered:
            subfolders.clear()
            continue
        entered.add(real)
        subfolders[:] = sorted(name for name in subfolders if not _is_hidden(name))
        images = [name for name in names if PurePath(name).suffix.lower() in IMAGE_SUFFIXES]
        yield Path(folder), sorted(name for name in images if not _is_hidden(name))


def _refuse(error: OSError) -> None:
    raise SourceError(
        f"{error.filename} cannot be listed ({error.strerror}); mend its rights or move it away."
    )


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _wikiart_paintings(folder: Path, names: list[str]) -> Iterator[Painting]:
    taken = set(names)
    for name in names:
        path = folder / name
        key = (
            name if path.stem in taken else path.stem
        )  # of files that differ in suffix, the first is the stem
        taken.add(key)
        said = parse_name(path.stem)
        yield Painting(
            key=f"{folder.name}/{key}",
            path=path,
            title=said.title,
            artist=said.artist,
            style=folder.name,
            year=said.year,
        )


def _plain_painting(root: Path, path: Path) -> Painting:
    return Painting(key=path.relative_to(root).as_posix(), path=path, title=parse_title(path.stem))


def _open_table(path: Path) -> Table:
    paintings: dict[str, Painting] = {}
    remarks: list[Remark] = []
    for number, row in enumerate(_rows(path), start=1):
        place = f"row {number}"
        if "path" not in row:
            remarks.append(Remark(place, "has no path; skipped"))
            continue
        painting, complaint = _table_painting(path.parent, row)
        if complaint:
            remarks.append(Remark(place, complaint))
        if painting.key in paintings:
            remarks.append(Remark(place, f"repeats the path {painting.key}; skipped"))
        paintings.setdefault(painting.key, painting)
    if not paintings:
        raise SourceError(f"No row of {path} has a path; give one painting per row.")
    return Table(path, tuple(paintings.values()), tuple(remarks))


def _table_painting(folder: Path, row: Mapping[str, str]) -> tuple[Painting, str | None]:
    """The painting of a row, and what is wrong with its year."""
    path = PurePath(row["path"])
    year, complaint = None, None
    try:
        year = parse_year(row["year"]) if "year" in row else None
    except ValueError as error:
        complaint = f"{error}; left empty"
    painting = Painting(
        key=path.as_posix(),
        path=folder / path,
        title=row.get("title") or parse_title(path.stem),
        artist=row.get("artist"),
        style=row.get("style"),
        genre=row.get("genre"),
        year=year,
        rights=row.get("rights"),
        source=row.get("source"),
    )
    return painting, complaint


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    """The known columns of a table, row by row, without the cells that say nothing."""
    frame = _read_table(path)
    frame.columns = [str(column).strip().lower() for column in frame.columns]
    if "path" not in frame.columns:
        found = ", ".join(frame.columns) or "none"
        raise SourceError(f"{path} has no column 'path' (found: {found}); name the column of image paths so.")
    frame = frame.loc[:, ~frame.columns.duplicated()].reindex(columns=list(TABLE_COLUMNS))
    for cells in frame.astype("string").fillna("").itertuples(index=False, name=None):
        texts = zip(TABLE_COLUMNS, (cell.strip() for cell in cells), strict=True)
        yield {column: text for column, text in texts if text.lower() not in MISSING}


def _read_table(path: Path) -> "pd.DataFrame":
    try:
        import pandas as pd

        if path.suffix.lower() == ".parquet":
            return pd.read_parquet(path)
        separator = "\t" if path.suffix.lower() == ".tsv" else ","
        return pd.read_csv(path, sep=separator, dtype=str, na_filter=False, encoding="utf-8-sig")
    except ImportError as error:
        raise SourceError(f'Reading {path} needs more: pip install "moodseum[tables]".') from error
    except (ValueError, OSError) as error:
        reason = " ".join(str(error).split())
        raise SourceError(f"{path} cannot be read as a table ({reason}); save it as UTF-8 CSV.") from error
