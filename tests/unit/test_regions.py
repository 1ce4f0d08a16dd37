"""Hiding regions of a picture, with an encoder that looks at one corner only."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from encoders.fake import FakeEncoder
from encoders.vectors import Prepared
from encoders.why.regions import WHOLE, Box, Veil, occlude, pixels_of


class Cornered(FakeEncoder):
    """Sees the upper left quarter of every picture."""

    def prepare(self, image: Image.Image) -> Prepared:
        return super().prepare(image.crop((0, 0, image.width // 2, image.height // 2)))


@pytest.fixture
def noise() -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8))


def test_only_regions_that_are_seen_carry_anything(noise: Image.Image) -> None:
    encoder = Cornered()
    grid = occlude(encoder, noise, encoder.read("joy").vector, shape=(4, 4)).grid
    assert (np.abs(grid[:2, :2]) > 1e-4).all()
    assert np.abs(grid[2:]).max() < 1e-6
    assert np.abs(grid[:, 2:]).max() < 1e-6


def test_a_region_carries_what_the_similarity_loses_without_it(noise: Image.Image) -> None:
    encoder = FakeEncoder()
    vector = encoder.read("joy").vector
    found = occlude(encoder, noise, vector, shape=(2, 3))
    for place in np.ndindex(2, 3):
        hidden = np.zeros((2, 3), np.bool_)
        hidden[place] = True
        whole, without = encoder.feeling(encoder.look([noise, Veil(noise).over(hidden)])) @ vector
        assert found.grid[place] == pytest.approx(whole - without, abs=1e-6)
    assert found.method == "hiding"
    assert found.box == WHOLE


def test_regions_of_a_box_lie_within_it(noise: Image.Image) -> None:
    box = (0.25, 0.0, 0.75, 1.0)
    changed = np.asarray(Veil(noise, box).over(np.ones((2, 2), np.bool_))) != np.asarray(noise)
    assert changed[:, 16:48].any(axis=2).mean() > 0.9
    assert not changed[:, :16].any()
    assert not changed[:, 48:].any()


def test_hiding_nothing_changes_nothing(noise: Image.Image) -> None:
    assert np.array_equal(np.asarray(Veil(noise).over(np.zeros((7, 7), np.bool_))), np.asarray(noise))


def test_no_region_of_a_plain_picture_carries_anything() -> None:
    encoder = FakeEncoder()
    plain = Image.new("RGB", (30, 20), "#884422")
    assert np.abs(occlude(encoder, plain, encoder.read("joy").vector).grid).max() < 1e-6


shares = some.floats(0, 1)


@given(some.tuples(some.integers(1, 900), some.integers(1, 900)), some.tuples(shares, shares, shares, shares))
def test_a_box_is_never_empty(size: tuple[int, int], corners: Box) -> None:
    (left, right), (top, bottom) = sorted(corners[::2]), sorted(corners[1::2])
    across, down, until, to = pixels_of(size, (left, top, right, bottom))
    assert 0 <= across < until <= size[0] + 1
    assert 0 <= down < to <= size[1] + 1
