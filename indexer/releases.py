"""Builds side by side, and the pointer to the one that is served.

index/
    builds/<build>/    manifest.json, skipped.csv, store/
    served.json        the pointer, replaced in one step
"""

import json
import shlex
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from encoders.encoder import Encoder
from encoders.files import write_atomically
from encoders.home import Home
from indexer.errors import IndexFormatError, IndexNotFoundError, ModelMismatchError
from indexer.manifest import MANIFEST, Manifest, load_manifest

POINTER = "served.json"
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


@dataclass(frozen=True, slots=True)
class Release:
    """The pair that is served: a model, by name, and the finished build that was made with it."""

    model: str
    build: Build


def builds_folder(home: Home) -> Path:
    """Where a home keeps its builds."""
    return home.index / "builds"


def store_folder(build: Path) -> Path:
    """Where a build's folder keeps its points."""
    return build / "store"


def list_builds(home: Home) -> list[Build]:
    """All builds, finished or not, oldest first.

    Raises:
        IndexFormatError: the record of one of them cannot be read.
    """
    folders = sorted(manifest.parent for manifest in builds_folder(home).glob(f"*/{MANIFEST}"))
    return [Build(folder, load_manifest(folder)) for folder in folders]


def remove_leftovers(home: Home) -> None:
    """Remove what killed runs left beside the builds: folders that have been without a manifest for a day.

    A run gives its build one at once; what it copied of other builds it holds open and can lose.
    """
    for folder in builds_folder(home).glob("*"):
        if not (folder / MANIFEST).exists() and time.time() - folder.stat().st_mtime > DAY:
            shutil.rmtree(folder, ignore_errors=True)


def served(home: Home) -> Release | None:
    """What is being served, if anything.

    Raises:
        IndexNotFoundError: the pointer names a build that is gone.
        IndexFormatError: the pointer or the build's record cannot be read.
    """
    name = _pointed_at(home)
    if name is None:
        return None
    folder = builds_folder(home) / name
    try:
        build = Build(folder, load_manifest(folder))
    except FileNotFoundError as error:
        raise IndexNotFoundError(
            f"The served build {name} is missing from {builds_folder(home)}; "
            "run `moodseum index build --paintings DIR` to make another."
        ) from error
    return Release(build.manifest.model, build)


def promote(home: Home, build: Build) -> None:
    """Serve a finished build from now on; the one served before is remembered for rolling back.

    Raises:
        ValueError: the build is not finished.
    """
    if not build.manifest.finished:
        raise ValueError(f"Build {build.name} is not finished and cannot be served.")
    pointer = {"build": build.name, "previous": _pointed_at(home)}
    write_atomically(home.index / POINTER, json.dumps(pointer, indent=2) + "\n")


def check_model(manifest: Manifest, encoder: Encoder) -> None:
    """Raise ModelMismatchError unless the build's vectors and the encoder's share one space."""
    asked = encoder.identity.space_id
    if asked != manifest.space_id:
        raise ModelMismatchError(
            f"Build {manifest.build} was made with model {manifest.model!r} (space {manifest.space_id}) and "
            f"cannot be searched with {encoder.name!r} (space {asked}); run "
            f"`moodseum index build --paintings {shlex.quote(manifest.source)} "
            f"--model {shlex.quote(encoder.name)}`."
        )


def _pointed_at(home: Home) -> str | None:
    path = home.index / POINTER
    try:
        return str(json.loads(path.read_text())["build"])
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise IndexFormatError(
            f"{path} is damaged ({error}); remove it and run `moodseum index build --paintings DIR`."
        ) from error
