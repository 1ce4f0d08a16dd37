import numpy as np
import pytest
from PIL import Image

from encoders.palette.cielab import to_lab
from encoders.why.regions import Regions
from search_api.rendering.heat import AGAINST, FOR, LIGHTEST, overlay, paint, spread, swatch


def grid(*rows: tuple[float, ...]) -> Regions:
    return Regions(np.array(rows, np.float32))


def test_regions_for_the_word_are_orange_and_those_against_it_blue() -> None:
    heat = overlay(Image.new("RGB", (90, 30), "#808080"), grid((0.2, 0.0, 0.0, -0.2)))
    red, green, blue = heat.getpixel((2, 15))  # type: ignore[misc]
    assert red > green > blue
    red, green, blue = heat.getpixel((88, 15))  # type: ignore[misc]
    assert blue > green > red
    assert np.ptp(heat.getpixel((45, 15))) <= 1  # type: ignore[arg-type]


def test_the_strongest_region_has_the_full_colour_whatever_the_numbers() -> None:
    image = Image.new("RGB", (20, 20), "#808080")
    assert overlay(image, grid((1e-6, 0.0))) == overlay(image, grid((50.0, 0.0)))


def test_a_grid_of_zeros_is_a_grey_painting() -> None:
    heat = np.asarray(overlay(Image.new("RGB", (20, 20), "#c04080"), grid((0.0, 0.0))))
    assert np.ptp(heat, axis=2).max() <= 1


def test_colour_grows_evenly_to_the_eye() -> None:
    steps = np.linspace(0, 1, 6)[None]
    for sign, end in ((1, FOR), (-1, AGAINST)):
        lab = to_lab(np.moveaxis(paint(np.full((1, 6), 0.6), sign * steps), -1, 0))
        assert lab[0] == pytest.approx(0.6, abs=0.01)
        assert np.hypot(lab[1], lab[2])[0] == pytest.approx(np.hypot(*end) * steps[0], abs=0.02)


def test_what_the_model_does_not_see_is_black() -> None:
    regions = Regions(np.ones((2, 2), np.float32), box=(0.25, 0.0, 0.75, 1.0))
    heat = np.asarray(overlay(Image.new("RGB", (40, 20), "white"), regions))
    assert not heat[:, :10].any()
    assert not heat[:, 30:].any()
    assert heat[:, 10:30].all()
    assert to_lab(np.moveaxis(heat[:, 10:30], -1, 0))[0].max() <= LIGHTEST + 0.01


def test_a_grid_spreads_to_any_size() -> None:
    assert spread(np.eye(7, dtype=np.float32), (31, 17)).shape == (17, 31)


def test_both_colours_can_be_shown() -> None:
    assert swatch(FOR) != swatch(AGAINST)
