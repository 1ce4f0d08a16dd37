"""Thumbnails of paintings for a page, and what each word's say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from indexer.painting import Painting
from search_api.errors import PaintingNotFoundError
from search_api.pictures import thumbnail
from search_api.rendering.wording import readable
from trainer.evaluation.exam import Exam
from trainer.metrics.extremes import Extreme, extremes
from trainer.metrics.measure import Table
from trainer.metrics.parallel import PATIENCE

SIDE = 320
"""Pixels of a thumbnail's longer side."""
HUBS = 6


@dataclass(frozen=True, slots=True)
class Hung:
    """A painting on the page."""

    file: str
    """Relative to the page."""
    title: str
    by: str
    caption: str


@dataclass(frozen=True, slots=True)
class Wall:
    """Paintings that tell the same, in their order."""

    title: str
    about: str
    hung: tuple[Hung, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The paintings that tell how a word is read."""

    word: str
    named: float
    """The part of the viewers who named it, as the mean over paintings."""
    coherence: float
    walls: tuple[Wall, ...]


class Hanging:
    """Writes each painting's thumbnail once, into `folder`, however often it is shown."""

    def __init__(self, folder: Path, paintings: Sequence[Painting]) -> None:
        self._folder = folder
        self._paintings = paintings
        self._files: dict[int, str | None] = {}

    def rooms(self, words: Sequence[str], coherences: Table, exam: Exam) -> list[Room]:
        """One for each word; `coherences` (n, k) are of these words, which are some of the exam's."""
        bar = tqdm(words, desc="Hanging pictures", unit=" words", disable=None, delay=PATIENCE)
        return [self._room(word, coherences[:, column], exam) for column, word in enumerate(bar)]

    def hubs(self, occurrences: Sequence[int]) -> list[Hung]:
        """The paintings that came most often, with how often that was."""
        most = np.argsort(-np.asarray(occurrences), kind="stable")[:HUBS].tolist()
        return list(self._hang((row, f"near {occurrences[row]} words") for row in most))

    def _room(self, word: str, coherences: npt.NDArray[np.float64], exam: Exam) -> Room:
        votes = exam.votes[:, exam.words.index(word)]
        found = extremes(coherences, votes, exam.viewers)
        walls = (
            ("Surest", "the highest coherences", found.surest),
            ("Imagined", "the highest coherences where nobody named it", found.imagined),
            ("Missed", "named by many more than was expected", found.missed),
        )
        return Room(
            word,
            named=float((votes / exam.viewers).mean()),
            coherence=float(coherences.mean()),
            walls=tuple(Wall(title, about, self._wall(shown)) for title, about, shown in walls if shown),
        )

    def _wall(self, shown: Iterable[Extreme]) -> tuple[Hung, ...]:
        return tuple(self._hang((one.row, _caption(one)) for one in shown))

    def _hang(self, captions: Iterable[tuple[int, str]]) -> Iterator[Hung]:
        for row, caption in captions:
            if file := self._file(row):
                painting = self._paintings[row]
                yield Hung(file, painting.title, _by(painting), caption)

    def _file(self, row: int) -> str | None:
        """The thumbnail; None where the picture can no longer be read."""
        if row not in self._files:
            self._files[row] = self._write(row)
        return self._files[row]

    def _write(self, row: int) -> str | None:
        try:
            picture = thumbnail(self._paintings[row], SIDE)
        except PaintingNotFoundError:
            return None
        file = self._folder / f"{row:06}.jpg"
        file.write_bytes(picture)
        return f"{self._folder.name}/{file.name}"


def _caption(one: Extreme) -> str:
    return f"{100 * one.coherence:.0f} % expected, {one.votes} of {one.viewers} named it"


def _by(painting: Painting) -> str:
    return ", ".join(filter(None, (readable(painting.artist), readable(painting.style))))
