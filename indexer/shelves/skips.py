"""Lists, in a build's folder, of what could not be indexed as it was, and why."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer.sources.port import Remark

SKIPPED = "skipped.csv"
REMARKS = "remarks.csv"
FIRST = 5


class SkipList:
    """Writes `skipped.csv` of a build as it goes; remembers the first few reasons."""

    def __init__(self, folder: Path) -> None:
        self.count = 0
        self.first: list[str] = []
        # Names that are no valid Unicode are a reason to be listed here, so they must be writable.
        self._file = (folder / SKIPPED).open("w", newline="", encoding="utf-8", errors="backslashreplace")
        self._writer = csv.writer(self._file)
        self._writer.writerow(["key", "reason"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, key: str, reason: str) -> None:
        """Leave a painting out; the reason is a sentence that names its file."""
        self.count += 1
        if self.count <= FIRST:
            self.first.append(printable(reason))
        self._writer.writerow([key, reason])


def skipped_keys(folder: Path) -> frozenset[str]:
    """The keys on a build's list, those that are no valid Unicode escaped; none where the list is gone."""
    try:
        with (folder / SKIPPED).open(newline="", encoding="utf-8", errors="backslashreplace") as file:
            return frozenset(row[0] for row in csv.reader(file) if row)
    except FileNotFoundError:
        return frozenset()


def write_remarks(remarks: Iterable[Remark], folder: Path) -> None:
    """Write `remarks.csv` of a build, what its source had to say."""
    with (folder / REMARKS).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["place", "remark"])
        writer.writerows((remark.place, remark.text) for remark in remarks)


def printable(text: str) -> str:
    """Escape what no terminal can print."""
    return text.encode("utf-8", "backslashreplace").decode()
