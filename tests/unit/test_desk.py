import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from encoders.fake import FakeEncoder
from indexer.errors import IndexNotFoundError
from indexer.store.memory import MemoryStore
from search_api.http.desk import Desk
from search_api.searcher import Searcher
from tests.records import manifest_of


class Pulpit:
    """Promotes builds by name, and remembers which of their stores were opened and closed."""

    def __init__(self) -> None:
        self.served: str | None = "one"
        self.opened: list[str] = []
        self.closed: list[str] = []
        self.broken = False
        self.desk = Desk(self.open, lambda: self.served)

    def open(self) -> Searcher:
        if self.broken or self.served is None:
            raise IndexNotFoundError("not yet")
        name = self.served
        self.opened.append(name)
        encoder = FakeEncoder()
        store = WatchedStore(encoder.look_size, encoder.feeling_size)
        store.at_closing = lambda: self.closed.append(name)
        return Searcher(encoder, store, replace(manifest_of(encoder), build=name))


class WatchedStore(MemoryStore):
    at_closing = staticmethod(lambda: None)

    def close(self) -> None:
        self.at_closing()


@pytest.fixture
def pulpit() -> Pulpit:
    return Pulpit()


def borrowed(desk: Desk) -> str:
    with desk.searcher() as searcher:
        return searcher.release.build


def test_one_searcher_is_opened_for_all(pulpit: Pulpit) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: borrowed(pulpit.desk), range(32))) == {"one"}
    assert (pulpit.opened, pulpit.closed) == (["one"], [])


def test_opening_is_tried_again_by_each_who_asks_until_it_succeeds(pulpit: Pulpit) -> None:
    pulpit.broken = True
    for _ in range(2):
        with pytest.raises(IndexNotFoundError):
            borrowed(pulpit.desk)
    assert pulpit.desk.refresh() is None
    pulpit.broken = False
    assert borrowed(pulpit.desk) == "one"


def test_while_nothing_else_is_promoted_nothing_is_opened(pulpit: Pulpit) -> None:
    pulpit.desk.open()
    assert pulpit.desk.refresh() is None
    pulpit.served = None
    assert pulpit.desk.refresh() is None
    assert (borrowed(pulpit.desk), pulpit.opened) == ("one", ["one"])


def test_what_is_promoted_replaces_what_was_served(pulpit: Pulpit) -> None:
    pulpit.desk.open()
    pulpit.served = "two"
    release = pulpit.desk.refresh()
    assert release is not None
    assert release.build == "two"
    assert (borrowed(pulpit.desk), pulpit.closed) == ("two", ["one"])


def test_who_borrowed_the_former_keeps_it_open_until_giving_it_back(pulpit: Pulpit) -> None:
    with pulpit.desk.searcher() as first, pulpit.desk.searcher() as second:
        pulpit.served = "two"
        pulpit.desk.refresh()
        assert borrowed(pulpit.desk) == "two"
        assert (first, pulpit.closed) == (second, [])
    assert pulpit.closed == ["one"]


def test_what_cannot_be_opened_leaves_the_former_in_place(pulpit: Pulpit) -> None:
    pulpit.desk.open()
    pulpit.served, pulpit.broken = "two", True
    with pytest.raises(IndexNotFoundError):
        pulpit.desk.refresh()
    assert (borrowed(pulpit.desk), pulpit.closed) == ("one", [])
    pulpit.broken = False
    assert pulpit.desk.refresh() is not None
    assert borrowed(pulpit.desk) == "two"


def test_nobody_waits_while_another_is_opened(pulpit: Pulpit) -> None:
    pulpit.desk.open()
    opening, go_on = threading.Event(), threading.Event()

    def open_slowly() -> Searcher:
        opening.set()
        go_on.wait(10)
        return pulpit.open()

    slow = Desk(open_slowly, lambda: pulpit.served)
    go_on.set()
    slow.open()
    opening.clear()
    go_on.clear()
    pulpit.served = "two"
    with ThreadPoolExecutor(1) as threads:
        refreshing = threads.submit(slow.refresh)
        assert opening.wait(10)
        assert borrowed(slow) == "one"
        go_on.set()
        assert refreshing.result() is not None
    assert borrowed(slow) == "two"


def test_closing_waits_for_who_has_it(pulpit: Pulpit) -> None:
    with pulpit.desk.searcher():
        pulpit.desk.close()
        assert pulpit.closed == []
    pulpit.desk.close()
    assert pulpit.closed == ["one"]
