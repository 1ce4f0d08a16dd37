"""A fitted model with its backbone tuned, calibrated again."""

from dataclasses import replace

import numpy as np

from encoders.model import EmotionModel, word_texts
from encoders.vectors import Vectors
from trainer.dataset.split import Split
from trainer.dataset.training_data import TrainingData
from trainer.fitting.model import Fitted
from trainer.fitting.round import AS_TRAINED, Recipe, read_round
from trainer.fitting.unseen import learn_unseen
from trainer.tuning.tune import Tuned


def refit(fitted: Fitted, recipe: Recipe, data: TrainingData, tuned: Tuned, looks: Vectors) -> Fitted:
    """The model with the tuned backbone and heads; `looks` are its of the held-out paintings.

    What words without votes may claim stays as linear probing found it: tuning has seen the votes for every
    word.
    """
    recipe = replace(recipe, backbone=tuned.backbone)
    rows = data.split.held_out
    held_out = replace(
        data,
        looks=looks,
        counts=data.counts[rows],
        viewers=data.viewers[rows],
        shares=data.shares[rows],
        split=Split(train=np.empty(0, np.int64), held_out=np.arange(len(rows))),
    )
    learned = replace(fitted.done.learned, heads=tuned.heads)
    texts = word_texts(tuned.backbone, recipe.prompts, data.words)
    done = read_round(recipe, held_out, learned, texts, AS_TRAINED)
    calibration = learn_unseen(done.calibration, fitted.rotation.turns)
    name = fitted.model.name
    model = EmotionModel(name, tuned.backbone, tuned.heads, calibration, done.bank, recipe.prompts)
    return replace(fitted, model=model, done=done)
