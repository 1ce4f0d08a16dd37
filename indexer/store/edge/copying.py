"""Copying a store: much of its files is holes, room that the engine took and has not written to yet."""

import os
import shutil
from pathlib import Path

BLOCK = 2**16
HOLE = bytes(BLOCK)


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder into a new one that takes no more of the disk: blocks of zeros become holes."""
    shutil.copytree(source, target, copy_function=_copy_sparsely)


def _copy_sparsely(source: str, target: str) -> None:
    with Path(source).open("rb") as file, Path(target).open("wb") as copy:
        while block := file.read(BLOCK):
            if block == HOLE[: len(block)]:
                copy.seek(len(block), os.SEEK_CUR)
            else:
                copy.write(block)
        copy.truncate()  # to where it stands: a hole at the end counts too
