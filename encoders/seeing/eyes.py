"""The image side of a backbone: pictures are prepared one by one, then embedded many at a time."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from PIL import Image
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Module, Transformer
from torch import nn
from transformers import CLIPModel

from encoders.errors import BackboneError
from encoders.palette.module import FEATURES, PaletteFeatures
from encoders.seeing.clip_eye import BATCH_SIZE, ClipEye
from encoders.seeing.computing import Computing, Wish, choose
from encoders.vectors import Prepared, Vectors, unit


class Eye(Protocol):
    """Both steps may be called from several threads at a time."""

    @property
    def computing(self) -> Computing: ...

    def prepare(self, image: Image.Image) -> Prepared:
        """An RGB picture -> all that embedding needs of it."""

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        """n of them, at least one -> (n, look_size), rows of unit length."""


def open_eye(modules: Sequence[Module], wish: Wish) -> Eye:
    """The fastest image side within the wish that gives the looks of these modules.

    Raises:
        BackboneError: this machine or these modules cannot do what was wished for.
    """
    first, *others = modules
    if isinstance(first, Transformer) and isinstance(first.model, CLIPModel) and not others:
        return ClipEye(first.model, first.processor.image_processor, choose(wish))
    _require_plain(wish)
    measures = find_measures(modules)
    return PaletteEye(measures) if measures else AnyEye(modules)


def find_measures(modules: Sequence[Module]) -> PaletteFeatures | None:
    """What measures pictures, if that is the whole image side of these modules."""
    first, *others = modules
    if others:
        return None
    return next((module for module in first.modules() if isinstance(module, PaletteFeatures)), None)


class PaletteEye:
    """Measures pictures; the measuring is the preparation."""

    computing = Computing("float32", "cpu", "palette measures pictures, there is nothing to speed up")

    def __init__(self, measures: PaletteFeatures) -> None:
        self._measures = measures

    def prepare(self, image: Image.Image) -> Prepared:
        features: Prepared = self._measures.preprocess([image])[FEATURES][0].numpy()
        return features

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        return unit(np.stack(prepared))


class AnyEye:
    """Whatever sentence-transformers can embed, as it does it."""

    computing = Computing("float32", "cpu", "only CLIP is known to keep its looks otherwise")

    def __init__(self, modules: Sequence[Module]) -> None:
        self._encoder = SentenceTransformer(modules=list[nn.Module](modules), device="cpu").eval()

    def prepare(self, image: Image.Image) -> Prepared:
        return np.asarray(image)

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        images = [Image.fromarray(pixels) for pixels in prepared]
        return unit(self._encoder.encode(images, batch_size=BATCH_SIZE, show_progress_bar=False))


def _require_plain(wish: Wish) -> None:
    if wish.precision not in ("auto", "float32") or wish.device not in ("auto", "cpu"):
        raise BackboneError(
            f"Only CLIP can be embedded with --precision {wish.precision} --device {wish.device}; for this "
            "backbone give --precision auto --device auto."
        )
