import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor, ImageDraw, ImageFilter

from encoders.palette import FEATURE_GROUPS, FEATURE_NAMES, features
from encoders.palette.cielab import to_lab
from encoders.palette.colour_cube import (
    LEVELS,
    TERMS,
    codes,
    patch_memberships,
    term_memberships,
)
from encoders.palette.patterns import pattern_shares
from encoders.palette.planes import cells, halve

SIDE = 192


def feature(image: Image.Image, name: str) -> float:
    return float(features(image)[FEATURE_NAMES.index(name)])


def plain(colour: str) -> Image.Image:
    return Image.new("RGB", (SIDE, SIDE), colour)


def halves(left: str, right: str) -> Image.Image:
    image = plain(left)
    image.paste(right, (SIDE // 2, 0, SIDE, SIDE))
    return image


def stripes(vector: tuple[int, int], period: int = 12) -> Image.Image:
    """Waves that run along `vector` (right, down)."""
    down, right = np.mgrid[:SIDE, :SIDE]
    wave = np.sin(2 * np.pi * (right * vector[0] + down * vector[1]) / period / np.hypot(*vector))
    return Image.fromarray((127 + 100 * wave).astype(np.uint8)).convert("RGB")


def noise(seed: int = 0) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8))


def scene() -> Image.Image:
    """Something of everything, unlike its mirror image in both directions."""
    image = Image.linear_gradient("L").resize((SIDE, SIDE)).convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.rectangle((12, 24, 70, 60), fill="#b03020")
    pen.ellipse((100, 90, 180, 150), fill="#204080")
    pen.line((10, 180, 90, 100), fill="#e8c840", width=5)
    return Image.blend(image, noise(), 0.1)


def test_every_feature_has_one_name_and_one_group() -> None:
    values = features(scene())
    assert values.dtype == np.float32
    assert values.shape == (len(FEATURE_NAMES),) == (len(FEATURE_GROUPS),)
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES)
    assert set(Counter(FEATURE_GROUPS)) == {"colour", "light", "texture", "composition"}


@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.sampled_from(["RGB", "L", "RGBA", "P", "1", "CMYK", "LA"]),
    st.integers(0, 9),
)
@settings(max_examples=40, deadline=None)
def test_features_of_any_picture_are_finite_bounded_and_repeatable(
    width: int, height: int, mode: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    spread = int(rng.integers(1, 256))
    image = Image.fromarray(rng.integers(0, spread, (height, width, 3), dtype=np.uint8)).convert(mode)
    values = features(image)
    assert np.all(np.abs(values) <= 1)  # not so for NaN either
    assert np.array_equal(values, features(image.copy()))


@pytest.mark.parametrize("colour", ["black", "white", "#808080", "red", "#00f"])
@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (224, 224)])
def test_a_plain_picture_has_features_whatever_its_size(colour: str, size: tuple[int, int]) -> None:
    values = features(Image.new("RGB", size, colour))
    assert np.all(np.abs(values) <= 1)
    assert np.allclose(values, features(plain(colour)), atol=1e-6)


