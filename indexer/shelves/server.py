"""Builds as the collections of a Qdrant server, and the aliases that say which is served."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict

from qdrant_client import QdrantClient, models

from indexer.errors import IndexFormatError
from indexer.shelves.manifest import Manifest, read_manifest
from indexer.shelves.releases import Pointer
from indexer.store.base import Store
from indexer.store.server.connection import answering, connect
from indexer.store.server.settings import ServerSettings
from indexer.store.server.store import ServerStore


class ServerShelf:
    """The collections that begin with a prefix. Obeys `indexer.shelves.shelf.Shelf`.

    A build's collection is called by the prefix and its name, and its record is the collection's metadata.
    The aliases <prefix>-served and <prefix>-previous are the pointer; both are switched in one call.
    All methods raise ServerError where the server does not answer.
    """

    def __init__(self, client: QdrantClient, settings: ServerSettings) -> None:
        self._client = client
        self._settings = settings
        self._served = f"{settings.prefix}-served"
        self._previous = f"{settings.prefix}-previous"

    @classmethod
    def connect(cls, settings: ServerSettings) -> "ServerShelf":
        """Raises ServerError, within seconds, where the server does not answer as it should."""
        return cls(connect(settings), settings)

    @property
    def place(self) -> str:
        return self._settings.url

    def builds(self) -> list[Manifest]:
        with answering(self.place):
            names = [found.name for found in self._client.get_collections().collections]
        return [self._manifest(name) for name in sorted(names) if name.startswith(self._collection(""))]

    @contextmanager
    def create(self, manifest: Manifest) -> Iterator[Store]:
        yield ServerStore.create(
            self._client,
            self._settings,
            self._collection(manifest.build),
            {"look": manifest.look_size, "feeling": manifest.feeling_size},
            asdict(manifest),
        )

    def open(self, build: str) -> AbstractContextManager[Store]:
        return closing(self.lend(build))

    def lend(self, build: str) -> Store:
        return ServerStore.open(self._client, self.place, self._collection(build))

    def record(self, manifest: Manifest) -> None:
        with answering(self.place):
            self._client.update_collection(self._collection(manifest.build), metadata=asdict(manifest))

    def remove(self, build: str) -> None:
        with answering(self.place):
            self._client.delete_collection(self._collection(build))

    def pointer(self) -> Pointer | None:
        aliases = self._aliases()
        if self._served not in aliases:
            return None
        previous = aliases.get(self._previous)
        return Pointer(
            self._manifest(aliases[self._served]).build, self._manifest(previous).build if previous else None
        )

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

    def close(self) -> None:
        self._client.close()

    def _collection(self, build: str) -> str:
        return f"{self._settings.prefix}-{build}"

    def _aliases(self) -> Mapping[str, str]:
        """alias -> collection"""
        with answering(self.place):
            found = self._client.get_aliases().aliases
        return {alias.alias_name: alias.collection_name for alias in found}

    def _manifest(self, collection: str) -> Manifest:
        """The record of a collection, which an alias may have led to: its name tells nothing for certain."""
        with answering(self.place):
            metadata = self._client.get_collection(collection).config.metadata or {}
        where = f"{collection} at {self.place}"
        manifest = read_manifest(metadata, f"The metadata of {where}", f"the collection {where}")
        if self._collection(manifest.build) != collection:
            raise IndexFormatError(
                f"The collection {where} says that it is build {manifest.build}; remove it or point the "
                "aliases elsewhere."
            )
        return manifest


def _delete(alias: str) -> models.DeleteAliasOperation:
    return models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias))


def _create(alias: str, collection: str) -> models.CreateAliasOperation:
    return models.CreateAliasOperation(
        create_alias=models.CreateAlias(alias_name=alias, collection_name=collection)
    )
