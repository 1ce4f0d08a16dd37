"""Names of models: what a folder can be called and is not called yet."""

import re
from pathlib import Path

from encoders.home import Home
from trainer.errors import TrainingError

PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"


def choose_name(home: Home, backbone: str, name: str | None, overwrite: bool) -> str:
    """The wanted name, if it can be had; None takes the backbone's with the next free number.

    Raises:
        TrainingError: the name is no folder's, or a model has it and may not be replaced.
    """
    if name is None:
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(backbone).name).strip("-.") or "model"
        return next(n for n in (f"{stem}-{i}" for i in range(1, 100_000)) if not (home.models / n).exists())
    if not re.fullmatch(PATTERN, name):
        raise TrainingError(
            f"The name {name[:40]!r} cannot be a folder's; use letters, digits, dots, dashes and underscores."
        )
    if (home.models / name).exists() and not overwrite:
        raise TrainingError(
            f"A model {name!r} is already in {home.models}; "
            "choose another --name or replace it with --overwrite."
        )
    return name
