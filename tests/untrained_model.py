"""A model that learned nothing, whole in every other respect."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from encoders.backbone import Backbone
from encoders.coherence import Calibration, ReferenceBank
from encoders.home import Home
from encoders.model import EmotionModel
from encoders.model_folder import save_model
from encoders.projection import make_heads
from encoders.vectors import Vector, unit
from encoders.words.emotions import vocabulary
from encoders.words.prompts import Prompts

NAME = "untrained"
LOG_ODDS = {"sadness": -1.0, "awe": -2.0}
PROMPTS = Prompts()


def untrained(
    backbone: Backbone, prompts: Prompts = PROMPTS, known: Mapping[str, Vector] | None = None
) -> EmotionModel:
    """Its heads leave texts as they are; `known` are words that were encoded before."""
    heads = make_heads(backbone.look_size, backbone.text_size)
    bank = ReferenceBank(unit(np.random.default_rng(0).standard_normal((50, backbone.text_size))))
    return EmotionModel(NAME, backbone, heads, Calibration(1.0, LOG_ODDS), bank, prompts, known)


def save_untrained(backbone: Backbone, path: Path) -> Home:
    """A home that has it as its only model, with the words of the vocabulary."""
    home, model = Home(path), untrained(backbone)
    folder = home.models / NAME
    folder.mkdir(parents=True)
    words = tuple(vocabulary())
    known = dict(zip(words, model.words(words), strict=True))
    save_model(model, folder, "2026-01-01T00:00:00+00:00", (), {}, known)
    return home
