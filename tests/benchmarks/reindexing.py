"""Indexing again after training: projecting the stored looks beside embedding the pictures."""

from pathlib import Path

import numpy as np

from encoders.backbone import load_backbone
from encoders.home import Home
from encoders.hub import quietly
from encoders.model import EmotionModel
from encoders.seeing.computing import Wish
from encoders.vectors import unit
from indexer.making.new_build import Intake, begin, finish
from indexer.making.reindex import reindex
from indexer.painting import Painting
from indexer.shelves.folder import FolderShelf
from indexer.shelves.manifest import Manifest
from indexer.store.base import Point
from tests.benchmarks.embedding import fill_store
from tests.benchmarks.random_model import random_model
from tests.benchmarks.timing import row, seconds
from tests.tiny_clip import write_clip
from trainer.sample import paint_gallery

PAINTINGS = 80_000
SAMPLE = 128
WIDTH = 512


def compare_reindexing(folder: Path) -> None:
    """New heads over stored looks beside embedding a sample of pictures, extrapolated to as many."""
    print(
        f"\nReindexing: {PAINTINGS:,} paintings, CLIP of ViT-B/32's size with random weights, each side once"
    )
    with quietly():
        backbone = load_backbone(str(write_clip(folder / "clip", {}, {})), Wish())
    gallery, model = paint_gallery(folder / "gallery", SAMPLE).pictures, random_model(backbone, 0)
    fill_store(gallery, model, folder / "first")  # the first batches are slower
    embedding = seconds(lambda: fill_store(gallery, model, folder / "second")) / SAMPLE * PAINTINGS
    shelf = FolderShelf(Home(folder / "home"))
    donor = _synthetic_build(model, shelf)
    reindexing = seconds(lambda: reindex(donor, random_model(backbone, 1), shelf))
    row(f"read, embed and store (from {SAMPLE} of 256 pixels)", f"{embedding:8.0f} s")
    row("reindex, verify and promote", f"{reindexing:8.1f} s")
    row("embed / reindex", f"{embedding / reindexing:8.0f}")


def _synthetic_build(model: EmotionModel, shelf: FolderShelf) -> Manifest:
    """Random looks, as if so many pictures had been embedded."""
    rng = np.random.default_rng(0)
    with begin(shelf, model, "synthetic", "folder") as (made, store):
        intake = Intake(store)
        for start in range(0, PAINTINGS, 1000):
            looks = unit(rng.standard_normal((1000, WIDTH)))
            works = [Painting(f"{n}", Path(f"{n}.jpg"), f"title {n}") for n in range(start, start + 1000)]
            vectors = zip(works, looks, model.feeling(looks), strict=True)
            intake.add([Point(work, look, feeling, "") for work, look, feeling in vectors])
        store.optimize()
    return finish(shelf, made, intake, contents=intake.contents.digest, embedded=PAINTINGS, skipped=0)
