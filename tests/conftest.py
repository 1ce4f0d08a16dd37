"""Fixtures that several kinds of tests share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from PIL import Image

from encoders.home import Home
from indexer.shelves.folder import FolderShelf
from tests.building import paint_noise
from tests.tiny_clip import make_tiny_clip
from tests.tiny_gallery import TinyGallery, make_tiny_gallery
from tests.typed import Outcome, Run, run_command

settings.register_profile("moodseum", deadline=None)  # a busy machine is no failure
settings.load_profile("moodseum")

ROOM_FOR_AN_INDEX = 2**30
PAINTINGS = Path(__file__).parents[2] / "shared" / "paintings"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the real paintings where they are absent, and say so."""
    if PAINTINGS.is_dir():
        return
    for item in items:
        if item.get_closest_marker("paintings"):
            item.add_marker(pytest.mark.skip(reason=f"no real paintings at {PAINTINGS}"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(home: Home, *arguments: str) -> Outcome:
        return Outcome(run_command(home, *arguments), *capsys.readouterr())

    return run


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, in memory where there is room: the embedded engine waits long for disks."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_FOR_AN_INDEX
    with tempfile.TemporaryDirectory(dir=memory if roomy else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def shelf(quick_folder: Path) -> FolderShelf:
    """The empty shelf of a home."""
    return FolderShelf(Home(quick_folder / "home"))


@pytest.fixture
def gallery(quick_folder: Path) -> Path:
    """Thirty paintings of noise."""
    return paint_noise(quick_folder / "gallery")


@pytest.fixture
def one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are embedded one after the other, so that it is known which are done when one fails."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def tiny_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_clip(tmp_path_factory.mktemp("hub") / "tiny-clip")


@pytest.fixture(scope="session")
def pictures() -> list[Image.Image]:
    """Six small pictures that differ in colour and detail."""
    rng = np.random.default_rng(0)
    sizes = [(40, 30), (64, 64), (30, 70), (33, 33), (90, 40), (48, 48)]
    return [_picture(rng, *size) for size in sizes]


def _picture(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    tint = rng.uniform(40, 215, 3)
    noise = rng.normal(0, rng.uniform(2, 40), (height, width, 1))
    return Image.fromarray(np.clip(tint + noise, 0, 255).astype(np.uint8), "RGB")


@pytest.fixture(scope="session")
def tiny_gallery(tmp_path_factory: pytest.TempPathFactory) -> TinyGallery:
    return make_tiny_gallery(tmp_path_factory.mktemp("gallery"))
