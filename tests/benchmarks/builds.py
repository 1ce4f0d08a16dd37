"""Building an index from pictures."""

from pathlib import Path

from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.images import read_for_look
from encoders.palette import features
from indexer.making.build import build_index
from indexer.shelves.folder import FolderShelf
from indexer.sources.opening import open_source
from tests.benchmarks.timing import in_turn, row, seconds
from trainer.sample import paint_gallery

GALLERY = 64


def compare_builds(folder: Path) -> None:
    """What an image costs, and indexing again beside indexing for the first time."""
    print(f"\nBuilding: {GALLERY} painted pictures of 256 pixels, fake encoder")
    gallery = paint_gallery(folder / "gallery", GALLERY)
    files = sorted(gallery.pictures.glob("*/*.jpg"))
    decode, measure = in_turn(
        [
            lambda: [read_for_look(file) for file in files],
            lambda: [features(read_for_look(file)) for file in files],
        ]
    )
    row("read one picture", f"{1000 * decode / GALLERY:8.1f} ms")
    row("read and measure one picture (palette)", f"{1000 * measure / GALLERY:8.1f} ms")
    source, shelf = open_source(gallery.pictures), FolderShelf(Home(folder / "home"))
    first = seconds(lambda: build_index(source, FakeEncoder(), shelf))
    heads = seconds(lambda: build_index(source, FakeEncoder(seed=1), shelf))
    again = seconds(lambda: build_index(source, FakeEncoder(seed=1), shelf))
    row("index for the first time", f"{first:8.2f} s")
    row("index with new heads (opens no image)", f"{heads:8.2f} s")
    row("index again, nothing new", f"{again:8.2f} s")