def test_a_larger_copy_of_a_picture_has_nearly_the_same_features() -> None:
    smooth = scene().filter(ImageFilter.GaussianBlur(3))
    larger = smooth.resize((SIDE * 3, SIDE * 3), Image.Resampling.BICUBIC)
    assert np.abs(features(smooth) - features(larger)).mean() < 0.05


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("lightness: mean", plain("#202020"), plain("#d0d0d0")),
        ("brightness: highlight", plain("#202020"), plain("white")),
        ("brightness: shadow", plain("white"), plain("#202020")),
        ("tones: 1 of 12", plain("white"), plain("black")),
        ("lightness: spread", plain("#808080"), halves("black", "white")),
        ("effect: pleasure", plain("#303030"), plain("#f0d0d0")),
        ("effect: arousal", plain("white"), plain("red")),
        ("strength: saturation mean", plain("#808080"), plain("red")),
        ("strength: colourfulness", plain("#808080"), halves("red", "blue")),
        ("warmth: mean", plain("#3050a0"), plain("#c08040")),
        ("warmth: cold area", plain("#c08040"), plain("#3050a0")),
        ("opponents: red mean", plain("green"), plain("red")),
        ("opponents: yellow mean", plain("blue"), plain("yellow")),
        ("hue circle: unity", halves("red", "cyan"), plain("red")),
        ("terms: blue", plain("#c08040"), plain("#3060c0")),
        ("patches: light yellow", plain("#403820"), plain("#d8d0b0")),
        ("contrast: light-dark", plain("#808080"), halves("black", "white")),
        ("contrast: cold-warm", plain("#c08040"), halves("#c08040", "#3050a0")),
        ("contrast: complementary", halves("#c04040", "#c06040"), halves("#c04040", "#30a0a0")),
        ("contrast: saturation", plain("#c04040"), halves("#808080", "#ff0000")),
        ("contrast: extension", halves("red", "blue"), noise()),
        ("contrast: simultaneous", plain("red"), noise().resize((24, 24)).resize((SIDE, SIDE))),
        ("contrast: hue", plain("red"), noise()),
        ("roughness: level finest", scene(), noise()),
        ("colour grain: red fine", plain("red"), noise()),
        ("steepness: finest percentile 60", plain("red"), noise()),
        ("straightness: fine", noise(), stripes((1, 0))),
        ("tone pairs: near contrast", plain("red"), noise()),
        ("tone pairs: near homogeneity", noise(), plain("red")),
        ("tone patterns: finest irregular", plain("red"), noise()),
        ("colour patterns: red fine irregular", plain("red"), noise()),
        ("spectrum: 12-24 cycles vertical", stripes((0, 1)), stripes((1, 0))),
        ("spectrum: 12-24 cycles horizontal", stripes((1, 0)), stripes((0, 1))),
        ("spectrum: 12-24 cycles rising", stripes((1, -1)), stripes((1, 1))),
        ("spectrum: 12-24 cycles falling", stripes((1, 1)), stripes((1, -1))),
        ("direction: fine 0°", stripes((0, 1)), stripes((1, 0))),
        ("direction: fine 90°", stripes((1, 0)), stripes((0, 1))),
        ("light field: top left", halves("black", "white"), halves("white", "black")),
        ("colour field: red upper right", halves("red", "grey"), halves("grey", "red")),
        ("balance: light right", halves("white", "black"), halves("black", "white")),
        ("symmetry: light left-right", halves("black", "white"), stripes((1, 0), period=SIDE * 2)),
    ],
)
def test_a_feature_means_what_its_name_says(name: str, low: Image.Image, high: Image.Image) -> None:
    assert feature(low, name) < feature(high, name) - 0.1


def test_the_middle_and_the_thirds_are_where_they_should_be() -> None:
    middle, third = plain("black"), plain("black")
    middle.paste("white", (72, 72, 120, 120))
    third.paste("white", (52, 52, 76, 76))
    assert feature(middle, "balance: light middle") > feature(third, "balance: light middle")
    assert feature(third, "balance: light thirds") > feature(middle, "balance: light thirds")


def test_detail_is_found_in_its_cell() -> None:
    image = plain("#808080")
    image.paste(noise().crop((0, 0, 48, 48)), (144, 0))
    named = dict(zip(FEATURE_NAMES, features(image), strict=True))
    cells_of_detail = {name: value for name, value in named.items() if name.startswith("detail field:")}
    assert max(cells_of_detail, key=lambda name: cells_of_detail[name]) == "detail field: top right"


