"""Who has a store open: a record in its folder, as true as the lock that goes with it."""

import contextlib
import json
import os
import shlex
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from encoders.files import file_atomically

LOCK, RECORD = "holder.lock", "holder.json"
PATIENCE = 1.0
"""Seconds to wait for a lock that someone may be looking at."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has a store open; `since` is an ISO 8601 time."""

    process: int
    command: str
    since: str

    def __str__(self) -> str:
        return f"`{self.command}` (process {self.process}, since {self.since})"


class Hold:
    """Tells others, from taking to releasing, that this process has a store open.

    The operating system drops the lock of a process that dies, so a record without a lock is stale.
    Telling is a courtesy: where a file system takes no locks, nobody is told.
    """

    def __init__(self, store: Path) -> None:
        self._lock = _lock(store)
        self._record = store / RECORD

    def take(self) -> None:
        """Write the record."""
        command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
        holder = Holder(os.getpid(), command, datetime.now(UTC).isoformat(timespec="seconds"))
        with contextlib.suppress(Timeout, OSError):
            self._lock.acquire(timeout=PATIENCE)
            with file_atomically(self._record) as unfinished:  # need not outlast a failing machine
                unfinished.write_text(json.dumps(asdict(holder)) + "\n")

    def release(self) -> None:
        """Take the record away; releasing twice is harmless."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._record.unlink(missing_ok=True)
            self._lock.release()


def is_held(store: Path) -> bool:
    """Whether a process, be it this one, has the store open."""
    if not (store / LOCK).exists():
        return False
    try:
        with _lock(store).acquire(blocking=False):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def holder_of(store: Path) -> Holder | None:
    """Who has the store open; None where nobody has, or nobody could say so."""
    if not is_held(store):
        return None
    try:
        return Holder(**json.loads((store / RECORD).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _lock(store: Path) -> FileLock:
    # Not bound to a thread: a server may close in another than it opened in.
    return FileLock(store / LOCK, thread_local=False, fallback_to_soft=False)
