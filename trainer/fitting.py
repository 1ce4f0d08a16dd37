"""Fitting a model to lessons: rounds of learning, each with heads trained and their scores calibrated."""

from dataclasses import dataclass

from encoders.backbone import Backbone
from encoders.coherence import Calibration, ReferenceBank
from encoders.model import word_vectors
from encoders.projection import IMAGE, make_heads, project
from encoders.prompts import Prompts
from encoders.vectors import Vectors
from trainer.calibrate import BANK_SIZE, fit_seen
from trainer.heads import Learned, TrainSettings, train_heads
from trainer.lessons import Lessons, examples


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
    vectors: Vectors
    """(k, d') of the lessons' words."""
    feelings: Vectors
    """(n, d') of the held-out paintings."""
    bank: ReferenceBank
    calibration: Calibration


def run_round(recipe: Recipe, lessons: Lessons, title: str = "Training") -> Round:
    """Train on the training paintings.

    Bank and calibration come from held-out paintings: trained ones are nearer to their words.
    """
    backbone, settings = recipe.backbone, recipe.settings
    held_out = lessons.split.held_out
    learned = train_heads(
        make_heads(backbone.look_size, backbone.text_size, settings.seed),
        examples(lessons, lessons.split.train),
        examples(lessons, held_out),
        lessons.texts,
        settings,
        title,
    )
    vectors = word_vectors(backbone, learned.heads, recipe.prompts, lessons.words)
    feelings = project(learned.heads, IMAGE, lessons.looks[held_out])
    bank = ReferenceBank(feelings[:BANK_SIZE])
    counts, viewers = lessons.counts[held_out], lessons.viewers[held_out]
    calibration = fit_seen(lessons.words, vectors, feelings, counts, viewers, bank)
    return Round(learned, vectors, feelings, bank, calibration)