def test_a_mirrored_picture_changes_only_what_has_a_side() -> None:
    before, after = features(scene()), features(scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    sided = ("left", "right", "rising", "falling", "direction:")
    changed = {name for name, a, b in zip(FEATURE_NAMES, before, after, strict=True) if abs(a - b) > 1e-3}
    assert changed
    assert all(any(side in name for side in sided) for name in changed)


def test_mirroring_swaps_left_for_right_and_rising_for_falling() -> None:
    named = dict(zip(FEATURE_NAMES, features(scene()), strict=True))
    mirrored = dict(
        zip(FEATURE_NAMES, features(scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT)), strict=True)
    )
    assert mirrored["light field: top left"] == pytest.approx(named["light field: top right"], abs=1e-3)
    assert mirrored["balance: light right"] == pytest.approx(-named["balance: light right"], abs=1e-3)
    rising = mirrored["spectrum: 3-6 cycles rising"]
    assert rising == pytest.approx(named["spectrum: 3-6 cycles falling"], abs=1e-3)
    for turn in (22.5, 45, 67.5):
        swapped = mirrored[f"direction: fine {turn:g}°"]
        assert swapped == pytest.approx(named[f"direction: fine {180 - turn:g}°"], abs=1e-3)


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [  # worked out with the formulas of CIE 15 for D65
        ((255, 255, 255), (100, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 255, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
        ((119, 119, 119), (50.03, 0, 0)),
    ],
)
def test_cielab_is_cielab(rgb: tuple[int, int, int], expected: tuple[float, float, float]) -> None:
    assert to_lab(np.array(rgb, np.uint8)) * 100 == pytest.approx(np.array(expected), abs=0.02)


@pytest.mark.parametrize(
    ("colour", "term"),
    [
        ("black", "black"),
        ("gray", "grey"),
        ("white", "white"),
        ("red", "red"),
        ("darkred", "red"),
        ("darkorange", "orange"),
        ("gold", "yellow"),
        ("darkgreen", "green"),
        ("olivedrab", "green"),
        ("blue", "blue"),
        ("navy", "blue"),
        ("skyblue", "blue"),
        ("indigo", "purple"),
        ("hotpink", "pink"),
        ("saddlebrown", "brown"),
    ],
)
def test_colours_are_called_by_their_common_names(colour: str, term: str) -> None:
    rgb = np.array(ImageColor.getrgb(colour), np.uint8)
    assert list(TERMS)[int(term_memberships()[codes(rgb)].argmax())] == term


@pytest.mark.parametrize("memberships", [term_memberships(), patch_memberships()])
def test_every_colour_belongs_somewhere_exactly_once(memberships: npt.NDArray[np.float32]) -> None:
    assert memberships.shape[0] == LEVELS**3
    assert memberships.min() >= 0
    assert memberships.sum(axis=1) == pytest.approx(np.ones(LEVELS**3), abs=1e-5)


def test_colour_codes_count_from_black_to_white() -> None:
    corners = np.array(list(itertools.product((0, 255), repeat=3)), np.uint8).T
    assert codes(corners).tolist() == [0, 15, 240, 255, 3840, 3855, 4080, 4095]


def test_binary_patterns_tell_spots_edges_and_flat_ground() -> None:
    spot = Image.new("L", (3, 3), 100)
    spot.putpixel((1, 1), 50)
    edge = Image.new("L", (3, 3), 100)
    edge.paste(50, (0, 0, 2, 3))
    checks = Image.fromarray(np.indices((3, 3)).sum(axis=0).astype(np.uint8) % 2 * 100)
    flat = Image.new("L", (3, 3), 100)
    kinds = [int(pattern_shares(image, margin=2).argmax()) for image in (spot, edge, checks, flat)]
    assert kinds == [8, 3, 9, 0]  # all brighter, one side brighter, irregular, none brighter


def test_steps_within_the_margin_are_no_pattern_and_white_does_not_overflow() -> None:
    faint = Image.new("L", (3, 3), 255)
    faint.putpixel((1, 1), 254)
    assert pattern_shares(faint, margin=2)[0] == 1


def test_planes_are_reduced_by_means() -> None:
    plane = np.arange(16, dtype=np.float32).reshape(4, 4)
    assert halve(plane).tolist() == [[2.5, 4.5], [10.5, 12.5]]
    assert cells(plane, 2).tolist() == [[2.5, 4.5], [10.5, 12.5]]
    assert cells(plane, 1).tolist() == [[7.5]]


def test_the_pure_features_need_neither_torch_nor_sentence_transformers() -> None:
    program = (
        "import sys, encoders.palette; "
        "assert not {'torch', 'sentence_transformers', 'scipy'} & set(sys.modules), 'heavy import'"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.paintings
def test_paintings_spread_over_every_feature_and_none_dominates(paintings_sample: list[Image.Image]) -> None:
    values = np.stack([features(image) for image in paintings_sample])
    unit = values / np.linalg.norm(values, axis=1, keepdims=True)
    spread = unit.std(axis=0)
    assert spread.min() > 0.1 * np.median(spread)
    assert (unit**2).mean(axis=0).max() < 5 / len(FEATURE_NAMES)


@pytest.fixture
def paintings_sample() -> list[Image.Image]:
    folder = Path(__file__).parents[3] / "shared" / "paintings"
    return [Image.open(path) for path in sorted(folder.glob("*/*.jpg"))[::12]]
