"""Stores of vectors: filling and asking."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from encoders.vectors import Vectors, unit
from indexer.painting import Painting
from indexer.store.base import Filter, Point, Store
from indexer.store.edge import EdgeStore
from indexer.store.memory import MemoryStore
from tests.benchmarks.timing import in_turn, row, seconds

POINTS = 10_000
WIDTH = 512
QUERIES = 200
STYLES = 27


def compare_stores(folder: Path) -> None:
    """Qdrant Edge beside comparing with everything in NumPy."""
    print(f"\nStores: {POINTS:,} paintings, {WIDTH} numbers each, {QUERIES} queries for 12 hits")
    points = _points()
    edge, memory = EdgeStore.create(folder / "edge", WIDTH, WIDTH), MemoryStore(WIDTH, WIDTH)
    row("fill, edge", f"{seconds(partial(_fill, edge, points)):8.2f} s")
    row("fill, numpy", f"{seconds(partial(_fill, memory, points)):8.2f} s")
    queries = unit(np.random.default_rng(1).standard_normal((QUERIES, WIDTH)))
    for label, where in (("query", Filter()), ("query within one style", Filter(style=("style 3",)))):
        times = in_turn([partial(_ask, store, queries, where) for store in (edge, memory)])
        for name, median in zip(("edge", "numpy"), times, strict=True):
            row(f"{label}, {name}", f"{1000 * median / QUERIES:8.2f} ms")
        row(f"{label}, numpy / edge", f"{times[1] / times[0]:8.1f}")
    edge.close()
    row("reopen, edge", f"{seconds(lambda: EdgeStore.open(folder / 'edge').close()):8.2f} s")


def _points() -> list[Point]:
    rng = np.random.default_rng(0)
    looks, feelings = (unit(rng.standard_normal((POINTS, WIDTH))) for _ in range(2))
    return [
        Point(
            Painting(f"key {n}", Path(f"{n}.jpg"), f"title {n}", style=f"style {n % STYLES}"),
            look,
            feeling,
            "",
        )
        for n, (look, feeling) in enumerate(zip(looks, feelings, strict=True))
    ]


def _fill(store: Store, points: Sequence[Point]) -> None:
    for start in range(0, len(points), 256):
        store.upsert(points[start : start + 256])
    store.optimize()


def _ask(store: Store, queries: Vectors, where: Filter) -> None:
    for query in queries:
        store.search(query, limit=12, where=where)
