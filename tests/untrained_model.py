"""A model that learned nothing, whole in every other respect."""

from pathlib import Path

import numpy as np

from encoders.backbone import Backbone
from encoders.coherence import Calibration, ReferenceBank
from encoders.emotions import vocabulary
from encoders.home import Home
from encoders.model import EmotionModel
from encoders.model_folder import save_model
from encoders.projection import make_heads
from encoders.prompts import Prompts
from encoders.vectors import unit

NAME = "untrained"
LOG_ODDS = {"sadness": -1.0, "awe": -2.0}


def untrained(backbone: Backbone) -> EmotionModel:
    heads = make_heads(backbone.look_size, backbone.text_size)
    bank = unit(np.random.default_rng(0).standard_normal((50, backbone.text_size)))
    return EmotionModel(NAME, backbone, heads, Calibration(1.0, LOG_ODDS), ReferenceBank(bank), Prompts())


def save_untrained(backbone: Backbone, path: Path) -> Home:
    """A home that has it as its only model, with the words of the vocabulary."""
    home, model = Home(path), untrained(backbone)
    folder = home.models / NAME
    folder.mkdir(parents=True)
    words = tuple(vocabulary())
    known = dict(zip(words, model.words(words), strict=True))
    save_model(model, folder, "2026-01-01T00:00:00+00:00", (), {}, known)
    return home
