"""A server under load takes up what is promoted: no request fails, and the answers change over."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient

from encoders.fake import FakeEncoder
from indexer.making.reindex import reindex
from indexer.shelves.folder import FolderShelf
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import promote, roll_back, the_served
from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.searcher import Searcher, served_build
from search_api.settings import Settings
from tests.building import index, store_of

ENCODERS = {encoder.name: encoder for encoder in (FakeEncoder("old"), FakeEncoder("new", seed=5))}
PATIENCE = 20.0


@pytest.fixture
def old(gallery: Path, shelf: FolderShelf) -> Manifest:
    """What is served at first, made with the old model."""
    return index(gallery, ENCODERS["old"], shelf).made


@pytest.fixture
def client(shelf: FolderShelf, old: Manifest) -> Iterator[TestClient]:
    desk = Desk(lambda: open_served(shelf), lambda: served_build(shelf))
    with TestClient(create_app(desk, Settings()), raise_server_exceptions=False) as client:
        yield client


def open_served(shelf: FolderShelf) -> Searcher:
    made = the_served(shelf)
    return Searcher(ENCODERS[made.model], shelf.lend(made.build), made)


def ask_until(done: Event, client: TestClient) -> Counter[tuple[int, str]]:
    """The statuses and models of all answers."""
    answers: Counter[tuple[int, str]] = Counter()
    while not done.is_set():
        response = client.get("/v1/search", params={"q": "melancholy Cubism"})
        answers[response.status_code, response.json()["release"]["model"]] += 1
    return answers


def wait_for(client: TestClient, model: str) -> None:
    """Until the server says that it serves this model."""
    end = time.monotonic() + PATIENCE
    while client.get("/health/ready").json()["release"]["model"] != model:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_no_request_fails_while_releases_change_back_and_forth(
    shelf: FolderShelf, old: Manifest, client: TestClient
) -> None:
    done = Event()
    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask_until, done, client) for _ in range(4)]
        new = reindex(old, ENCODERS["new"], shelf, serve=False).made
        promote(shelf, new)
        wait_for(client, "new")
        roll_back(shelf)
        wait_for(client, "old")
        done.set()
        answers = sum((one.result() for one in asking), Counter())
    assert answers.keys() == {(200, "old"), (200, "new")}
    assert (shelf.standing(old.build).in_use, shelf.standing(new.build).in_use) == (True, False)


def test_a_release_that_cannot_be_opened_leaves_the_one_before_in_place(
    shelf: FolderShelf, old: Manifest, client: TestClient
) -> None:
    new = reindex(old, ENCODERS["new"], shelf, serve=False).made
    (store_of(shelf, new) / "edge_config.json").rename(shelf.papers(new.build) / "aside")
    promote(shelf, new)
    time.sleep(1.0)
    assert client.get("/v1/search", params={"q": "calm"}).json()["release"]["model"] == "old"


def test_a_pointer_that_is_damaged_leaves_the_release_in_place(
    shelf: FolderShelf, client: TestClient
) -> None:
    (shelf.home.index / "served.json").write_text("{")
    time.sleep(1.0)
    assert client.get("/v1/search", params={"q": "calm"}).status_code == 200
