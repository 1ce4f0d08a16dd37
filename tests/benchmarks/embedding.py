"""Embedding pictures: filling an index, sentence-transformers as it comes, and what the machine could do."""

from concurrent.futures import wait
from contextlib import closing
from functools import partial
from itertools import count, product
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from sentence_transformers import SentenceTransformer
from torch import nn

from encoders.backbone import load_backbone
from encoders.encoder import Encoder
from encoders.home import Home
from encoders.hub import quietly
from encoders.seeing.computing import Wish, bfloat16_unit
from encoders.seeing.workers import cores, one_core_each
from indexer.making.filling import Filling
from indexer.making.local_engine import embed_here
from indexer.making.new_build import Intake
from indexer.shelves.skips import SkipList
from indexer.sources.opening import open_source
from indexer.store.edge import EdgeStore
from tests.benchmarks.random_model import random_model
from tests.benchmarks.timing import in_turn, row, seconds
from tests.tiny_clip import write_clip
from trainer.sample import paint_gallery

PICTURES = 256
FOR_SENTENCE_TRANSFORMERS = 64
SIZES = ((1160, 900), (900, 1160), (1024, 1024), (1280, 850))
GRAIN = 9.0
QUALITY = 85

WIDTH, INNER, LAYERS, TOKENS, PATCH, OUT = 768, 3072, 12, 50, 3072, 512
"""ViT-B/32."""


def compare_embedding(folder: Path) -> None:
    """Rates of all three, in turn, on the same files."""
    files = _paint(folder)
    size = sum(file.stat().st_size for file in files) / len(files)
    print(
        f"\nEmbedding: {PICTURES} JPEG files of about a megapixel and {size / 1024:.0f} KB, "
        f"CLIP of ViT-B/32's size with random weights, {cores()} threads"
    )
    with quietly():
        clip = write_clip(folder / "clip", {}, {})
        backbone = load_backbone(str(clip), Wish())
        plain = SentenceTransformer(str(clip), device="cpu")
    row("computing", str(backbone.computing))
    few = [str(file) for file in files[:FOR_SENTENCE_TRANSFORMERS]]
    model, folders = random_model(backbone, 0), (folder / "stores" / str(n) for n in count())

    def fill() -> None:
        fill_store(folder / "pictures", model, next(folders))

    limit = _fastest_products()
    times = in_turn([fill, lambda: plain.encode(few), limit])
    ours, theirs, most = (
        n / time for n, time in zip((len(files), len(few), limit.pictures), times, strict=True)
    )
    row("list, read, embed and store", f"{ours:8.1f} pictures/s")
    row("SentenceTransformer.encode", f"{theirs:8.1f} pictures/s")
    row(f"matrix products alone ({limit})", f"{most:8.1f} pictures/s")
    row("ours / SentenceTransformer.encode", f"{ours / theirs:8.1f}")
    row("ours / matrix products alone", f"{ours / most:8.0%}")


def _paint(folder: Path) -> list[Path]:
    """Painted pictures enlarged to about a megapixel, with a grain that makes files as large as scans are."""
    small = sorted(paint_gallery(folder / "gallery", PICTURES).pictures.glob("*/*.jpg"))
    (folder / "pictures").mkdir()
    rng = np.random.default_rng(0)
    files = []
    for number, source in enumerate(small):
        with Image.open(source) as picture:
            large = picture.resize(SIZES[number % len(SIZES)], Image.Resampling.BICUBIC)
        grain = rng.normal(0, GRAIN, (large.height, large.width, 1))
        codes = np.clip(np.asarray(large) + grain, 0, 255).astype(np.uint8)
        files.append(folder / "pictures" / f"{number:03}.jpg")
        Image.fromarray(codes).save(files[-1], quality=QUALITY)
    return files


def fill_store(pictures: Path, encoder: Encoder, folder: Path) -> None:
    """List, read, embed and store all pictures of a folder, as `moodseum index build` does."""
    with (
        closing(EdgeStore.create(folder / "store", encoder.look_size, encoder.feeling_size)) as store,
        SkipList(folder) as skips,
    ):
        embed = partial(embed_here, encoder, Home(folder))
        filling = Filling(Intake(store), encoder, embed, donors=[], skips=skips, advance=lambda _: None)
        filling.fill(open_source(pictures))


class Products:
    """The matrix products of ViT-B/32's image tower and nothing else, on numbers that lie ready."""

    def __init__(self, batch: int, dtype: torch.dtype, split: bool) -> None:
        rows = batch * TOKENS
        shapes = [(rows, WIDTH, 3 * WIDTH), (rows, WIDTH, WIDTH), (rows, WIDTH, INNER), (rows, INNER, WIDTH)]
        self._layer = [_operands(*shape, dtype) for shape in shapes]
        ends = [(batch * (TOKENS - 1), PATCH, WIDTH), (batch, WIDTH, OUT)]
        self._ends = [_operands(*shape, dtype) for shape in ends]
        self._batch, self._dtype, self._split = batch, dtype, split
        self._rounds = 1 if split else cores()
        self.pictures = self._rounds * batch

    def __str__(self) -> str:
        manner = "split among cores" if self._split else "one core each"
        return f"{str(self._dtype).removeprefix('torch.')}, {self._batch} {manner}"

    def __call__(self) -> None:
        if self._split:
            self._multiply()
            return
        with one_core_each(self._rounds) as pool:
            wait([pool.submit(self._multiply) for _ in range(self._rounds)])

    def _multiply(self) -> None:
        with torch.inference_mode():
            for x, weights in [*self._ends, *self._layer * LAYERS]:
                nn.functional.linear(x, weights)


def _operands(rows: int, inputs: int, outputs: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.randn(rows, inputs).to(dtype), torch.randn(outputs, inputs).to(dtype)


def _fastest_products() -> Products:
    best = torch.bfloat16 if bfloat16_unit() else torch.float32
    ways = [Products(batch, best, split) for batch, split in product((32, 64), (True, False))]
    return min(ways, key=lambda way: min(seconds(way) for _ in range(2)) / way.pictures)
