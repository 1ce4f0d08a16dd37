"""What each hand-made feature adds to a similarity, and how that is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from encoders.backbone import load_backbone
from encoders.errors import ModelError
from encoders.model import EmotionModel
from encoders.palette import FEATURE_GROUPS, FEATURE_NAMES
from encoders.projection import IMAGE, head
from encoders.vectors import unit
from encoders.why.features import Sight
from encoders.why.themes import MOST_LINES, THEMES, Theme, summarise
from tests.untrained_model import untrained

FEATURES = len(FEATURE_NAMES)


def draw_sight(seed: int, looks: int = 12, feelings: int = 8, bias: float = 1.0) -> Sight:
    rng = np.random.default_rng(seed)
    word = unit(rng.standard_normal(feelings)).astype(np.float64)
    return Sight(rng.standard_normal((feelings, looks)), bias * rng.standard_normal(feelings), word)


@pytest.fixture(scope="module")
def model() -> EmotionModel:
    """Palette with heads that have moved from where training starts."""
    made = untrained(load_backbone("palette"))
    head(made.heads, IMAGE).bias.data.normal_(0, 0.05)
    return made


@given(some.integers(0, 10_000), some.floats(0.5, 3))
def test_contributions_sum_to_the_distance_from_an_ordinary_painting(seed: int, bias: float) -> None:
    sight = draw_sight(seed, bias=bias)
    look = unit(np.random.default_rng(seed + 1).standard_normal(12))
    assert sight.weigh(look).sum() == pytest.approx(sight.similarity(look) - sight.ordinary(), abs=1e-4)


def test_a_feature_that_no_feeling_hangs_on_adds_nothing() -> None:
    sight = draw_sight(0)
    sight.weight[:, 3] = 0
    assert sight.weigh(unit(np.ones(12)))[3] == 0


def test_contributions_worked_by_hand() -> None:
    """A feeling (1, x) against the word (0, 1): x / sqrt(1 + x²) is all due to the one feature."""
    sight = Sight(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    assert sight.ordinary() == 0
    assert sight.weigh(np.array([0.75, 0.5], np.float32)) == pytest.approx([0.6, 0.0])


def test_the_sum_holds_for_a_model_and_its_picture(model: EmotionModel, pictures: list[Image.Image]) -> None:
    vector = model.read("melancholy").vector
    sight, looks = Sight.of(model, vector), model.look(pictures)
    for look, similarity in zip(looks, model.feeling(looks) @ vector, strict=True):
        assert sight.similarity(look) == pytest.approx(similarity, abs=1e-6)
        assert sight.ordinary() + sight.weigh(look).sum() == pytest.approx(similarity, abs=1e-5)


def test_making_the_strongest_features_ordinary_costs_more_than_making_others_so(
    model: EmotionModel, pictures: list[Image.Image]
) -> None:
    vector, rng = model.read("joy").vector, np.random.default_rng(0)
    sight = Sight.of(model, vector)
    for picture in pictures:
        features = model.prepare(picture)
        [look] = model.embed([features])
        order = np.argsort(-sight.weigh(look))
        chosen = [order[:20], *(rng.permutation(FEATURES)[:20] for _ in range(5)), order[-20:]]
        without = [np.where(np.isin(np.arange(FEATURES), columns), 0, features) for columns in chosen]
        top, *others, bottom = model.feeling(model.embed(without)) @ vector
        assert top < min(others)
        assert bottom > max(others)


def test_heads_that_were_never_trained_are_refused_in_one_sentence() -> None:
    with pytest.raises(ModelError, match=r"model untrained was not trained.*`moodseum train`"):
        Sight.of(untrained(load_backbone("palette")), np.ones(384, np.float32))


def test_every_feature_belongs_to_one_theme_of_its_group() -> None:
    columns = np.concatenate([theme.columns for theme in THEMES])
    assert sorted(columns) == list(range(FEATURES))
    for theme in THEMES:
        assert {FEATURE_GROUPS[column] for column in theme.columns} == {theme.group}
        assert theme.sign_column(np.ones(FEATURES)) in theme.columns


@given(some.integers(0, 10_000))
def test_a_summary_is_short_ordered_and_loses_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    carried, features = rng.standard_normal(FEATURES), rng.uniform(-1, 1, FEATURES).astype(np.float32)
    *lines, rest = summarise(carried, features)
    assert len(lines) + 1 == MOST_LINES
    assert sum(line.similarity for line in [*lines, rest]) == pytest.approx(carried.sum())
    strengths = [abs(line.similarity) for line in lines]
    assert strengths == sorted(strengths, reverse=True)
    assert (rest.group, rest.value, rest.said) == (None, None, "all else")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-0.9, "much darker than usual"),
        (-0.3, "darker than usual"),
        (0.0, "its tones, as usual on the whole"),
        (0.3, "lighter than usual"),
        (0.9, "much lighter than usual"),
    ],
)
def test_a_value_is_said_in_words(value: float, said: str) -> None:
    light: Theme = THEMES[0]
    assert light.say(light.sign_column(np.zeros(FEATURES)), value) == said


def test_the_colour_that_carries_the_most_is_named() -> None:
    carried, features = np.zeros(FEATURES), np.zeros(FEATURES, np.float32)
    column = FEATURE_NAMES.index("terms: brown")
    carried[column], features[column] = -0.5, 0.8
    assert summarise(carried, features)[0].said == "much more brown than usual"
