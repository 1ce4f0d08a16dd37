"""Builds as the collections of a Qdrant server, and the aliases that say which is served."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from qdrant_client import QdrantClient, models

from encoders.home import Home
from indexer.errors import IndexFormatError, IndexNotFoundError
from indexer.shelves.manifest import Manifest, read_manifest
from indexer.shelves.shelf import Damaged, Pointer, Standing
from indexer.store.base import Store
from indexer.store.server.connection import answering, connect
from indexer.store.server.settings import ServerSettings
from indexer.store.server.store import ServerStore

DAY = timedelta(days=1)


class ServerShelf:
    """The collections that begin with a prefix. Obeys `indexer.shelves.shelf.Shelf`.

    A build's collection is called by the prefix and its name, and its record is the collection's metadata.
    The aliases <prefix>-served and <prefix>-previous are the pointer; both are switched in one call.
    The papers of a build are in the home that made or copied it, below index/servers; the server has none.
    Nobody can say who has a collection open: one that is unfinished counts as in use for a day.
    All methods raise ServerError where the server does not answer.
    """

    def __init__(self, client: QdrantClient, settings: ServerSettings, home: Home) -> None:
        self._client = client
        self._settings = settings
        self._home = home
        self._prefix = f"{settings.prefix}-"
        self._served = f"{self._prefix}served"
        self._previous = f"{self._prefix}previous"
        host = quote(urlsplit(settings.url).netloc, safe="")
        self._papers = home.index / "servers" / f"{host}-{settings.prefix}"

    @classmethod
    def connect(cls, settings: ServerSettings, home: Home) -> "ServerShelf":
        """Raises ServerError, within seconds, where the server does not answer as it should."""
        return cls(connect(settings), settings, home)

    @property
    def place(self) -> str:
        return self._settings.url

    @property
    def option(self) -> str:
        return f" --store {self.place}"

    @property
    def home(self) -> Home:
        return self._home

    def builds(self) -> list[Manifest]:
        return [record for record in self._records() if isinstance(record, Manifest)]

    def damaged(self) -> list[Damaged]:
        return [record for record in self._records() if isinstance(record, Damaged)]

    def standing(self, build: str) -> Standing:
        return Standing(self._where(build), None, self._may_be_filled(build), None)

    def papers(self, build: str) -> Path:
        return self._papers / build

    @contextmanager
    def create(self, manifest: Manifest) -> Iterator[Store]:
        yield ServerStore.create(
            self._client,
            self._settings,
            self._collection(manifest.build),
            {"look": manifest.look_size, "feeling": manifest.feeling_size},
            manifest.quantization,
            asdict(manifest),
        )

    def open(self, build: str, *, shared: bool = False) -> AbstractContextManager[Store]:
        return closing(self.lend(build))  # always shared: a server knows no holders

    def lend(self, build: str) -> ServerStore:
        return ServerStore.open(self._client, self.place, self._collection(build))

    def record(self, manifest: Manifest) -> None:
        with answering(self.place):
            self._client.update_collection(self._collection(manifest.build), metadata=asdict(manifest))

    def remove(self, build: str) -> None:
        with answering(self.place):
            self._client.delete_collection(self._collection(build))
        shutil.rmtree(self.papers(build), ignore_errors=True)

    def pointer(self) -> Pointer | None:
        aliases = self._aliases()
        if self._served not in aliases:
            return None
        previous = aliases.get(self._previous)
        return Pointer(self._build(aliases[self._served]), self._build(previous) if previous else None)

    def point(self, pointer: Pointer) -> None:
        wanted = {self._served: pointer.build}
        if pointer.previous:
            wanted[self._previous] = pointer.previous
        old = self._aliases().keys() & {self._served, self._previous}
        with answering(self.place):
            self._client.update_collection_aliases(
                [
                    *(_delete(alias) for alias in sorted(old)),
                    *(_create(alias, self._collection(build)) for alias, build in wanted.items()),
                ]
            )

    def tidy(self) -> None:
        """Remove the papers of builds that were removed elsewhere."""
        there = {self._build(name) for name in self._collections()}
        for folder in self._papers.glob("*"):
            if folder.name not in there:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        self._client.close()

    def _collection(self, build: str) -> str:
        return f"{self._prefix}{build}"

    def _build(self, collection: str) -> str:
        """The name of the build that a collection is of, if it is of any; its record must confirm it."""
        return collection.removeprefix(self._prefix)

    def _where(self, build: str) -> str:
        return f"the collection {self._collection(build)} at {self.place}"

    def _collections(self) -> list[str]:
        with answering(self.place):
            names = [found.name for found in self._client.get_collections().collections]
        return sorted(name for name in names if name.startswith(self._prefix))

    def _may_be_filled(self, build: str) -> bool:
        try:
            made = self._read(build)
        except (IndexNotFoundError, IndexFormatError):
            return False
        return not made.finished and datetime.now(UTC) - datetime.fromisoformat(made.created) < DAY

    def _aliases(self) -> Mapping[str, str]:
        """alias -> collection"""
        with answering(self.place):
            found = self._client.get_aliases().aliases
        return {alias.alias_name: alias.collection_name for alias in found}

    def _records(self) -> Iterator[Manifest | Damaged]:
        for collection in self._collections():
            build = self._build(collection)
            try:
                yield self._read(build)
            except IndexNotFoundError:  # removed meanwhile
                continue
            except IndexFormatError as error:
                yield Damaged(build, str(error))

    def _read(self, build: str) -> Manifest:
        with answering(self.place):
            metadata = self._client.get_collection(self._collection(build)).config.metadata or {}
        where = self._where(build)
        manifest = read_manifest(metadata, f"The metadata of {where}", where)
        if manifest.build != build:
            raise IndexFormatError(f"{where} says that it is build {manifest.build}; remove it.")
        return manifest


def _delete(alias: str) -> models.DeleteAliasOperation:
    return models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias))


def _create(alias: str, collection: str) -> models.CreateAliasOperation:
    return models.CreateAliasOperation(
        create_alias=models.CreateAlias(alias_name=alias, collection_name=collection)
    )
