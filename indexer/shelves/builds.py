"""Builds side by side, each in a folder of its own.

index/builds/<build>/
    manifest.json      what it was made of and with; without it the folder is no build
    store/             the points
    models/<model>/    the model it was made with, as it was then
    skipped.csv, remarks.csv
"""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from encoders.home import Home
from indexer.errors import IndexNotFoundError
from indexer.shelves.manifest import MANIFEST, Manifest, load_manifest

DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Build:
    """One index in its folder, finished or not."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.manifest.build

    @property
    def store(self) -> Path:
        """Where its points are."""
        return store_folder(self.folder)


def builds_folder(home: Home) -> Path:
    """Where a home keeps its builds."""
    return home.index / "builds"


def store_folder(build: Path) -> Path:
    """Where a build's folder keeps its points."""
    return build / "store"


def new_folder(home: Home, name: str) -> Path:
    """Make an empty folder for a build, called by the name or, where that is taken, by name and number."""
    parent = builds_folder(home)
    parent.mkdir(parents=True, exist_ok=True)
    folder, number = parent / name, 1
    while True:
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
            folder = parent / f"{name}-{number}"
        else:
            return folder


def list_builds(home: Home) -> list[Build]:
    """All builds, finished or not, oldest first.

    Raises:
        IndexFormatError: the record of one of them cannot be read.
    """
    folders = sorted(manifest.parent for manifest in builds_folder(home).glob(f"*/{MANIFEST}"))
    return [Build(folder, load_manifest(folder)) for folder in folders]


def find_build(home: Home, name: str | None = None) -> Build:
    """The finished build of this name, or the newest.

    Raises:
        IndexNotFoundError: there is none, or it is not finished; the message names those there are.
    """
    finished = [build for build in list_builds(home) if build.manifest.finished]
    found = [build for build in finished if name in (None, build.name)]
    if not found:
        names = ", ".join(build.name for build in finished) or "none yet"
        raise IndexNotFoundError(
            f"There is no finished build {name or ''} in {builds_folder(home)} (there: {names}); "
            "name one of these or run `moodseum index build --paintings DIR`."
        )
    return found[-1]


def remove(build: Build) -> None:
    """Remove a build; one that is removed by half is no build any more, but a leftover."""
    (build.folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(build.folder, ignore_errors=True)


def remove_leftovers(home: Home) -> None:
    """Remove what killed runs left beside the builds: folders that have been without a manifest for a day.

    A run gives its build one at once; what it copied of other builds it holds open and can lose.
    """
    for folder in builds_folder(home).glob("*"):
        if not (folder / MANIFEST).exists() and time.time() - folder.stat().st_mtime > DAY:
            shutil.rmtree(folder, ignore_errors=True)
