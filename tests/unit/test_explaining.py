import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encoders.backbone import load_backbone
from encoders.fake import FakeEncoder
from encoders.lazy_model import LazyModel
from encoders.model import EmotionModel
from encoders.projection import IMAGE, head
from encoders.why.regions import Regions
from encoders.why.themes import MOST_LINES
from indexer.viewers import Utterance
from search_api.answer import ReleaseName
from search_api.errors import SheetError
from search_api.relating.explanation import MOST_UTTERANCES, describe, explain, place_of
from search_api.rendering.why_sheet import draw_explanation, save_explanation
from search_api.schemas.explaining import ExplanationSchema
from tests.untrained_model import NAME, save_untrained, untrained

SAID = (
    Utterance("contentment", "A calm and sunny day."),
    Utterance("sadness", "Such sorrow, it makes me feel sad and melancholy."),
    Utterance("amusement", "The dog looks funny."),
    Utterance("awe", "The mountains are enormous."),
)


@pytest.fixture(scope="module")
def palette() -> EmotionModel:
    made = untrained(load_backbone("palette"))
    head(made.heads, IMAGE).bias.data.normal_(0, 0.05)
    return made


def test_palette_tells_regions_features_and_utterances(
    palette: EmotionModel, pictures: list[Image.Image]
) -> None:
    found = explain(palette, pictures[0], palette.read("melancholy"), SAID)
    assert found.regions.grid.shape == (7, 7)
    assert found.usual is not None
    added = sum(line.similarity for line in found.contributions)
    assert found.usual + added == pytest.approx(found.similarity, abs=1e-5)
    assert 0 <= found.coherence <= 1
    assert found.utterances[0].utterance.emotion == "sadness"
    nearness = [near.similarity for near in found.utterances]
    assert nearness == sorted(nearness, reverse=True)
    assert len(nearness) == MOST_UTTERANCES


def test_clip_tells_patches_and_no_features(tiny_clip: Path, pictures: list[Image.Image]) -> None:
    model = untrained(load_backbone(str(tiny_clip)))
    hidden = explain(model, pictures[0], model.read("awe"), SAID, exact=True)
    assert (hidden.regions.grid.shape, hidden.regions.method) == ((4, 4), "hiding")
    assert hidden.regions.box == pytest.approx((0.125, 0, 0.875, 1))  # of 40 x 30 pixels
    assert (hidden.usual, hidden.contributions) == (None, ())
    quick = explain(model, pictures[0], model.read("awe"))
    assert (quick.regions.grid.shape, quick.regions.method) == ((4, 4), "gradients")
    assert quick.regions.box == hidden.regions.box
    assert quick.utterances == ()


def test_a_model_that_was_not_loaded_yet_is_loaded(tiny_clip: Path, tmp_path: Path) -> None:
    home = save_untrained(load_backbone(str(tiny_clip)), tmp_path)
    lazy, picture = LazyModel(home, NAME), Image.new("RGB", (40, 40), "#336699")
    assert explain(lazy, picture, lazy.read("awe")).regions.method == "gradients"


def test_any_encoder_can_be_asked_for_regions(pictures: list[Image.Image]) -> None:
    encoder = FakeEncoder()
    found = explain(encoder, pictures[0], encoder.read("joy"), SAID)
    assert found.regions.grid.any()
    assert (found.contributions, found.utterances) == ((), ())


def test_an_explanation_is_drawn_whatever_it_holds(
    palette: EmotionModel, pictures: list[Image.Image]
) -> None:
    fake = FakeEncoder()
    bare = draw_explanation(pictures[2], explain(fake, pictures[2], fake.read("joy")), "浮世 " * 90)
    full_one = explain(palette, pictures[2], palette.read("joy"), SAID)
    full = draw_explanation(pictures[2], full_one, "A title")
    assert bare.width == full.width
    assert bare.height < full.height


def test_an_explanation_is_saved_as_png_or_refused_by_name(
    tmp_path: Path, pictures: list[Image.Image]
) -> None:
    encoder = FakeEncoder()
    found = explain(encoder, pictures[0], encoder.read("joy"))
    save_explanation(pictures[0], found, "A title", tmp_path / "why.png")
    with Image.open(tmp_path / "why.png") as saved:
        assert saved.format == "PNG"
    with pytest.raises(SheetError, match=r"nowhere/why\.png cannot be written"):
        save_explanation(pictures[0], found, "A title", tmp_path / "nowhere" / "why.png")


def test_a_description_is_a_few_lines(palette: EmotionModel, pictures: list[Image.Image]) -> None:
    lines = describe(explain(palette, pictures[1], palette.read("joy"), SAID)).splitlines()
    assert lines[0].startswith("coherence 0.")
    assert lines[2].startswith("from an ordinary painting's similarity")
    assert lines[-1].startswith("viewer, ")
    assert len(lines) == 3 + MOST_LINES + MOST_UTTERANCES


@pytest.mark.parametrize(
    ("place", "said"),
    [((0, 0), "upper left"), ((3, 3), "middle"), ((6, 3), "lower middle"), ((2, 6), "upper right")],
)
def test_the_strongest_place_is_said_in_words(place: tuple[int, int], said: str) -> None:
    grid = np.zeros((7, 7), np.float32)
    grid[place] = 1
    assert place_of(Regions(grid)) == said


def test_an_explanation_is_written_as_json(palette: EmotionModel, pictures: list[Image.Image]) -> None:
    found = explain(palette, pictures[1], palette.read("joy"), SAID)
    written = json.loads(ExplanationSchema.of(found, ReleaseName("a", "b", "c")).model_dump_json())
    assert np.allclose(written["regions"]["grid"], found.regions.grid)
    assert written["contributions"][0]["said"] == found.contributions[0].said
    assert written["utterances"][0]["text"] == found.utterances[0].utterance.text
    assert written["regions"]["method"] == "hiding"


def test_importing_it_loads_no_torch() -> None:
    code = "import sys, search_api.rendering.why_sheet; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
