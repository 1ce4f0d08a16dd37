"""Writing so that a reader sees either the old content or the new, whatever moment a process is killed at."""

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace a file's content in one step; its folder must exist.

    Raises:
        OSError: the disk is full or the place is not writable; the old content is then untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def folder_atomically(path: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; it becomes `path` when the block ends well, replacing what was there.

    What was there is moved aside first and removed last, so that a failure never leaves less than before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    former = path.with_name(f".{path.name}.former")
    unfinished.mkdir()
    try:
        yield unfinished
        if former.exists():
            shutil.rmtree(former)
        if path.exists():
            path.rename(former)
        unfinished.rename(path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)
