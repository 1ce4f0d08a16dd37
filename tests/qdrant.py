"""Qdrant servers for tests: the client's in-memory mode, and a real one where an address is given."""

import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from qdrant_client import QdrantClient

from indexer.store.base import Space, Store
from indexer.store.server.connection import connect
from indexer.store.server.settings import ServerSettings
from indexer.store.server.store import ServerStore

REAL = "MOODSEUM_TEST_QDRANT_URL"
LOCAL = ServerSettings("http://in-memory")
SERVERS = ("local_mode", "server") if REAL in os.environ else ("local_mode",)
QUIET = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact"),
    pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection"),
]


def local_client() -> QdrantClient:
    """A server within this process: it has no payload indexes and compares with all."""
    return QdrantClient(":memory:")


@contextmanager
def real_server() -> Iterator[tuple[QdrantClient, ServerSettings]]:
    """The server that MOODSEUM_TEST_QDRANT_URL names, with a prefix of its own for what is made there."""
    settings = ServerSettings(
        os.environ[REAL], os.environ.get("QDRANT_API_KEY"), prefix=f"test_{uuid.uuid4().hex}"
    )
    client = connect(settings)
    try:
        yield client, settings
    finally:
        for collection in client.get_collections().collections:
            if collection.name.startswith(settings.prefix):
                client.delete_collection(collection.name)
        client.close()


@contextmanager
def server_stores(
    client: QdrantClient, settings: ServerSettings, sizes: Mapping[Space, int]
) -> Iterator[Callable[[], Store]]:
    """What makes new, empty stores on a server; it holds one at a time."""
    made: list[str] = []

    def create() -> Store:
        for name in made:
            client.delete_collection(name)
        made[:] = [f"{settings.prefix}-{uuid.uuid4().hex}"]
        return ServerStore.create(client, settings, made[0], sizes, "none", {})

    yield create
