"""Builds in the folders of a home."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager

from encoders.home import Home
from indexer.shelves.builds import builds_folder, find_build, list_builds, remove, store_folder
from indexer.shelves.manifest import MANIFEST, Manifest, save_manifest
from indexer.shelves.opening import open_build
from indexer.shelves.releases import Pointer, read_pointer, write_pointer
from indexer.store.base import Store
from indexer.store.edge import EdgeStore


class FolderShelf:
    """The index of a home. Obeys `indexer.shelves.shelf.Shelf`."""

    def __init__(self, home: Home) -> None:
        self._home = home

    @property
    def place(self) -> str:
        return str(self._home.path)

    def builds(self) -> list[Manifest]:
        return [build.manifest for build in list_builds(self._home)]

    @contextmanager
    def create(self, manifest: Manifest) -> Iterator[Store]:
        folder = builds_folder(self._home) / manifest.build
        if not (folder / MANIFEST).exists():  # what is left of a copy that was killed as it began
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with closing(
            EdgeStore.create(store_folder(folder), manifest.look_size, manifest.feeling_size)
        ) as store:
            save_manifest(manifest, folder)
            yield store

    def open(self, build: str) -> AbstractContextManager[Store]:
        return open_build(find_build(self._home, build))

    def lend(self, build: str) -> Store:
        return EdgeStore.open(find_build(self._home, build).store)

    def record(self, manifest: Manifest) -> None:
        save_manifest(manifest, builds_folder(self._home) / manifest.build)

    def remove(self, build: str) -> None:
        for found in list_builds(self._home):
            if found.name == build:
                remove(found)

    def pointer(self) -> Pointer | None:
        return read_pointer(self._home)

    def point(self, pointer: Pointer) -> None:
        write_pointer(self._home, pointer)

    def close(self) -> None:
        pass
