"""A server of eight paintings, asked in process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.settings import Settings
from tests.small_index import SmallIndex, make_small_index


@pytest.fixture
def index(tmp_path: Path) -> SmallIndex:
    return make_small_index(tmp_path)


@pytest.fixture
def client(index: SmallIndex) -> Iterator[TestClient]:
    app = create_app(Desk(lambda: index.searcher), Settings(upload_mb=1, upload_megapixels=1))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def first(index: SmallIndex) -> str:
    """The address of the first painting."""
    return f"/v1/paintings/{index.paintings[0].id}"
