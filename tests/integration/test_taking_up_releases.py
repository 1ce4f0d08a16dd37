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
from encoders.home import Home
from indexer.making.reindex import reindex
from indexer.shelves.releases import promote, roll_back, the_served
from indexer.store.edge import EdgeStore
from indexer.store.holder import is_held
from search_api.app import create_app
from search_api.desk import Desk
from search_api.searcher import Searcher, served_build
from search_api.settings import Settings
from tests.building import index, paint_noise

ENCODERS = {encoder.name: encoder for encoder in (FakeEncoder("old"), FakeEncoder("new", seed=5))}
PATIENCE = 20.0


@pytest.fixture
def home(quick_folder: Path) -> Home:
    """A home whose gallery is served with the old model."""
    home = Home(quick_folder / "home")
    index(paint_noise(quick_folder / "gallery"), ENCODERS["old"], home)
    return home


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    desk = Desk(lambda: open_served(home), lambda: served_build(home))
    with TestClient(create_app(desk, Settings()), raise_server_exceptions=False) as client:
        yield client


def open_served(home: Home) -> Searcher:
    release = the_served(home)
    return Searcher(ENCODERS[release.model], EdgeStore.open(release.build.store), release.build.manifest)


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


def test_no_request_fails_while_releases_change_back_and_forth(home: Home, client: TestClient) -> None:
    old = the_served(home).build
    done = Event()
    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask_until, done, client) for _ in range(4)]
        new = reindex(old, ENCODERS["new"], home, serve=False).build
        promote(home, new)
        wait_for(client, "new")
        roll_back(home)
        wait_for(client, "old")
        done.set()
        answers = sum((one.result() for one in asking), Counter())
    assert answers.keys() == {(200, "old"), (200, "new")}
    assert (is_held(old.store), is_held(new.store)) == (True, False)


def test_a_release_that_cannot_be_opened_leaves_the_one_before_in_place(
    home: Home, client: TestClient
) -> None:
    new = reindex(the_served(home).build, ENCODERS["new"], home, serve=False).build
    (new.store / "edge_config.json").rename(new.folder / "aside")
    promote(home, new)
    time.sleep(1.0)
    assert client.get("/v1/search", params={"q": "calm"}).json()["release"]["model"] == "old"


def test_a_pointer_that_is_damaged_leaves_the_release_in_place(home: Home, client: TestClient) -> None:
    (home.index / "served.json").write_text("{")
    time.sleep(1.0)
    assert client.get("/v1/search", params={"q": "calm"}).status_code == 200
