"""`moodseum index build --precision --device` as it is typed."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch

from encoders.backbone import load_backbone
from encoders.home import Home
from encoders.images import read_for_look
from encoders.vectors import Vectors
from indexer.shelves.folder import FolderShelf
from indexer.shelves.releases import the_served
from tests.tiny_gallery import TinyGallery
from tests.typed import Run
from tests.untrained_model import save_untrained


@pytest.fixture
def home(quick_folder: Path, tiny_clip: Path) -> Home:
    return save_untrained(load_backbone(str(tiny_clip)), quick_folder / "home")


@pytest.fixture
def gallery(tiny_gallery: TinyGallery) -> Path:
    return tiny_gallery.wikiart


def looks_of(home: Home, tiny_clip: Path) -> tuple[Vectors, Vectors]:
    """What the served build holds, and what the plain way makes of the same files."""
    shelf = FolderShelf(home)
    with closing(shelf.lend(the_served(shelf).build)) as store:
        points = [point for batch in store.scan() for point in batch]
    images = [read_for_look(point.painting.path) for point in points]
    return np.stack([point.look for point in points]), load_backbone(str(tiny_clip)).look(images)


def test_a_build_in_bfloat16_holds_the_looks_of_float32_and_is_verified(
    run: Run, home: Home, gallery: Path, tiny_clip: Path
) -> None:
    outcome = run(home, "index", "build", "--paintings", str(gallery), "--precision", "bfloat16")
    assert (outcome.code, "computing  in bfloat16 on the CPU (as asked for)" in outcome.err) == (0, True)
    held, plain = looks_of(home, tiny_clip)
    cosines = np.sum(held * plain, axis=1)
    assert 0.999 <= cosines.min() < 1 - 1e-7
    assert run(home, "index", "verify").code == 0


def test_what_the_machine_has_is_chosen_and_told(
    run: Run, home: Home, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict)
    outcome = run(home, "index", "build", "--paintings", str(gallery), "--device", "cpu")
    assert "computing  in float32 on the CPU (it has no instructions for bfloat16)" in outcome.err


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without CUDA")
def test_a_device_that_is_not_there_is_one_sentence_and_no_build(run: Run, home: Home, gallery: Path) -> None:
    outcome = run(home, "index", "build", "--paintings", str(gallery), "--device", "cuda")
    assert outcome.code != 0
    assert "There is no cuda device on this machine; give --device cpu or auto." in " ".join(
        outcome.err.split()
    )
    assert FolderShelf(home).builds() == []
