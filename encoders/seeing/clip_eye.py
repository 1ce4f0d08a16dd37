"""CLIP's image side: its own preparation, and its image tower where and as precisely as was chosen."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import torch
from PIL import Image
from transformers import CLIPModel
from transformers.image_processing_utils import BaseImageProcessor

from encoders.errors import BackboneError
from encoders.seeing.clip_tower import TowerCopy
from encoders.seeing.computing import Computing
from encoders.seeing.int8 import Int8Tower
from encoders.seeing.pixels import preparing
from encoders.vectors import Prepared, Vectors, unit

BATCH_SIZE = 32
LEAST_COSINE = 0.999
"""Between a look and the look in float32."""

TRIAL_SIDES = (2, 9, 40, 300)

Tower: TypeAlias = Callable[[torch.Tensor], torch.Tensor]
"""Prepared pictures (n, 3, height, width) in float32 on the CPU -> embeddings (n, d)."""


class ClipEye:
    """Obeys `encoders.seeing.eyes.Eye`. In float32 on the CPU it computes with the model's own weights.

    Raises:
        BackboneError: this cannot be computed here, or looks would not be those of float32.
    """

    def __init__(self, model: CLIPModel, processor: BaseImageProcessor, computing: Computing) -> None:
        self.computing = computing
        self._prepare = preparing(processor)
        plain = _Plain(model)
        self._tower: Tower = plain
        if (computing.precision, computing.device) != ("float32", "cpu"):
            trials = np.stack([self.prepare(picture) for picture in _trials()])
            self._tower = _fast(model, computing, trials)
            self._require_looks_of(plain, trials)

    def prepare(self, image: Image.Image) -> Prepared:
        return self._prepare(image)

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        batches = (prepared[start : start + BATCH_SIZE] for start in range(0, len(prepared), BATCH_SIZE))
        return np.concatenate([_embed(self._tower, np.stack(batch)) for batch in batches])

    def _require_looks_of(self, plain: Tower, trials: Prepared) -> None:
        cosines = np.sum(_embed(self._tower, trials) * _embed(plain, trials), axis=1)
        if not np.min(cosines) >= LEAST_COSINE:
            raise BackboneError(
                f"In {self.computing.precision} on {self.computing.device} looks come only as near as cosine "
                f"{np.min(cosines):.4f} to those in float32, not {LEAST_COSINE}; give --precision float32."
            )


def _embed(tower: Tower, batch: Prepared) -> Vectors:
    with torch.inference_mode():
        return unit(tower(torch.from_numpy(batch)).float().cpu().numpy())


class _Plain:
    """The model itself."""

    def __init__(self, model: CLIPModel) -> None:
        self._model = model

    def __call__(self, pixels: torch.Tensor) -> torch.Tensor:
        embeddings: torch.Tensor = self._model.get_image_features(pixels).pooler_output
        return embeddings


def _fast(model: CLIPModel, computing: Computing, trials: Prepared) -> Tower:
    try:
        copy = TowerCopy(model, computing)
        return Int8Tower(copy, torch.from_numpy(trials)) if computing.precision == "int8" else copy
    except BackboneError:
        raise
    except Exception as error:  # of a driver, or of what makes int8 of a tower; each has its own
        raise BackboneError(
            f"Pictures cannot be embedded in {computing.precision} on {computing.device} "
            f"({_brief(error)}); give --precision float32 --device cpu."
        ) from error


def _brief(error: Exception) -> str:
    first, *_ = str(error).strip().splitlines() or [type(error).__name__]
    return first


def _trials() -> list[Image.Image]:
    """Pictures of coarse shapes, of fine ones, and of noise."""
    rng = np.random.default_rng(0)
    codes = [rng.integers(0, 256, (side, side, 3), np.uint8) for side in TRIAL_SIDES]
    return [Image.fromarray(code).resize((300, 300), Image.Resampling.BICUBIC) for code in codes]
