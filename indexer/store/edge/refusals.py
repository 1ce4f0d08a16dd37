"""What the embedded engine refuses or cannot survive, in errors of one sentence."""

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from encoders.errors import MoodseumError
from indexer.errors import IndexBusyError, IndexFormatError
from indexer.store.holder import holder_of

PANIC = "PanicException"  # what a damaged segment makes of the engine; no Exception, and not to be imported
LOCKED = "WouldBlock"
SYSTEM_ERROR = re.compile(r"\(os error (\d+)\)")
NO_DAMAGE = frozenset((errno.EACCES, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EROFS))
RESERVE = 128 * 2**20


def require_room(folder: Path, size: int) -> None:
    """Raise OSError in time: on a full disk the engine's memory maps would kill the process wordlessly."""
    if shutil.disk_usage(folder).free < size + RESERVE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what goes wrong while the engine reads or writes a store.

    Raises:
        IndexBusyError: another process has it open.
        IndexFormatError: it is damaged.
        OSError: the system refused.
    """
    try:
        yield
    except BaseException as error:  # the engine raises nothing more exact
        if not isinstance(error, Exception) and type(error).__name__ != PANIC:
            raise
        raise _explain(path, str(error)) from error


def _explain(path: Path, reason: str) -> MoodseumError | OSError:
    if LOCKED in reason:
        holder = holder_of(path) or "Another process"
        return IndexBusyError(
            f"{holder} has the index in {path} open; wait until it has ended, stop it, "
            "or, if it is `moodseum serve`, ask it over HTTP."
        )
    refused = SYSTEM_ERROR.search(reason)
    if refused and (number := int(refused[1])) in NO_DAMAGE:
        return OSError(number, os.strerror(number), str(path))
    return IndexFormatError(
        f"The index in {path} is damaged ({reason}); remove it and run `moodseum index build` again."
    )
