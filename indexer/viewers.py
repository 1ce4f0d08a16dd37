"""What viewers said of paintings: their votes and sentences, in one file of the home."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from encoders.files import file_atomically
from encoders.home import Home
from indexer.errors import IndexFormatError

FILE = "viewers.sqlite"
FORMAT = 1
TABLES = """
    CREATE TABLE paintings (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, viewers INTEGER);
    CREATE TABLE votes (painting INTEGER, place INTEGER, emotion TEXT, count INTEGER,
        PRIMARY KEY (painting, place)) WITHOUT ROWID;
    CREATE TABLE utterances (painting INTEGER, place INTEGER, emotion TEXT, text TEXT,
        PRIMARY KEY (painting, place)) WITHOUT ROWID;
"""
FIND = "SELECT place, viewers FROM paintings WHERE id = ?"
VOTES = "SELECT emotion, count FROM votes WHERE painting = ? ORDER BY place"
UTTERANCES = "SELECT emotion, text FROM utterances WHERE painting = ? ORDER BY place"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One viewer's sentence, and the emotion that it explains."""

    emotion: str
    text: str


@dataclass(frozen=True, slots=True)
class Voices:
    """What the viewers of one painting said: how many named each emotion, and why.

    Emotions that nobody named are left out; the others are in the order of the annotations.
    """

    votes: Mapping[str, int]
    utterances: tuple[Utterance, ...] = ()
    viewers: int | None = None
    """How many were asked; None where each named exactly one emotion, so that the votes tell."""

    @property
    def asked(self) -> int:
        """How many viewers were asked."""
        return sum(self.votes.values()) if self.viewers is None else self.viewers


NOBODY = Voices(MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Viewers:
    """Looks up what viewers said of a painting; without the file nobody said anything.

    May be shared between threads. The file is opened anew for each painting, so that one that was
    written meanwhile is read at once.
    """

    path: Path

    @classmethod
    def open(cls, home: Home) -> "Viewers":
        """The viewers that a home knows of."""
        return cls(home.path / FILE)

    def of(self, painting_id: str) -> Voices:
        """All that is known of one painting; `NOBODY` where that is nothing.

        Raises:
            IndexFormatError: the file is damaged, or a newer Moodseum wrote it.
        """
        with self._read() as file:
            found = file and file.execute(FIND, (painting_id,)).fetchone()
            if not (file and found):
                return NOBODY
            painting, asked = found
            votes: dict[str, int] = dict(file.execute(VOTES, (painting,)))
            said = tuple(Utterance(*row) for row in file.execute(UTTERANCES, (painting,)))
            return Voices(MappingProxyType(votes), said, asked)

    def count(self) -> int:
        """How many paintings somebody said something of.

        Raises:
            IndexFormatError: as `of` does.
        """
        with self._read() as file:
            return int(file.execute("SELECT count(*) FROM paintings").fetchone()[0]) if file else 0

    @contextlib.contextmanager
    def _read(self) -> Iterator[sqlite3.Connection | None]:
        if not self.path.exists():
            yield None
            return
        try:
            uri = f"{self.path.absolute().as_uri()}?mode=ro"
            with contextlib.closing(sqlite3.connect(uri, uri=True)) as file:
                self._check(file)
                yield file
        except sqlite3.Error as error:
            raise IndexFormatError(
                f"{self.path} cannot be read ({error}); run `moodseum index annotate` again."
            ) from error

    def _check(self, file: sqlite3.Connection) -> None:
        [found] = file.execute("PRAGMA user_version").fetchone()
        if found != FORMAT:
            raise IndexFormatError(
                f"{self.path} has format {found} and this Moodseum reads {FORMAT}; upgrade Moodseum or run "
                "`moodseum index annotate` again."
            )


def save_viewers(home: Home, said: Iterable[tuple[str, Voices]]) -> Viewers:
    """Write what viewers said of each painting, by id, in place of all that was known before, in one step.

    Raises:
        OSError: the disk is full or the place is not writable; the old file is then untouched.
        ValueError: an id comes twice.
    """
    viewers = Viewers.open(home)
    viewers.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            file_atomically(viewers.path) as unfinished,
            contextlib.closing(sqlite3.connect(unfinished)) as file,
            file,
        ):
            file.executescript(f"PRAGMA journal_mode = OFF; PRAGMA user_version = {FORMAT}; {TABLES} BEGIN;")
            for painting, (id_, voices) in enumerate(said):
                _insert(file, painting, id_, voices)
    except sqlite3.IntegrityError as error:
        raise ValueError(f"A painting comes twice: {error}") from error
    except sqlite3.OperationalError as error:
        raise OSError(f"{viewers.path} cannot be written: {error}") from error
    return viewers


def _insert(file: sqlite3.Connection, painting: int, id_: str, voices: Voices) -> None:
    file.execute("INSERT INTO paintings VALUES (?, ?, ?)", (painting, id_, voices.viewers))
    votes = [(painting, place, *vote) for place, vote in enumerate(voices.votes.items())]
    file.executemany("INSERT INTO votes VALUES (?, ?, ?, ?)", votes)
    said = [(painting, place, one.emotion, one.text) for place, one in enumerate(voices.utterances)]
    file.executemany("INSERT INTO utterances VALUES (?, ?, ?, ?)", said)
