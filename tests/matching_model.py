"""A model that has learned nothing but reads words with a real text side, and knows the words of a test."""

from collections.abc import Sequence

from encoders.backbone import Backbone
from encoders.model import EmotionModel
from encoders.words.emotions import vocabulary
from encoders.words.no_feelings import NO_FEELINGS
from encoders.words.prompts import Prompts
from tests.untrained_model import untrained


def model_that_knows(backbone: Backbone, prompts: Prompts, words: Sequence[str]) -> EmotionModel:
    """These words, and those that a match is fitted to, are encoded."""
    words = (*vocabulary(), *NO_FEELINGS, *words)
    known = dict(zip(words, untrained(backbone, prompts).words(words), strict=True))
    return untrained(backbone, prompts, known)
