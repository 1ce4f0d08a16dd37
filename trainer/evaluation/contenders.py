"""Whose scores are compared: the model's own, the untrained backbone's, and always the histogram."""

from collections.abc import Sequence

import numpy as np

from encoders.backbone import Backbone
from encoders.encoder import Encoder
from encoders.model import EmotionModel, word_vectors
from encoders.projection import IMAGE, make_heads, project
from encoders.prompts import Prompts
from encoders.vectors import Vectors
from trainer.evaluation.measure import Table
from trainer.losses import INITIAL_SCALE

WORD_BANK = (
    *(
        "acceptance",
        "admiration",
        "amazement",
        "amusement",
        "anger",
        "annoyance",
        "anticipation",
        "apprehension",
    ),
    *("approval", "awe", "boredom", "caring", "confusion", "contentment", "curiosity", "desire"),
    *(
        "disappointment",
        "disapproval",
        "disgust",
        "distraction",
        "ecstasy",
        "embarrassment",
        "excitement",
        "fear",
    ),
    *("gratitude", "grief", "interest", "joy", "loathing", "love", "nervousness", "optimism"),
    *("pensiveness", "pride", "rage", "realization", "relief", "remorse", "sadness", "serenity"),
    *("surprise", "terror", "trust", "vigilance"),
)
"""Of Plutchik's wheel (1980), GoEmotions (Demszky et al. 2020) and ArtEmis: for the hubness of a space."""


def coherences(model: Encoder, looks: Vectors, words: Sequence[str]) -> Table:
    """What is served: looks (n, look_size) -> feelings -> the coherence of each word, (n, k)."""
    feelings = model.feeling(looks)
    readings = [model.read(word) for word in words]
    return np.column_stack([reading.coherence(feelings @ reading.vector) for reading in readings])


def untrained_chances(similarities: Table, rest: float) -> Table:
    """Cosines (n, k) of the untrained backbone as chances (n, k): a softmax over the words.

    It is taken at the scale that training starts with; `rest`, the share of viewers who name no word, is
    left over.
    """
    logits = INITIAL_SCALE * (similarities - similarities.max(axis=1, keepdims=True))
    weights = np.exp(logits)
    chances: Table = (1 - rest) * weights / weights.sum(axis=1, keepdims=True)
    return chances


def untrained_similarities(
    backbone: Backbone, prompts: Prompts, seed: int, looks: Vectors, words: Sequence[str]
) -> Table:
    """Cosines (n, k) of looks and words through the heads that training starts with.

    Where the backbone's two sides are equally wide that is the backbone itself, otherwise its picture side
    is turned at random and the order of paintings is chance.
    """
    heads = make_heads(backbone.look_size, backbone.text_size, seed)
    vectors = word_vectors(backbone, heads, prompts, words)
    return (project(heads, IMAGE, looks) @ vectors.T).astype(np.float64)


def similarities(model: EmotionModel, looks: Vectors, words: Sequence[str]) -> Table:
    """Cosines (n, k) of feelings and words."""
    vectors = np.stack([model.read(word).vector for word in words])
    return (model.feeling(looks) @ vectors.T).astype(np.float64)
