"""Builds in the folders of a home.

index/served.json        the pointer: the served build and the one before it
index/builds/<build>/
    manifest.json        the record; without it the folder is no build
    store/               the points
    models/<model>/      the model it was made with, as it was then
    skipped.csv, remarks.csv
"""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from encoders.files import write_atomically
from encoders.home import Home
from indexer.errors import IndexBusyError, IndexFormatError
from indexer.shelves.manifest import MANIFEST, Manifest, load_manifest, save_manifest
from indexer.shelves.shelf import Damaged, Pointer, Standing
from indexer.store.base import Store
from indexer.store.edge import EdgeStore
from indexer.store.edge.copying import size_on_disk
from indexer.store.holder import Hold, holder_of, is_held

POINTER = "served.json"
HOUR = 60 * 60


class FolderShelf:
    """The index of a home. Obeys `indexer.shelves.shelf.Shelf`; nothing is created before it is written."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._builds = home.index / "builds"

    @property
    def place(self) -> str:
        return str(self._home.path)

    @property
    def option(self) -> str:
        return ""

    @property
    def home(self) -> Home:
        return self._home

    def builds(self) -> list[Manifest]:
        return [record for record in self._records() if isinstance(record, Manifest)]

    def damaged(self) -> list[Damaged]:
        return [record for record in self._records() if isinstance(record, Damaged)]

    def standing(self, build: str) -> Standing:
        store = self._store(build)
        size = size_on_disk(store)
        return Standing(str(self.papers(build)), size, is_held(store), holder_of(store))

    def papers(self, build: str) -> Path:
        return self._builds / build

    @contextmanager
    def create(self, manifest: Manifest) -> Iterator[Store]:
        self._builds.mkdir(parents=True, exist_ok=True)
        folder, store = self.papers(manifest.build), self._store(manifest.build)
        folder.mkdir()
        sizes = manifest.look_size, manifest.feeling_size
        with closing(EdgeStore.create(store, *sizes, quantization=manifest.quantization)) as points:
            save_manifest(manifest, folder)  # last, so that whatever has one can be opened
            yield points

    @contextmanager
    def open(self, build: str, *, shared: bool = False) -> Iterator[Store]:
        try:
            store = self._copy(build) if shared else closing(self.lend(build))
        except IndexBusyError:
            store = self._copy(build)
        with store as points:
            yield points

    def lend(self, build: str) -> EdgeStore:
        return EdgeStore.open(self._store(build))

    def record(self, manifest: Manifest) -> None:
        save_manifest(manifest, self.papers(manifest.build))

    def remove(self, build: str) -> None:
        folder = self.papers(build)
        (folder / MANIFEST).unlink(missing_ok=True)  # first: what is removed by half is no build any more
        shutil.rmtree(folder, ignore_errors=True)

    def pointer(self) -> Pointer | None:
        path = self._home.index / POINTER
        try:
            content = json.loads(path.read_text())
            previous = content.get("previous")
            return Pointer(str(content["build"]), str(previous) if previous else None)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexFormatError(
                f"{path} is damaged ({error}); remove it and serve a build with `moodseum index promote`."
            ) from error

    def point(self, pointer: Pointer) -> None:
        write_atomically(self._home.index / POINTER, json.dumps(asdict(pointer), indent=2) + "\n")

    def tidy(self) -> None:
        """Remove folders that have been without a manifest for an hour and are nobody's copy of a build.

        A run gives its build one at once.
        """
        for folder in self._builds.glob("*"):
            old = time.time() - folder.stat().st_mtime > HOUR
            if old and not (folder / MANIFEST).exists() and not is_held(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        pass

    def _store(self, build: str) -> Path:
        return self.papers(build) / "store"

    def _records(self) -> Iterator[Manifest | Damaged]:
        for path in sorted(self._builds.glob(f"*/{MANIFEST}")):
            try:
                yield self._read(path.parent)
            except FileNotFoundError:  # removed meanwhile
                continue
            except (IndexFormatError, OSError) as error:
                yield Damaged(path.parent.name, str(error))

    def _read(self, folder: Path) -> Manifest:
        manifest = load_manifest(folder)
        if manifest.build != folder.name:
            raise IndexFormatError(f"{folder} holds build {manifest.build}; give the folder that name again.")
        if not self._store(folder.name).is_dir():
            raise IndexFormatError(
                f"{self._store(folder.name)} is missing; remove {folder} and build the index again."
            )
        return manifest

    @contextmanager
    def _copy(self, build: str) -> Iterator[Store]:
        """A copy of a finished build, which nobody writes to any more; it is held while it is in use."""
        with TemporaryDirectory(prefix="copy-", dir=self._builds) as name, ExitStack() as stack:
            folder = Path(name)
            hold = Hold(folder)
            hold.take()
            stack.callback(hold.release)
            yield stack.enter_context(closing(EdgeStore.open_copy(self._store(build), folder / "store")))
