"""A home that several tests ask."""

from pathlib import Path

import pytest

from encoders.home import Home
from encoders.model_folder import load_model
from indexer.making.build import build_index
from indexer.shelves.folder import FolderShelf
from indexer.sources.opening import open_source
from tests.tiny_gallery import TinyGallery
from trainer.dataset.material import Material
from trainer.heads.training import TrainSettings
from trainer.plan import Plan
from trainer.train import train


@pytest.fixture(scope="session")
def indexed(
    tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path, tiny_gallery: TinyGallery
) -> tuple[Home, Path]:
    """A home with a model and an index, which nobody changes, and one of the pictures."""
    home = Home(tmp_path_factory.mktemp("home"))
    material = Material(tiny_gallery.wikiart, tiny_gallery.annotations)
    train(Plan(material, str(tiny_clip), TrainSettings(epochs=1)), home, "m")
    build_index(open_source(tiny_gallery.wikiart), load_model(home), FolderShelf(home))
    return home, min(tiny_gallery.wikiart.glob("*/*.jpg"))
