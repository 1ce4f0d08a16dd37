"""A model that has learned nothing but reads words with a real text side, and knows the words of a test."""

from collections.abc import Sequence

import numpy as np

from encoders.backbone import Backbone
from encoders.coherence import Calibration, ReferenceBank
from encoders.emotions import vocabulary
from encoders.model import EmotionModel
from encoders.no_feelings import NO_FEELINGS
from encoders.projection import make_heads
from encoders.prompts import Prompts
from encoders.vectors import unit


def model_that_knows(backbone: Backbone, prompts: Prompts, words: Sequence[str]) -> EmotionModel:
    """Its heads leave texts as they are; these words, and those that a match is fitted to, are encoded."""
    words = (*vocabulary(), *NO_FEELINGS, *words)
    heads = make_heads(backbone.look_size, backbone.text_size)
    bank = ReferenceBank(unit(np.random.default_rng(0).standard_normal((50, backbone.text_size))))
    calibration = Calibration(1.0, {"sadness": -1.0, "awe": -2.0})
    encoding = EmotionModel("untrained", backbone, heads, calibration, bank, prompts)
    known = dict(zip(words, encoding.words(words), strict=True))
    return EmotionModel("untrained", backbone, heads, calibration, bank, prompts, known)
