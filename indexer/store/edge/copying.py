"""Copying a store: much of its files is holes, room that the engine took and has not written to yet."""

import os
import shutil
from pathlib import Path

BLOCK = 2**16
HOLE = bytes(BLOCK)
SECTOR = 512


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder into a new one that takes no more of the disk: blocks of zeros become holes."""
    shutil.copytree(source, target, copy_function=_copy_sparsely)


def size_on_disk(folder: Path) -> int:
    """What a folder's files take of the disk, in bytes; less than their length where they have holes."""
    return sum(_size(file) for file in folder.rglob("*"))


def _size(file: Path) -> int:
    """0 once it is gone."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return 0
    return state.st_blocks * SECTOR if hasattr(state, "st_blocks") else state.st_size


def _copy_sparsely(source: str, target: str) -> None:
    with Path(source).open("rb") as file, Path(target).open("wb") as copy:
        while block := file.read(BLOCK):
            if block == HOLE[: len(block)]:
                copy.seek(len(block), os.SEEK_CUR)
            else:
                copy.write(block)
        copy.truncate()  # to where it stands: a hole at the end counts too
