"""Indexing again after training: projecting the stored looks beside embedding the pictures."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from encoders.backbone import Backbone, clip_modules
from encoders.home import Home
from encoders.hub import quietly
from encoders.images import read_for_look
from encoders.model import EmotionModel
from encoders.vectors import unit
from indexer.making.new_build import Intake, begin, finish
from indexer.making.reindex import reindex
from indexer.painting import Painting
from indexer.shelves.folder import FolderShelf
from indexer.shelves.manifest import Manifest
from indexer.store.base import Point
from tests.benchmarks.random_model import random_model
from tests.benchmarks.timing import row, seconds
from tests.tiny_clip import write_clip
from trainer.sample import paint_gallery

PAINTINGS = 80_000
SAMPLE = 128
BATCH = 32
WIDTH = 512


def compare_reindexing(folder: Path) -> None:
    """New heads over stored looks beside embedding a sample of pictures, extrapolated to as many."""
    print(
        f"\nReindexing: {PAINTINGS:,} paintings, CLIP of ViT-B/32's size with random weights, each side once"
    )
    with quietly():
        backbone = Backbone("random", clip_modules(write_clip(folder / "clip", {}, {})))
    gallery = paint_gallery(folder / "gallery", SAMPLE)
    files = sorted(gallery.pictures.glob("*/*.jpg"))
    _embed(backbone, files[:BATCH])  # the first batch is slower
    embedding = seconds(partial(_embed, backbone, files)) / SAMPLE * PAINTINGS
    shelf = FolderShelf(Home(folder / "home"))
    donor = _synthetic_build(random_model(backbone, 0), shelf)
    reindexing = seconds(lambda: reindex(donor, random_model(backbone, 1), shelf))
    row(f"read and embed (from {SAMPLE} of 256 pixels)", f"{embedding:8.0f} s")
    row("reindex, verify and promote", f"{reindexing:8.1f} s")
    row("embed / reindex", f"{embedding / reindexing:8.0f}")


def _embed(backbone: Backbone, files: Sequence[Path]) -> None:
    for start in range(0, len(files), BATCH):
        backbone.look([read_for_look(file) for file in files[start : start + BATCH]])


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
