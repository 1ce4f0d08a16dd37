"""A fitted model with its backbone tuned, calibrated again."""

from dataclasses import replace

import numpy as np

from encoders.model import EmotionModel, word_texts
from encoders.vectors import Vectors
from trainer.fitted import Fitted
from trainer.fitting import AS_TRAINED, Recipe, read_round
from trainer.lessons import Lessons
from trainer.split import Split
from trainer.tuning.tune import Tuned
from trainer.unseen import learn_unseen


def refit(fitted: Fitted, recipe: Recipe, lessons: Lessons, tuned: Tuned, looks: Vectors) -> Fitted:
    """The model with the tuned backbone and heads; `looks` are its of the held-out paintings.

    What words without votes may claim stays as linear probing found it: tuning has seen the votes for every
    word.
    """
    recipe = replace(recipe, backbone=tuned.backbone)
    rows = lessons.split.held_out
    held_out = replace(
        lessons,
        looks=looks,
        counts=lessons.counts[rows],
        viewers=lessons.viewers[rows],
        shares=lessons.shares[rows],
        split=Split(train=np.empty(0, np.int64), held_out=np.arange(len(rows))),
    )
    learned = replace(fitted.done.learned, heads=tuned.heads)
    texts = word_texts(tuned.backbone, recipe.prompts, lessons.words)
    done = read_round(recipe, held_out, learned, texts, AS_TRAINED)
    calibration = learn_unseen(done.calibration, fitted.rotation.turns)
    name = fitted.model.name
    model = EmotionModel(name, tuned.backbone, tuned.heads, calibration, done.bank, recipe.prompts)
    return replace(fitted, model=model, done=done)
