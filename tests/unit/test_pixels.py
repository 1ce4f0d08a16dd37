"""Prepared pictures are, bit for bit, those of CLIP's own processor."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from encoders.seeing.pixels import ByProcessor, ByTable, Preparing, preparing

SIDES = st.integers(30, 700)


def picture(width: int, height: int, seed: int = 0) -> Image.Image:
    codes = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(codes)


@cache
def both() -> tuple[Preparing, Preparing]:
    processor = CLIPImageProcessorPil()
    return preparing(processor), ByProcessor(processor)


@settings(max_examples=40)
@given(SIDES, SIDES, st.integers(0, 5))
def test_the_fast_way_gives_what_the_processor_gives(width: int, height: int, seed: int) -> None:
    fast, plain = both()
    assert isinstance(fast, ByTable)
    drawn = picture(width, height, seed)
    prepared = fast(drawn)
    assert prepared.shape == (3, 224, 224)
    assert prepared.dtype == np.float32
    np.testing.assert_array_equal(prepared, plain(drawn))


@pytest.mark.parametrize(
    "asked",
    [
        {"size": {"height": 32, "width": 32}},
        {"do_center_crop": False, "size": {"height": 48, "width": 48}},
        {"do_resize": False},
    ],
)
def test_settings_that_are_not_understood_are_left_to_the_processor(asked: dict[str, object]) -> None:
    processor = CLIPImageProcessorPil(**asked)  # type: ignore[arg-type]
    found = preparing(processor)
    assert isinstance(found, ByProcessor)
    drawn = picture(50, 40)
    expected = processor(images=[drawn], return_tensors="np")["pixel_values"][0]
    np.testing.assert_array_equal(found(drawn), expected)


@pytest.mark.parametrize(
    "asked",
    [
        {"do_normalize": False},
        {"resample": Image.Resampling.BILINEAR},
        {"size": {"shortest_edge": 20}, "crop_size": {"height": 33, "width": 31}},
    ],
)
def test_other_tables_and_filters_are_fast_too(asked: dict[str, object]) -> None:
    processor = CLIPImageProcessorPil(**asked)  # type: ignore[arg-type]
    found = preparing(processor)
    assert isinstance(found, ByTable)
    np.testing.assert_array_equal(found(picture(400, 300)), ByProcessor(processor)(picture(400, 300)))
