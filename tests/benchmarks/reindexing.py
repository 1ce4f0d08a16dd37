"""Indexing again after training: projecting the stored looks beside embedding the pictures."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import torch

from encoders.backbone import Backbone, clip_modules
from encoders.coherence import Calibration, ReferenceBank
from encoders.emotions import ARTEMIS_NAMED
from encoders.home import Home
from encoders.hub import quietly
from encoders.images import read_for_look
from encoders.model import EmotionModel
from encoders.projection import head, make_heads
from encoders.prompts import Prompts
from encoders.vectors import unit
from indexer.making.new_build import Intake, begin, finish
from indexer.making.reindex import reindex
from indexer.painting import Painting
from indexer.shelves.builds import Build
from indexer.store.base import Point
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
    home = Home(folder / "home")
    donor = _synthetic_build(_model(backbone, 0), home)
    reindexing = seconds(lambda: reindex(donor, _model(backbone, 1), home))
    row(f"read and embed (from {SAMPLE} of 256 pixels)", f"{embedding:8.0f} s")
    row("reindex, verify and promote", f"{reindexing:8.1f} s")
    row("embed / reindex", f"{embedding / reindexing:8.0f}")


def _embed(backbone: Backbone, files: Sequence[Path]) -> None:
    for start in range(0, len(files), BATCH):
        backbone.look([read_for_look(file) for file in files[start : start + BATCH]])


def _model(backbone: Backbone, seed: int) -> EmotionModel:
    heads = make_heads(backbone.look_size, backbone.text_size)
    torch.nn.init.orthogonal_(head(heads, "image").weight, generator=torch.Generator().manual_seed(seed))
    calibration = Calibration(slope=1.0, log_odds=dict.fromkeys(ARTEMIS_NAMED, -2.0))
    bank = ReferenceBank(unit(np.random.default_rng(seed).standard_normal((64, WIDTH))))
    return EmotionModel(f"model-{seed}", backbone, heads, calibration, bank, Prompts())


def _synthetic_build(model: EmotionModel, home: Home) -> Build:
    """Random looks, as if so many pictures had been embedded."""
    rng = np.random.default_rng(0)
    build, store = begin(home, model, "synthetic", "folder")
    with closing(store):
        intake = Intake(store)
        for start in range(0, PAINTINGS, 1000):
            looks = unit(rng.standard_normal((1000, WIDTH)))
            works = [Painting(f"{n}", Path(f"{n}.jpg"), f"title {n}") for n in range(start, start + 1000)]
            vectors = zip(works, looks, model.feeling(looks), strict=True)
            intake.add([Point(work, look, feeling, "") for work, look, feeling in vectors])
        store.optimize()
    return finish(build, intake, contents=intake.contents.digest, embedded=PAINTINGS, skipped=0)
