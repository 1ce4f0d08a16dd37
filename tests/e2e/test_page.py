"""The web page in a real browser, where one is installed."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from search_api.app import create_app
from search_api.desk import Desk
from search_api.listening import listen
from search_api.settings import Settings
from tests.small_index import make_small_index

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --virtual-time-budget=5000 --window-size=1000,1200
"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of eight paintings on a free port."""
    searcher = make_small_index(tmp_path_factory.mktemp("works")).searcher
    app = create_app(Desk(lambda: searcher), Settings())
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener.socket]})
        thread.start()
        yield listener.address
        server.should_exit = True
        thread.join()


@pytest.fixture
def visit(address: str, tmp_path: Path) -> Callable[[str], str]:
    """Open a page, let it run, and return its document."""

    def visit(place: str) -> str:
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [str(BROWSER), *QUIET.split(), profile, "--dump-dom", address + place]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    return visit


def test_an_address_with_a_question_shows_its_answer(visit: Callable[[str], str]) -> None:
    page = visit("/?q=quiet+Impressionist+paintings")
    assert "3 paintings, the nearest first" in page
    assert page.count("<h2>") == 3 + 1  # and the template's
    assert "<h2>Water [Lilies]</h2>" in page
    assert 'alt="Haystacks by Claude Monet"' in page
    for field, value in (("Feeling", "quiet"), ("Style", "Impressionism"), ("Left out", "paintings")):
        assert f"<dt>{field}</dt><dd>{value}</dd>" in page


def test_styles_of_the_answer_are_offered_as_filters(visit: Callable[[str], str]) -> None:
    page = visit("/?q=quiet")
    for style in ("Baroque", "Cubism", "Naive Art Primitivism", "Ukiyo-e"):
        assert f'aria-pressed="false">{style}</button>' in page
    assert 'aria-pressed="true">Cubism</button>' in visit("/?q=quiet&style=Cubism")


def test_a_refusal_is_shown_as_the_sentence_it_is(visit: Callable[[str], str]) -> None:
    page = visit("/?q=Impressionist+paintings")
    assert "class=\"problem\">The query 'Impressionist paintings' names no feeling" in page


def test_no_hits_are_told_with_what_was_understood(visit: Callable[[str], str]) -> None:
    page = visit("/?q=quiet+Monet&style=Cubism")
    assert "No painting passes these filters" in page
    assert "<dt>Artist</dt><dd>Claude Monet</dd>" in page


def test_markup_in_a_question_stays_text(visit: Callable[[str], str]) -> None:
    page = visit("/?q=sad%3Cimg+src%3Dx+onerror%3Ddocument.title%3D1%3E")
    assert "<dd>" in page
    assert "<img src=" not in page.split("<template")[0]
