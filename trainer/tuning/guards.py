"""What can go wrong around a folder: somebody else at work in it, a full disk."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout
from safetensors import SafetensorError

from trainer.errors import TrainingError

LOCK = "at_work.lock"


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep others from tuning in the folder; the system frees it when the process ends, however it ends.

    Raises:
        TrainingError: somebody else is at work there.
    """
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise TrainingError(
            f"Another process is tuning in {folder}; wait until it is done, or end it to start again."
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def told_simply(folder: Path) -> Iterator[None]:
    """One sentence for what torch and safetensors raise where disk or memory is full.

    Raises:
        TrainingError: instead.
    """
    try:
        yield
    except (RuntimeError, SafetensorError) as error:
        raise TrainingError(
            f"Tuning in {folder} stopped ({str(error).splitlines()[0]}); if disk or memory was too small, "
            "make room and run the same command again to go on from the last checkpoint."
        ) from error
