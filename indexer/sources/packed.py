"""Files that hold the pictures of many paintings, each with what is known of it."""

from collections.abc import Callable, Generator, Iterable, Iterator, Set
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count
from pathlib import Path

from indexer.errors import SourceError
from indexer.painting import Painting
from indexer.sources.port import Complain, Kind, Remark
from indexer.sources.walking import files_at


@dataclass(frozen=True, slots=True)
class Found:
    """A painting in a file, and the key that it goes by where another file has used its own."""

    painting: Painting
    spare_key: str


Reader = Callable[[Path, str, Complain], Iterable[Found]]
"""Reads a file that is known in its collection by a name, such as "train/00000.tar"."""


class Packed:
    """The paintings in one file, or in all files of a kind below a folder.

    Memory holds the keys and what one file has to say at a time, and no picture.
    """

    def __init__(self, path: Path, kind: Kind, suffixes: Set[str], read: Reader) -> None:
        self.path = path
        self.kind = kind
        self.remarks: tuple[Remark, ...] = ()
        self._suffixes = suffixes
        self._read = read

    @property
    def name(self) -> str:
        return str(self.path)

    def __iter__(self) -> Generator[Painting]:
        remarks: list[Remark] = []
        taken: set[str] = set()
        for file in files_at(self.path, self._suffixes):
            name = file.name if file == self.path else file.relative_to(self.path).as_posix()
            complain = partial(_remark, remarks, name)
            for found in self._read_safely(file, name, complain):
                painting = _with_own_key(found, taken, complain)
                taken.add(painting.key)
                yield painting
        self.remarks = tuple(remarks)

    def _read_safely(self, file: Path, name: str, complain: Complain) -> Iterator[Found]:
        try:
            yield from self._read(file, name, complain)
        except OSError as error:
            raise SourceError(
                f"{file} cannot be read ({error.strerror or error}); mend its rights or move it away."
            ) from error


def open_packed(path: Path, kind: Kind, suffixes: Set[str], read: Reader) -> Packed | None:
    """The source at a path, if there are files of its kind; they are read up to the first painting.

    Raises:
        SourceError: a file cannot be read, or none holds a picture.
    """
    if next(files_at(path, suffixes), None) is None:
        return None
    source = Packed(path, kind, suffixes, read)
    with closing(iter(source)) as paintings:
        if next(paintings, None) is not None:
            return source
    reason = "".join(f"; {remark.place} {remark.text}" for remark in source.remarks[:1])
    raise SourceError(f"No pictures in {path}{reason}; give .tar or .parquet files with some.")


def _remark(remarks: list[Remark], place: str, text: str) -> None:
    remarks.append(Remark(place, text))


def _with_own_key(found: Found, taken: Set[str], complain: Complain) -> Painting:
    asked, spare = found.painting.key, found.spare_key
    keys = chain((asked, spare), (f"{spare} ({number})" for number in count(2)))
    key = next(key for key in keys if key not in taken)
    if key == asked:
        return found.painting
    complain(f"repeats the key {asked}, which goes by {key} here")
    return replace(found.painting, key=key)
