"""Preparing pictures for CLIP: the numbers of its own image processor, without its detours."""

from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image
from transformers.image_processing_utils import BaseImageProcessor

TRIALS = ((37, 61), (640, 411), (224, 224), (301, 1203))


class Preparing(Protocol):
    """RGB picture -> (3, height, width) float32."""

    def __call__(self, image: Image.Image) -> npt.NDArray[np.float32]: ...


def preparing(processor: BaseImageProcessor) -> Preparing:
    """The fast way where it gives bit for bit what the processor does, else the processor itself."""
    plain = ByProcessor(processor)
    try:
        fast = ByTable(processor)
        same = all(np.array_equal(fast(trial), plain(trial)) for trial in _trials())
    except (AttributeError, KeyError, TypeError, ValueError):  # settings of another kind of processor
        return plain
    return fast if same else plain


class ByProcessor:
    """As transformers does it."""

    def __init__(self, processor: BaseImageProcessor) -> None:
        self._processor = processor

    def __call__(self, image: Image.Image) -> npt.NDArray[np.float32]:
        (pixels,) = self._processor(images=[image], return_tensors="np")["pixel_values"]
        return np.asarray(pixels, np.float32)


class ByTable:
    """Shorter side to a length, the middle of that, and each 8-bit code looked up in a table.

    The table is what the processor makes of all 256 codes.

    Raises:
        KeyError: the processor resizes or crops in another way.
    """

    def __init__(self, processor: BaseImageProcessor) -> None:
        settings = processor.to_dict()
        self._short: int = settings["size"]["shortest_edge"]
        self._crop: tuple[int, int] = settings["crop_size"]["width"], settings["crop_size"]["height"]
        self._resample = Image.Resampling(settings["resample"])
        codes = Image.fromarray(np.arange(256, dtype=np.uint8)[None].repeat(3, 0).T[None])
        made = processor(images=[codes], do_resize=False, do_center_crop=False, return_tensors="np")
        self._table = np.asarray(made["pixel_values"][0][:, 0], np.float32)  # (3, 256)

    def __call__(self, image: Image.Image) -> npt.NDArray[np.float32]:
        codes = np.asarray(self._middle(image.convert("RGB")))
        pixels = np.empty((3, *codes.shape[:2]), np.float32)
        for channel, table in enumerate(self._table):
            np.take(table, codes[:, :, channel], out=pixels[channel], mode="clip")
        return pixels

    def _middle(self, image: Image.Image) -> Image.Image:
        short, long = sorted(image.size)
        long = int(self._short * long / short)
        size = (self._short, long) if image.width <= image.height else (long, self._short)
        resized = image.resize(size, self._resample)
        left, top = ((side - crop) // 2 for side, crop in zip(size, self._crop, strict=True))
        return resized.crop((left, top, left + self._crop[0], top + self._crop[1]))


def _trials() -> list[Image.Image]:
    rng = np.random.default_rng(0)
    return [Image.fromarray(rng.integers(0, 256, (*shape, 3), np.uint8)) for shape in TRIALS]
