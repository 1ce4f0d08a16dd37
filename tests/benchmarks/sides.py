"""The stores that are compared, each as the same few steps: fill, ask, reopen."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
from qdrant_client import QdrantClient

from encoders.vectors import Vector
from indexer.store.base import EVERYTHING, Filter, Point, Quantization, Store
from indexer.store.edge import EdgeStore
from indexer.store.server.settings import ServerSettings
from indexer.store.server.store import ServerStore
from tests.benchmarks.cloud import STYLES, WIDTH, blocks

BATCH = 250
LIMIT = 12


class Side(Protocol):
    """A store in a folder of its own; every method that returns a number returns seconds."""

    def fill(self, size: int) -> float: ...

    def ask(self, word: Vector, style: int | None) -> tuple[float, list[int]]:
        """Also the numbers of the LIMIT nearest paintings, of one style or of all."""

    def reopen(self) -> float: ...


class StoreSide:
    """A store behind the port."""

    def __init__(self, store: Store, open_again: Callable[[], Store]) -> None:
        self._store = store
        self._open_again = open_again

    def fill(self, size: int) -> float:
        taken = 0.0
        for block in blocks(size):
            for start in range(0, len(block), BATCH):
                taken += _seconds(lambda points: self._store.upsert(points), block[start : start + BATCH])
        return taken + _seconds(lambda _: self._store.optimize(), [])

    def ask(self, word: Vector, style: int | None) -> tuple[float, list[int]]:
        where = EVERYTHING if style is None else Filter(style=(f"Style {style}",))
        start = time.perf_counter()
        hits = self._store.search(word, limit=LIMIT, where=where)
        return time.perf_counter() - start, [int(hit.painting.key) for hit in hits]

    def reopen(self) -> float:
        self._store.close()
        start = time.perf_counter()
        self._store = self._open_again()
        return time.perf_counter() - start


def edge(folder: Path, quantization: Quantization) -> Side:
    """The embedded store."""
    store = EdgeStore.create(folder, WIDTH, WIDTH, quantization=quantization)
    return StoreSide(store, lambda: EdgeStore.open(folder))


def local_mode(folder: Path) -> Side:
    """What `QdrantClient(path=...)` is: the server's interface, written in Python."""
    settings = ServerSettings("http://local")
    client = QdrantClient(path=str(folder))
    store = ServerStore.create(client, settings, "one", {"look": WIDTH, "feeling": WIDTH}, "none", {})
    opened = [client]

    def open_again() -> Store:
        opened.pop().close()
        opened.append(QdrantClient(path=str(folder)))
        return ServerStore.open(opened[0], settings.url, "one")

    return StoreSide(store, open_again)


class Exact:
    """NumPy: a float32 product of all feelings with the word, a mask, the largest. Looks are in a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def fill(self, size: int) -> float:
        shape = (size, WIDTH)
        looks = np.lib.format.open_memmap(self._folder / "looks.npy", "w+", np.float32, shape)
        feelings, styles = np.empty(shape, np.float32), np.empty(size, np.int32)
        taken, at = 0.0, 0

        def write(block: list[Point]) -> None:
            rows = slice(at, at + len(block))
            looks[rows] = [point.look for point in block]
            feelings[rows] = [point.feeling for point in block]
            styles[rows] = [int((point.painting.style or "").removeprefix("Style ")) for point in block]

        for block in blocks(size):
            taken += _seconds(write, block)
            at += len(block)
        self._feelings, self._styles = feelings, styles
        return taken + _seconds(lambda _: self._save(), [])

    def ask(self, word: Vector, style: int | None) -> tuple[float, list[int]]:
        start = time.perf_counter()
        scores = self._feelings @ word
        if style is not None:
            scores[self._styles != style] = -np.inf
        best = np.argpartition(-scores, LIMIT)[:LIMIT]
        best = best[np.argsort(-scores[best])]
        answers = [int(row) for row in best if scores[row] > -np.inf]
        return time.perf_counter() - start, answers

    def reopen(self) -> float:
        return _seconds(lambda _: self._load(), [])

    def _save(self) -> None:
        np.save(self._folder / "feelings.npy", self._feelings)
        np.save(self._folder / "styles.npy", self._styles)

    def _load(self) -> None:
        self._feelings = np.load(self._folder / "feelings.npy")
        self._styles = np.load(self._folder / "styles.npy")


SIDES: Mapping[str, Callable[[Path], Side]] = {
    "NumPy, exact": Exact,
    "Edge": lambda folder: edge(folder, "none"),
    "Edge, scalar": lambda folder: edge(folder, "scalar"),
    "Edge, turbo": lambda folder: edge(folder, "turbo"),
    "local mode": local_mode,
}


def style_asked(number: int) -> int:
    """The style that a query of this number is about: each comes in turn."""
    return number % STYLES


def _seconds(step: Callable[[list[Point]], object], points: list[Point]) -> float:
    start = time.perf_counter()
    step(points)
    return time.perf_counter() - start
