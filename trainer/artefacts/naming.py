"""Names of models: what a folder can be called, is not called yet, and nobody else is about to call it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from encoders.home import Home
from trainer.errors import TrainingError

PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
MOST = 100_000


@contextmanager
def claim_name(home: Home, backbone: str, name: str | None, overwrite: bool) -> Iterator[str]:
    """Keep a name for the block: the wanted one or, for None, the backbone's with the next free number.

    The system frees it when the process ends, however it ends.

    Raises:
        TrainingError: the name is no folder's, a model has it and may not be replaced, or another process is
            training a model of this name.
    """
    home.runs.mkdir(parents=True, exist_ok=True)
    for candidate in _numbered(backbone) if name is None else (name,):
        if name is None and (home.models / candidate).exists():
            continue
        check_name(home, candidate, overwrite)
        lock = FileLock(home.runs / f"{candidate}.lock")
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            if name is None:
                continue
            raise TrainingError(
                f"Another process is training {name!r}; wait until it is done or choose another --name."
            ) from error
        try:
            yield candidate
        finally:
            lock.release()
        return


def _numbered(backbone: str) -> Iterator[str]:
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(backbone).name).strip("-.") or "model"
    return (f"{stem}-{number}" for number in range(1, MOST))


def check_name(home: Home, name: str, overwrite: bool) -> None:
    """Refuse early what `claim_name` would refuse.

    Raises:
        TrainingError: the name is no folder's, or a model has it and may not be replaced.
    """
    if not re.fullmatch(PATTERN, name):
        raise TrainingError(
            f"The name {name[:40]!r} cannot be a folder's; use letters, digits, dots, dashes and underscores."
        )
    if (home.models / name).exists() and not overwrite:
        raise TrainingError(
            f"A model {name!r} is already in {home.models}; "
            "choose another --name or replace it with --overwrite."
        )
