"""Telling, without opening an image, whether anything changed since it was indexed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from encoders.identity import digest
from indexer.painting import Painting
from indexer.points import to_payload

ABSENT = "absent"
DIGEST_SPAN = 2**64


@dataclass(frozen=True, slots=True)
class Record:
    """A painting as its source has it now, and the state of its image file."""

    painting: Painting
    fingerprint: str


class Contents:
    """Gathers records into one digest that does not depend on their order."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = 0

    def add(self, record: Record) -> None:
        self.count += 1
        self._sum += int(digest(to_payload(record.painting, record.fingerprint)), 16)

    @property
    def digest(self) -> str:
        return f"{self.count}-{self._sum % DIGEST_SPAN:016x}"


def fingerprint(path: Path) -> str:
    """Size and time of change of a file; "absent" where it cannot be looked at."""
    try:
        state = path.stat()
    except (OSError, ValueError):
        return ABSENT
    return f"{state.st_size}-{state.st_mtime_ns}"


def records(paintings: Iterable[Painting]) -> Iterator[Record]:
    """Look at each painting's file now; where it holds many, the place in it is a part of the fingerprint."""
    for painting in paintings:
        state = fingerprint(painting.path)
        if painting.inside is not None and state != ABSENT:
            state = f"{painting.inside}-{state}"
        yield Record(painting, state)


def survey(paintings: Iterable[Painting]) -> Contents:
    """Look at a whole source once."""
    contents = Contents()
    for record in records(paintings):
        contents.add(record)
    return contents
