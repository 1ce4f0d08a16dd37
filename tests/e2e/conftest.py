"""A small gallery, served, and a browser before it."""

import threading
from collections.abc import Iterator

import pytest
import uvicorn

from encoders.home import Home
from indexer.viewers import Voices, save_viewers
from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.http.listening import listen
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.e2e.browser import CHROMIUM, Page, open_page
from tests.records import manifest_of
from tests.small_index import SmallIndex, make_small_index

SAID = Voices({"contentment": 3, "awe": 1})


@pytest.fixture(scope="package")
def index(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    return make_small_index(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="package")
def address(index: SmallIndex, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of eight paintings, of which viewers have seen one, on a free port."""
    home = Home(tmp_path_factory.mktemp("home"))
    viewers = save_viewers(home, [(index.paintings[0].id, SAID)])
    searcher = Searcher(index.encoder, index.store, manifest_of(index.encoder), viewers=viewers)
    app = create_app(Desk(lambda: searcher), Settings())
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener.socket]})
        thread.start()
        yield listener.address
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with open_page(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(browser: Page) -> Iterator[Page]:
    """At the width of a desk's screen; nothing may fail unseen, or against the content security policy."""
    browser.resize(1280)
    yield browser
    assert browser.read("faults") == []
