"""Galleries of noise, and builds of them with the embedded store and a small encoder that obeys the port."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

import numpy as np
import pytest
from PIL import Image

from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.vectors import Prepared, Vectors
from indexer.making.build import build_index
from indexer.making.new_build import BuildReport
from indexer.shelves.folder import FolderShelf
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import the_served
from indexer.shelves.shelf import Shelf
from indexer.sources.opening import open_source
from indexer.store.base import Point
from tests.records import unfilled

STYLES = ("Cubism", "Impressionism", "Ukiyo_e")
PAINTED = 30
CHECKOUT = Path(__file__).parents[1]


class Watched(FakeEncoder):
    """Counts the images that it looks at; may fail, or do something else, once it has seen enough."""

    seen = 0
    patience = 10**9
    _counting = Lock()

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        with self._counting:
            if self.seen >= self.patience:
                self.fail()
            self.seen += len(prepared)
        return super().embed(prepared)

    def fail(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def paint_noise(folder: Path, paintings: int = PAINTED) -> Path:
    """Paint into a new folder in WikiArt's layout, in three styles by turns."""
    for number in range(paintings):
        paint(folder / STYLES[number % 3] / f"anna-example_work-{number}-{1800 + number}.png", number)
    return folder


def paint(path: Path, seed: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), np.uint8)
    Image.fromarray(pixels).resize((24, 24)).save(path)


def index(gallery: Path, encoder: FakeEncoder, shelf: Shelf) -> BuildReport:
    return build_index(open_source(gallery), encoder, shelf, batch_size=4)


def break_off(gallery: Path, shelf: Shelf, after: int = 8) -> None:
    """A run that meets a full disk once it has embedded so many paintings."""
    failing = Watched()
    failing.patience = after
    with pytest.raises(OSError, match="No space left"):
        index(gallery, failing, shelf)


def another(shelf: Shelf, name: str) -> FolderShelf:
    """The shelf of a home beside that of this one."""
    return FolderShelf(Home(shelf.home.path.with_name(name)))


def points(shelf: Shelf, made: Manifest) -> dict[str, Point]:
    with closing(shelf.lend(made.build)) as store:
        return {point.painting.key: point for batch in store.scan() for point in batch}


def served_points(shelf: Shelf) -> dict[str, Point]:
    return points(shelf, the_served(shelf))


def tamper(shelf: Shelf, made: Manifest, change: Callable[[Point], Point]) -> None:
    """Change the first point of a build behind its record's back."""
    with closing(shelf.lend(made.build)) as store:
        store.upsert([change(next(store.scan())[0])])


def turned(point: Point) -> Point:
    """The point with its feeling turned round."""
    return replace(point, feeling=-point.feeling)


def put(shelf: Shelf, build: str, *, finished: bool = True) -> Manifest:
    """A build without points."""
    made = unfilled(build, finished=finished)
    with shelf.create(made):
        pass
    return made


def folders(shelf: Shelf) -> set[str]:
    """The names of all that is beside the builds of a home, and of these."""
    return {folder.name for folder in shelf.papers("any").parent.iterdir()}


def store_of(shelf: Shelf, made: Manifest) -> Path:
    """Where a build in a folder has its points."""
    return shelf.papers(made.build) / "store"


def assert_same_points(found: dict[str, Point], expected: dict[str, Point]) -> None:
    assert found.keys() == expected.keys()
    for key, point in found.items():
        assert (point.painting, point.fingerprint) == (expected[key].painting, expected[key].fingerprint)
        assert np.allclose(point.look, expected[key].look, atol=1e-6)
        assert np.allclose(point.feeling, expected[key].feeling, atol=1e-6)


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    made = report.made
    return made.indexed, made.embedded, made.reused, made.skipped


HOLDER = """
import sys
from pathlib import Path
from indexer.store.edge import EdgeStore

store = EdgeStore.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_open(shelf: Shelf, made: Manifest) -> Iterator[None]:
    """Another process has the build's points open, as `moodseum serve` would."""
    command = [sys.executable, "-c", HOLDER, str(store_of(shelf, made))]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        yield
