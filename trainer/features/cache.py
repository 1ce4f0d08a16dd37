"""Embeddings that a frozen backbone made once, kept on disk by the content they were made of."""

import contextlib
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from encoders.errors import MoodseumError
from encoders.vectors import Vector, Vectors
from indexer.sources.changes import Record
from indexer.sources.streaming import in_batches
from trainer.features.digests import BATCH, Content, digest_images

Kind = Literal["looks", "texts"]
Found = npt.NDArray[np.bool_]
Result = TypeVar("Result")

SCHEMA = """
PRAGMA page_size = 8192;
PRAGMA cache_size = -65536;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS looks (content BLOB PRIMARY KEY, vector BLOB, checksum INTEGER);
CREATE TABLE IF NOT EXISTS texts (content BLOB PRIMARY KEY, vector BLOB, checksum INTEGER);
CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, fingerprint TEXT, content BLOB);
"""
FLOAT = np.dtype("<f4")
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG)
"""What SQLite says of a file that is no database, no longer a whole one, or one with other tables."""
PATIENCE = 60.0
"""Seconds to wait while another process writes."""
BAR_AFTER = 2.0
UNSETTLED = 2 * 10**9
"""Nanoseconds in which a file can change once more without its time of change telling."""

logger = logging.getLogger(__name__)


class CacheError(MoodseumError):
    """The cache can be neither read nor written."""


class Cache:
    """The looks and text embeddings of one backbone.

    What was kept survives a killed process; several processes may use one cache. What is recalled is bit for
    bit what was kept: a damaged row counts as absent, a damaged file is set aside and a new one begun. Every
    method raises a `CacheError` where the disk is full or the file cannot be opened.
    """

    def __init__(self, folder: Path, look_id: str) -> None:
        self.file = folder / f"{look_id}.sqlite"
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def recall(self, kind: Kind, contents: Sequence[Content | None], into: Vectors) -> Found:
        """Fill the rows of `into` (n, d) for the contents (n,) that are known; tell which those are."""
        query = f"SELECT vector, checksum FROM {kind} WHERE content = ?"

        def fill(connection: sqlite3.Connection) -> Found:
            found = np.zeros(len(into), bool)
            bar = tqdm(contents, desc="Recalling", unit=f" {kind}", disable=None, delay=BAR_AFTER)
            for row, content in enumerate(bar):
                kept = connection.execute(query, (content,)).fetchone()
                vector = _unpack(content, *kept) if content and kept else None
                if vector is not None and vector.shape == into[row].shape:
                    into[row] = vector
                    found[row] = True
            return found

        return self._do(fill)

    def keep(self, kind: Kind, contents: Iterable[Content], vectors: Vectors) -> None:
        """Write the embeddings (m, d) of contents (m,)."""
        rows = [_pack(content, vector) for content, vector in zip(contents, vectors, strict=True)]
        self._write(f"INSERT OR REPLACE INTO {kind} VALUES (?, ?, ?)", rows)

    def contents_of(self, records: Sequence[Record]) -> list[Content | None]:
        """Digests of the image files as they are now; None where one cannot be read.

        Only those are opened whose size or time of change is new.
        """
        started = time.time_ns()
        contents = self._do(lambda connection: [_noted(connection, record) for record in records])
        unknown = [row for row, content in enumerate(contents) if content is None]
        digests = digest_images([records[row].painting for row in unknown])
        for batch in in_batches(zip(unknown, digests, strict=True), BATCH):
            for row, content in batch:
                contents[row] = content
            readable = [(records[row], content) for row, content in batch if content]
            notes = [
                (*_state(record), content) for record, content in readable if _is_settled(record, started)
            ]
            self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", notes)
        return contents

    def _write(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        def insert(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany(statement, rows)

        self._do(insert)

    def _do(self, job: Callable[[sqlite3.Connection], Result], retry: bool = True) -> Result:
        try:
            return job(self._open())
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            self.close()
            if retry and _is_damage(error):
                self._set_aside(error)
                return self._do(job, retry=False)
            raise CacheError(
                f"Embeddings cannot be kept in {self.file} ({error}); make room there, choose another folder "
                "with --home, or delete that file: what it holds can be made again."
            ) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.file, timeout=PATIENCE)
            self._connection.executescript(SCHEMA)
        return self._connection

    def _set_aside(self, error: Exception) -> None:
        aside = self.file.with_suffix(".damaged")
        logger.warning(
            "%s is damaged (%s); it is now %s and a new one is begun.", self.file, error, aside.name
        )
        with contextlib.suppress(OSError):
            for part in ("-wal", "-shm"):  # first, as they would be taken for the new file's
                self.file.with_name(self.file.name + part).unlink(missing_ok=True)
            self.file.replace(aside)


class NoCache:
    """Remembers nothing."""

    def recall(self, kind: Kind, contents: Sequence[Content | None], into: Vectors) -> Found:
        return np.zeros(len(into), bool)

    def keep(self, kind: Kind, contents: Iterable[Content], vectors: Vectors) -> None:
        pass

    def contents_of(self, records: Sequence[Record]) -> list[Content | None]:
        return [None] * len(records)


def _is_damage(error: Exception) -> bool:
    if isinstance(error, OSError):
        return False
    # damaged texts have no code; of a code the lower byte tells its kind
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in DAMAGE


def _pack(content: Content, vector: Vector) -> tuple[Content, bytes, int]:
    blob = vector.astype(FLOAT).tobytes()
    return content, blob, _checksum(content, blob)


def _unpack(content: Content, blob: object, checksum: object) -> Vector | None:
    if not isinstance(blob, bytes) or len(blob) % FLOAT.itemsize or checksum != _checksum(content, blob):
        return None
    return np.frombuffer(blob, FLOAT)


def _checksum(content: Content, blob: bytes) -> int:
    return zlib.crc32(blob, zlib.crc32(content))


def _state(record: Record) -> tuple[bytes, str]:
    """Where the picture is, and the state of the file."""
    painting = record.painting
    inside = f"\0{painting.inside}" if painting.inside else ""
    return os.fsencode(f"{painting.path.absolute()}{inside}"), record.fingerprint


def _noted(connection: sqlite3.Connection, record: Record) -> Content | None:
    query = "SELECT content FROM files WHERE path = ? AND fingerprint = ?"
    noted = connection.execute(query, _state(record)).fetchone()
    return noted[0] if noted and isinstance(noted[0], bytes) else None


def _is_settled(record: Record, now: int) -> bool:
    changed = record.fingerprint.rpartition("-")[2]
    return changed.isdecimal() and int(changed) < now - UNSETTLED
