"""Asking a server over HTTP with 1, 8 and 32 clients, and where the time of a question goes."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import numpy as np

from encoders.backbone import Backbone, clip_modules
from encoders.home import Home
from encoders.hub import quietly
from encoders.model_folder import save_model
from encoders.vectors import unit
from encoders.words.emotions import vocabulary
from encoders.words.no_feelings import NO_FEELINGS
from indexer.making.new_build import Intake, begin, finish
from indexer.shelves.folder import FolderShelf
from indexer.shelves.kept_models import open_kept_model
from indexer.shelves.releases import promote, the_served
from search_api.schemas.parameters import SearchParameters
from search_api.schemas.searching import SearchSchema
from search_api.searcher import Searcher
from tests.benchmarks.cloud import WIDTH, blocks
from tests.benchmarks.random_model import random_model
from tests.benchmarks.timing import row
from tests.tiny_clip import write_clip

PAINTINGS = 80_000
CLIENTS = (1, 8, 32)
SECONDS = 4.0
QUESTIONS = 100
PATIENCE = 120.0
WORDS = ("serenity", "melancholy", "awe", "dread", "tenderness", "boredom", "joy", "longing", "rage", "calm")

_fresh = count()

KINDS: Mapping[str, Callable[[int], dict[str, str]]] = {
    "vocabulary words": lambda turn: {"q": WORDS[turn % len(WORDS)]},
    "new words": lambda turn: {"q": f"the mood of evening number {next(_fresh)}"},
    "filtered": lambda turn: {"q": WORDS[turn % len(WORDS)], "style": f"Style {turn % 9}"},
    "compound": lambda turn: {"q": f"{WORDS[turn % 10]} but not {WORDS[(turn + 3) % 10]}"},
}


def compare_serving(folder: Path) -> None:
    """Latencies and lost requests, then the shares of encoding, database and our own code."""
    print(
        f"\nServing: {PAINTINGS:,} paintings, CLIP of ViT-B/32's size with random weights, clients included"
    )
    shelf = synthetic_shelf(folder)
    with _server(shelf) as port:
        for kind in KINDS:
            for clients in CLIENTS:
                _load(port, kind, clients, SECONDS / 4)
                row(f"{kind}, {clients} clients", _told(*_load(port, kind, clients, SECONDS)))
    made = the_served(shelf)
    encoder, store = _Watch(open_kept_model(shelf, made)), _Watch(shelf.lend(made.build))
    with Searcher(encoder, store, made) as searcher:  # type: ignore[arg-type]
        for kind in KINDS:
            _shares(searcher, encoder, store, kind)
            row(f"{kind}, one question", _shares(searcher, encoder, store, kind))


def synthetic_shelf(folder: Path) -> FolderShelf:
    """A home that serves a synthetic build; its words have random vectors, which take no less time."""
    with quietly():
        backbone = Backbone("random", clip_modules(write_clip(folder / "clip", {}, {})))
    shelf, model = FolderShelf(Home(folder / "home")), random_model(backbone, 0)
    words = (*vocabulary(), *NO_FEELINGS)
    vectors = unit(np.random.default_rng(0).standard_normal((len(words), WIDTH)))
    place = shelf.home.models / model.name
    place.mkdir(parents=True)
    known = dict(zip(words, vectors, strict=True))
    save_model(model, place, "2026-01-01T00:00:00+00:00", (), {}, known)
    with begin(shelf, model, "synthetic", "folder") as (made, store):
        intake = Intake(store)
        for points in blocks(PAINTINGS):
            intake.add(points)
        store.optimize()
    made = finish(shelf, made, intake, contents=intake.contents.digest, embedded=PAINTINGS, skipped=0)
    promote(shelf, made)
    return shelf


@contextmanager
def _server(shelf: FolderShelf) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "moodseum", "--home", str(shelf.home.path), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.2)
    raise TimeoutError(f"The server at port {port} is not ready after {PATIENCE:.0f} s.")


def _load(port: int, kind: str, clients: int, lasting: float) -> tuple[list[float], int, float]:
    """Seconds of each answered request, how many were lost, and seconds in all."""
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        jobs = [pool.submit(_client, port, kind, place, started + lasting) for place in range(clients)]
        outcomes = [job.result() for job in jobs]
    taken = time.perf_counter() - started
    return [its for times, _ in outcomes for its in times], sum(lost for _, lost in outcomes), taken


def _client(port: int, kind: str, place: int, until: float) -> tuple[list[float], int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    times, lost, turn = [], 0, place
    while time.perf_counter() < until:
        started = time.perf_counter()
        connection.request("GET", f"/v1/search?{urlencode(KINDS[kind](turn))}")
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - started)
        lost += answer.status != http.HTTPStatus.OK
        turn += 1
    connection.close()
    return times, lost


def _told(times: list[float], lost: int, taken: float) -> str:
    p50, p95 = np.quantile(times, [0.5, 0.95]) * 1000
    return (
        f"p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   {len(times) / taken:7.1f}/s   {lost} of {len(times)} lost"
    )


class _Watch:
    """Stands before an object and adds up the time that its methods take."""

    def __init__(self, watched: object) -> None:
        self._watched = watched
        self.spent = 0.0

    def __getattr__(self, name: str) -> object:
        found = getattr(self._watched, name)
        if not callable(found):
            return found

        def timed(*values: object, **named: object) -> object:
            started = time.perf_counter()
            try:
                return found(*values, **named)
            finally:
                self.spent += time.perf_counter() - started

        return timed


def _shares(searcher: Searcher, encoder: _Watch, store: _Watch, kind: str) -> str:
    """The median question, from parameters to JSON, and what parts of its time go where."""
    parts = []
    for turn in range(QUESTIONS):
        encoder.spent = store.spent = 0.0
        started = time.perf_counter()
        asked = SearchParameters.model_validate(_listed(KINDS[kind](turn)))
        SearchSchema.of(searcher.ask(asked.question)).model_dump_json()
        parts.append((time.perf_counter() - started, encoder.spent, store.spent))
    taken, encoding, database = (median(column) for column in zip(*parts, strict=True))
    own = taken - encoding - database
    return (
        f"{1000 * taken:7.2f} ms   encoding {encoding / taken:4.0%}   database {database / taken:4.0%}   "
        f"our own code {own / taken:4.0%}"
    )


def _listed(parameters: Mapping[str, str]) -> dict[str, object]:
    return {name: value if name == "q" else [value] for name, value in parameters.items()}
