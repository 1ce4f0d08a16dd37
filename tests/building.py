"""Galleries of noise, and builds of them with the embedded store and a small encoder that obeys the port."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.vectors import Vectors
from indexer.making.build import build_index
from indexer.making.new_build import BuildReport
from indexer.shelves.builds import Build
from indexer.shelves.releases import served
from indexer.sources import open_source
from indexer.store.base import Point
from indexer.store.edge import EdgeStore

STYLES = ("Cubism", "Impressionism", "Ukiyo_e")
PAINTED = 30
CHECKOUT = Path(__file__).parents[1]


class Watched(FakeEncoder):
    """Counts the images that it looks at; may fail, or do something else, once it has seen enough."""

    seen = 0
    patience = 10**9

    def look(self, images: Sequence[Image.Image]) -> Vectors:
        if self.seen >= self.patience:
            self.fail()
        self.seen += len(images)
        return super().look(images)

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


def index(gallery: Path, encoder: FakeEncoder, home: Home) -> BuildReport:
    return build_index(open_source(gallery), encoder, home, batch_size=4)


def points(build: Build) -> dict[str, Point]:
    store = EdgeStore.open(build.store)
    found = {point.painting.key: point for batch in store.scan() for point in batch}
    store.close()
    return found


def served_points(home: Home) -> dict[str, Point]:
    release = served(home)
    assert release is not None
    return points(release.build)


def assert_same_points(found: dict[str, Point], expected: dict[str, Point]) -> None:
    assert found.keys() == expected.keys()
    for key, point in found.items():
        assert (point.painting, point.fingerprint) == (expected[key].painting, expected[key].fingerprint)
        assert np.allclose(point.look, expected[key].look, atol=1e-6)
        assert np.allclose(point.feeling, expected[key].feeling, atol=1e-6)


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    made = report.build.manifest
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
def held_open(build: Build) -> Iterator[None]:
    """Another process has the build's points open, as `moodseum serve` would."""
    command = [sys.executable, "-c", HOLDER, str(build.store)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        yield
