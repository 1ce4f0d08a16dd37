"""A CLIP learns pictures of which only one region decides; the heat must lie there."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from encoders.model import EmotionModel
from encoders.why.opening import grid_of, seen_by
from encoders.why.patches import weigh_patches
from encoders.why.regions import Regions, occlude
from tests.deletion import lost, strongest_first
from tests.tiny_clip import make_tiny_clip
from tests.trained_clip import learn_clip

SIDE, PATCH, ACROSS = 32, 8, 4
COLOURS = {"joy": (240, 200, 60), "sadness": (40, 60, 130)}
PLAIN = "boredom"
"""Named where there is no colour, so that neither of the others is what is left without one."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A grey picture in which one patch has a colour, and that decides."""

    picture: Image.Image
    word: str
    place: tuple[int, int]


def paint_plain(rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    return np.clip(rng.normal(128, 12, (SIDE, SIDE, 3)), 0, 255).astype(np.uint8)


def spot(rng: np.random.Generator) -> Spotted:
    pixels = paint_plain(rng)
    word = str(rng.choice(list(COLOURS)))
    row, column = (int(place) for place in rng.integers(0, ACROSS, 2))
    pixels[row * PATCH : (row + 1) * PATCH, column * PATCH : (column + 1) * PATCH] = COLOURS[word]
    return Spotted(Image.fromarray(pixels), word, (row, column))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> EmotionModel:
    rng = np.random.default_rng(0)
    words = (*COLOURS, PLAIN)
    shown = [(one.picture, one.word) for one in (spot(rng) for _ in range(200))]
    shown += [(Image.fromarray(paint_plain(rng)), PLAIN) for _ in range(100)]
    votes = [[float(named == word) for word in words] for _, named in shown]
    folder = make_tiny_clip(tmp_path_factory.mktemp("spots") / "clip")
    return learn_clip(folder, [picture for picture, _ in shown], words, votes, epochs=12)


@pytest.fixture(scope="module")
def new() -> list[Spotted]:
    rng = np.random.default_rng(1)
    return [spot(rng) for _ in range(20)]


def heat(model: EmotionModel, one: Spotted, method: str) -> Regions:
    vector = model.read(one.word).vector
    if method == "gradients":
        return weigh_patches(model, [one.picture], vector)[0]
    return occlude(model, one.picture, vector, grid_of(model), seen_by(model, one.picture))


@pytest.mark.parametrize("method", ["hiding", "gradients"])
def test_the_heat_lies_where_the_picture_was_decided(
    model: EmotionModel, new: list[Spotted], method: str
) -> None:
    maps = [heat(model, one, method) for one in new]
    assert all(found.method == method and found.grid.dtype == np.float32 for found in maps)
    hits = [found.grid[one.place] == found.grid.max() for found, one in zip(maps, new, strict=True)]
    assert np.mean(hits) >= 0.8  # by chance it would be 1 of 16


@pytest.mark.parametrize("method", ["hiding", "gradients"])
def test_hiding_the_hottest_regions_costs_more_than_hiding_any_others(
    model: EmotionModel, new: list[Spotted], method: str
) -> None:
    rng, top, others, coldest = np.random.default_rng(2), 0.0, 0.0, 0.0
    for one in new:
        found, vector = heat(model, one, method), model.read(one.word).vector
        orders = (strongest_first(found), rng.permutation(ACROSS**2), strongest_first(found)[::-1])
        costs = [lost(model, one.picture, vector, found, order).mean() for order in orders]
        top, others, coldest = top + costs[0], others + costs[1], coldest + costs[2]
    assert top > 2 * max(others, coldest)
    assert top > 0


def test_pictures_weighed_together_are_weighed_as_alone(model: EmotionModel, new: list[Spotted]) -> None:
    vector = model.read("joy").vector
    together = weigh_patches(model, [one.picture for one in new[:3]], vector)
    for one, found in zip(new[:3], together, strict=True):
        [alone] = weigh_patches(model, [one.picture], vector)
        np.testing.assert_allclose(found.grid, alone.grid, atol=1e-6)


def test_weighing_leaves_no_gradients_in_the_model(model: EmotionModel, new: list[Spotted]) -> None:
    weigh_patches(model, [new[0].picture], model.read("joy").vector)
    assert all(weights.grad is None for weights in model.backbone.modules[0].parameters())


def test_only_the_middle_square_is_covered(model: EmotionModel) -> None:
    assert seen_by(model, Image.new("RGB", (80, 40))) == pytest.approx((0.25, 0, 0.75, 1))
    assert seen_by(model, Image.new("RGB", (40, 50))) == pytest.approx((0, 0.1, 1, 0.9))
    assert grid_of(model) == (ACROSS, ACROSS)
