"""Writing so that a reader sees either the old content or the new."""

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from encoders.errors import OutputError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace a file's content in one step; its folder must exist.

    Raises:
        OSError: the disk is full or the place is not writable; the old content is then untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    with file_atomically(path) as unfinished, unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def require_place(file: Path) -> None:
    """Find out whether a file can be written, before anything is worked out for it.

    Raises:
        OutputError: it is a folder, its own folder is missing, or nobody may write there.
    """
    if file.is_dir():
        raise OutputError(f"{file} is a folder; give a file.")
    if not file.parent.is_dir():
        raise OutputError(f"There is no folder {file.parent} for {file.name}; make it or give another file.")
    try:
        with TemporaryFile(dir=file.parent):
            pass
    except OSError as error:
        raise OutputError(
            f"{file} cannot be written ({error.strerror}); give a file in a folder that you own."
        ) from error


@contextlib.contextmanager
def file_atomically(path: Path) -> Iterator[Path]:
    """Yield a place, with the same ending, for a file that becomes `path` when the block ends well."""
    unfinished = path.with_name(f".{path.stem}.{uuid.uuid4().hex}{path.suffix}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def folder_atomically(path: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; it becomes `path` when the block ends well, replacing what was there.

    A failure leaves what was there. To replace a folder takes two renames: a process that is killed just
    between them leaves it under the name `.NAME.former`, from where the next writer takes it back first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    former = path.with_name(f".{path.name}.former")
    _take_back(former, path)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    unfinished.mkdir()
    try:
        yield unfinished
        if path.exists():
            path.rename(former)
        unfinished.rename(path)
    finally:
        _take_back(former, path)
        shutil.rmtree(unfinished, ignore_errors=True)


def _take_back(former: Path, path: Path) -> None:
    if path.exists():
        _remove(former)
    elif former.exists():
        former.rename(path)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)
