"""Rounds of learning, each with heads trained, blended and read, and their scores calibrated."""

from dataclasses import dataclass, replace

import numpy as np
from sentence_transformers.base.modules import Router

from encoders.backbone import Backbone
from encoders.coherence import Array, Calibration, ReferenceBank, standardise
from encoders.model import project_words
from encoders.projection import IMAGE, make_heads, project
from encoders.vectors import Vectors
from encoders.words.prompts import Prompts
from trainer.calibration.platt import fit_seen
from trainer.dataset.training_data import TrainingData, examples
from trainer.heads.interpolation import interpolate
from trainer.heads.training import Learned, TrainSettings, train_heads

BANK_SIZE = 2000
"""Held-out paintings that make up a reference bank at most."""
AS_TRAINED = 1.0
"""The weight of trained heads, beside untrained ones, that leaves them as they are."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What every round of learning is made with."""

    backbone: Backbone
    prompts: Prompts
    settings: TrainSettings


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round; `calibration` says nothing yet of unseen words."""

    learned: Learned
    """With the blended heads."""
    vectors: Vectors
    """(k, d') of the data's words."""
    feelings: Vectors
    """(n, d') of the held-out paintings."""
    bank: ReferenceBank
    calibration: Calibration

    @property
    def similarities(self) -> Array:
        """(n, k), of the held-out paintings to the data's words."""
        return compare(self.feelings, self.vectors)


def learn(recipe: Recipe, data: TrainingData, title: str) -> Learned:
    """Train heads on the training paintings, as yet unblended; `title` heads the progress bar."""
    return train_heads(
        _untrained(recipe),
        examples(data, data.split.train),
        examples(data, data.split.held_out),
        data.texts,
        recipe.settings,
        title,
    )


def read_round(recipe: Recipe, data: TrainingData, learned: Learned, texts: Vectors, blend: float) -> Round:
    """Blend trained heads with untrained ones, by their weight in [0, 1], and calibrate their scores.

    `texts` (k, templates, text_size) are the data's words as the backbone reads them. Bank and calibration
    come from held-out paintings: trained ones are nearer to their words.
    """
    held_out = data.split.held_out
    heads = blend_heads(recipe, learned, blend)
    vectors = project_words(heads, texts)
    feelings = project(heads, IMAGE, data.looks[held_out])
    z = standardise_by_bank(compare(feelings, vectors))
    calibration = fit_seen(data.words, z, data.counts[held_out], data.viewers[held_out])
    bank = ReferenceBank(feelings[:BANK_SIZE])
    return Round(replace(learned, heads=heads), vectors, feelings, bank, calibration)


def blend_heads(recipe: Recipe, learned: Learned, blend: float) -> Router:
    """The trained heads, by this weight in [0, 1], with the untrained ones."""
    return interpolate(_untrained(recipe), learned.heads, blend)


def compare(feelings: Vectors, vectors: Vectors) -> Array:
    """Cosines (n, k) of feelings (n, d') and words (k, d')."""
    return (feelings @ vectors.T).astype(np.float64)


def standardise_by_bank(similarities: Array) -> Array:
    """Of held-out paintings (n, k), the first of which are the reference bank."""
    return standardise(similarities, similarities[:BANK_SIZE])


def _untrained(recipe: Recipe) -> Router:
    backbone = recipe.backbone
    return make_heads(backbone.look_size, backbone.text_size, recipe.settings.seed)
