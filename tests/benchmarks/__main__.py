"""`make bench`: each part beside what one would use without it, in one run on this machine.

Every figure is the median of several runs; where two are compared their runs take turns.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.images import read_for_look
from encoders.palette import features
from encoders.vectors import Vectors, unit
from indexer.build import build_index
from indexer.painting import Painting
from indexer.sources import open_source
from indexer.store.base import Filter, Point, Store
from indexer.store.edge import EdgeStore
from indexer.store.memory import MemoryStore
from trainer.sample import paint_gallery

REPEATS = 5
POINTS = 10_000
WIDTH = 512
QUERIES = 200
GALLERY = 64
STYLES = 27


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        compare_stores(Path(folder))
        compare_builds(Path(folder))
    compare_cold_starts()


def compare_stores(folder: Path) -> None:
    """Qdrant Edge beside comparing with everything in NumPy."""
    print(f"\nStores: {POINTS:,} paintings, {WIDTH} numbers each, {QUERIES} queries for 12 hits")
    points = _points()
    edge, memory = EdgeStore.create(folder / "edge", WIDTH, WIDTH), MemoryStore(WIDTH, WIDTH)
    _row("fill, edge", f"{_seconds(partial(_fill, edge, points)):8.2f} s")
    _row("fill, numpy", f"{_seconds(partial(_fill, memory, points)):8.2f} s")
    queries = unit(np.random.default_rng(1).standard_normal((QUERIES, WIDTH)))
    for label, where in (("query", Filter()), ("query within one style", Filter(style=("style 3",)))):
        times = _in_turn([partial(_ask, store, queries, where) for store in (edge, memory)])
        for name, seconds in zip(("edge", "numpy"), times, strict=True):
            _row(f"{label}, {name}", f"{1000 * seconds / QUERIES:8.2f} ms")
        _row(f"{label}, numpy / edge", f"{times[1] / times[0]:8.1f}")
    edge.close()
    _row("reopen, edge", f"{_seconds(lambda: EdgeStore.open(folder / 'edge').close()):8.2f} s")


def compare_builds(folder: Path) -> None:
    """What an image costs, and indexing again beside indexing for the first time."""
    print(f"\nBuilding: {GALLERY} painted pictures of 256 pixels, fake encoder")
    gallery = paint_gallery(folder / "gallery", GALLERY)
    files = sorted(gallery.pictures.glob("*/*.jpg"))
    decode, measure = _in_turn(
        [
            lambda: [read_for_look(file) for file in files],
            lambda: [features(read_for_look(file)) for file in files],
        ]
    )
    _row("read one picture", f"{1000 * decode / GALLERY:8.1f} ms")
    _row("read and measure one picture (palette)", f"{1000 * measure / GALLERY:8.1f} ms")
    source, home = open_source(gallery.pictures), Home(folder / "home")
    first = _seconds(lambda: build_index(source, FakeEncoder(), home))
    heads = _seconds(lambda: build_index(source, FakeEncoder(seed=1), home))
    again = _seconds(lambda: build_index(source, FakeEncoder(seed=1), home))
    _row("index for the first time", f"{first:8.2f} s")
    _row("index with new heads (opens no image)", f"{heads:8.2f} s")
    _row("index again, nothing new", f"{again:8.2f} s")


def compare_cold_starts() -> None:
    """The command line beside importing its largest dependency."""
    print("\nCold start of a process")
    commands = {
        "moodseum --help": ["-m", "moodseum", "--help"],
        "import sentence_transformers": ["-c", "import sentence_transformers"],
    }
    times = _in_turn([partial(_run, command) for command in commands.values()])
    for name, seconds in zip(commands, times, strict=True):
        _row(name, f"{seconds:8.2f} s")


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


def _run(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _in_turn(jobs: Sequence[Callable[[], object]]) -> list[float]:
    """The median seconds of each job, after one run that does not count."""
    for job in jobs:
        job()
    rounds = [[_seconds(job) for job in jobs] for _ in range(REPEATS)]
    return [median(times) for times in zip(*rounds, strict=True)]


def _row(name: str, figure: str) -> None:
    print(f"  {name:<42}{figure}")


if __name__ == "__main__":
    main()
