"""Finding files below a folder by the endings of their names."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from indexer.errors import SourceError


def names_below(root: Path, suffixes: Collection[str]) -> Iterator[tuple[Path, list[str]]]:
    """Every folder at and below `root` with the names in it that end so, in small letters; no hidden ones.

    Links to folders are followed; a folder that is reached in two ways is entered once.

    Raises:
        SourceError: a folder cannot be listed.
    """
    endings = tuple(suffixes)
    entered: set[str] = set()
    for folder, subfolders, names in os.walk(root, onerror=_refuse, followlinks=True):
        real = os.path.realpath(folder)
        if real in entered:
            subfolders.clear()
            continue
        entered.add(real)
        subfolders[:] = sorted(name for name in subfolders if not is_hidden(name))
        yield Path(folder), sorted(n for n in names if n.lower().endswith(endings) and not is_hidden(n))


def files_at(path: Path, suffixes: Collection[str]) -> Iterator[Path]:
    """The files below a folder that end so, in order; of a file, the file itself.

    Raises:
        SourceError: a folder cannot be listed.
    """
    if not path.is_dir():
        yield path
        return
    for folder, names in names_below(path, suffixes):
        yield from (folder / name for name in names)


def is_hidden(name: str) -> bool:
    """Whether a file or folder is none of the collection's own."""
    return name.startswith(".") or name == "__MACOSX"


def _refuse(error: OSError) -> None:
    raise SourceError(
        f"{error.filename} cannot be listed ({error.strerror}); mend its rights or move it away."
    )
