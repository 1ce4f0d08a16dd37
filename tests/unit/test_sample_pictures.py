"""The painters: every style paints every mood, and the mood shows in what is measurable."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from encoders.words.emotions import ARTEMIS_NAMED
from trainer.sample.characters import CHARACTERS, Character, express
from trainer.sample.colour import Colour, Floats, from_lch, to_lch, to_pixels
from trainer.sample.moods import Mood
from trainer.sample.painters import PAINTERS, Study
from trainer.sample.palettes import KEYS, mix_palette
from trainer.sample.scenes import SUBJECTS, compose
from trainer.sample.sketch import sketch

SMALL = (80, 64)


def paint(style: str, emotion: str, subject: str, seed: int = 0) -> Image.Image:
    rng = np.random.default_rng(seed)
    mood = Mood.pure(emotion)
    character = express(mood, rng)
    palette = mix_palette(mood, character, rng)
    scene = compose(subject, SMALL[0] / SMALL[1], character, palette, rng)
    return PAINTERS[style](Study(scene, palette, character, SMALL, rng))


def lch(picture: Image.Image) -> Floats:
    return to_lch(np.asarray(picture))


@pytest.mark.parametrize("style", PAINTERS)
@pytest.mark.parametrize("emotion", ARTEMIS_NAMED)
def test_every_style_paints_every_emotion(style: str, emotion: str) -> None:
    subject = list(SUBJECTS)[len(style + emotion) % len(SUBJECTS)]
    picture = paint(style, emotion, subject)
    assert picture.mode == "RGB"
    assert picture.size == SMALL
    assert lch(picture)[..., 0].std() > 0.01


@pytest.mark.parametrize("style", PAINTERS)
@pytest.mark.parametrize(
    ("more", "less", "measure"),
    [
        ("contentment", "fear", lambda pixels: pixels[..., 0].mean()),
        ("amusement", "sadness", lambda pixels: pixels[..., 0].mean()),
        ("excitement", "sadness", lambda pixels: pixels[..., 1].mean()),
        ("anger", "fear", lambda pixels: (pixels[..., 1] * np.cos(np.radians(pixels[..., 2] - 30))).mean()),
        ("disgust", "awe", lambda pixels: (pixels[..., 1] * np.cos(np.radians(pixels[..., 2] - 105))).mean()),
        (
            "anger",
            "contentment",
            lambda pixels: abs(np.diff(pixels[..., 0], axis=0)).mean() / pixels[..., 0].mean(),
        ),
    ],
    ids=["lighter", "brighter", "purer", "redder", "greener-yellow", "more contrast"],
)
def test_the_mood_shows_in_every_style(
    style: str, more: str, less: str, measure: Callable[[Floats], float]
) -> None:
    def mean(emotion: str) -> float:
        return float(
            np.mean([measure(lch(paint(style, emotion, subject, 7))) for subject in ("sea", "still life")])
        )

    assert mean(more) > mean(less)


def test_equal_moods_give_unequal_pictures() -> None:
    one, other = (lch(paint("Impressionism", "awe", "sea", seed)).mean(axis=(0, 1)) for seed in (0, 1))
    assert not np.allclose(one, other, atol=0.01)


def test_a_sketch_depends_on_seed_and_number_only() -> None:
    assert np.array_equal(np.asarray(sketch(5, 3).paint()), np.asarray(sketch(5, 3).paint()))
    assert sketch(5, 3).exhibit()[1] == sketch(5, 3).exhibit()[1]
    assert sketch(5, 3).label != sketch(6, 3).label or sketch(5, 3).mood != sketch(6, 3).mood


def test_style_and_subject_tell_nothing_of_the_mood() -> None:
    sketches = [sketch(0, number) for number in range(500)]
    weights = np.array([painting.mood.weights for painting in sketches])
    for kinds in (
        [painting.style for painting in sketches],
        [painting.scene.subject for painting in sketches],
    ):
        of_kind = {kind: weights[[other == kind for other in kinds]] for kind in set(kinds)}
        errors = {kind: part.std(axis=0) / np.sqrt(len(part)) for kind, part in of_kind.items()}
        for kind, part in of_kind.items():
            assert (abs(part.mean(axis=0) - weights.mean(axis=0)) < 4 * errors[kind] + 0.01).all()


def test_pictures_have_a_short_side_of_256_pixels_and_several_shapes() -> None:
    sizes = {sketch(0, number).size for number in range(40)}
    assert {min(size) for size in sizes} == {256}
    assert len(sizes) >= 5


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("emotion", ARTEMIS_NAMED)
def test_a_scene_is_named_and_fills_the_picture(subject: str, emotion: str) -> None:
    rng = np.random.default_rng(1)
    for aspect in (0.7, 1.5):
        scene = compose(
            subject,
            aspect,
            CHARACTERS[emotion],
            mix_palette(Mood.pure(emotion), CHARACTERS[emotion], rng),
            rng,
        )
        assert len(set(scene.things)) == len(scene.things) >= 2
        outlines = np.concatenate([shape.outline for shape in scene.shapes])
        assert (outlines.min(axis=0) <= 0).all()
        assert (outlines.max(axis=0) >= (aspect, 1)).all()
        assert np.isfinite(outlines).all()


def test_extreme_characters_can_be_composed_and_painted() -> None:
    rng = np.random.default_rng(0)
    for character in (Character(*[0.0] * 11), Character(*[1.0] * 11)):
        palette = mix_palette(Mood.pure("awe"), character, rng)
        for subject in SUBJECTS:
            scene = compose(subject, 0.7, character, palette, rng)
            for painter in PAINTERS.values():
                assert painter(Study(scene, palette, character, (56, 80), rng)).size == (56, 80)


def test_every_named_emotion_has_a_character_and_keys() -> None:
    assert tuple(CHARACTERS) == tuple(KEYS) == ARTEMIS_NAMED


@given(st.floats(0.15, 1), st.floats(0, 0.4), st.floats(0, 360))
def test_any_colour_can_be_displayed_at_its_own_lightness(
    lightness: float, chroma: float, hue: float
) -> None:
    shown = to_lch(np.array(Colour(lightness, chroma, hue).rgb, dtype=np.uint8))
    assert shown[0] == pytest.approx(lightness, abs=0.03)
    assert shown[1] <= chroma + 0.02


def test_colours_convert_as_published() -> None:
    red = to_lch(np.array([255, 0, 0], dtype=np.uint8))
    assert red == pytest.approx([0.628, 0.2577, 29.23], abs=0.01)
    assert to_pixels(from_lch(red)).tolist() == [255, 0, 0]


def test_mixing_opposite_colours_gives_grey() -> None:
    mixed = Colour(0.4, 0.1, 20).towards(Colour(0.6, 0.1, 200), 0.5)
    assert mixed.lightness == pytest.approx(0.5)
    assert mixed.chroma == pytest.approx(0)
