"""Training data without pictures: looks drawn around a place for each word, viewers who mostly name it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from encoders.backbone import Backbone, load_backbone
from encoders.model import word_texts
from encoders.vectors import unit
from encoders.words.prompts import Prompts
from trainer.dataset.examples import Texts
from trainer.dataset.smoothing import smoothed_shares
from trainer.dataset.split import Split
from trainer.dataset.training_data import Said, TrainingData
from trainer.fitting.model import Fitted, fit_model
from trainer.fitting.round import Recipe
from trainer.heads.training import TrainSettings

VIEWERS = 6


def make_data(
    backbone: Backbone, words: Sequence[str], paintings: int = 60, held_out: int = 20, seed: int = 0
) -> TrainingData:
    """Of six viewers three name the painting's word, two any, and one none of the words."""
    rng = np.random.default_rng(seed)
    moods = np.arange(paintings) % len(words)
    places = rng.standard_normal((len(words), backbone.look_size))
    votes = np.eye(len(words), dtype=np.int64)
    counts = 3 * votes[moods] + rng.multinomial(2, np.full(len(words), 1 / len(words)), paintings)
    nothing = np.empty(0, np.int64)
    return TrainingData(
        words=tuple(words),
        looks=unit(places[moods] + rng.standard_normal((paintings, backbone.look_size))),
        counts=counts,
        viewers=np.full(paintings, VIEWERS),
        shares=smoothed_shares(counts, counts.sum(axis=0)),
        texts=Texts(
            prompts=torch.from_numpy(word_texts(backbone, Prompts(), words)),
            utterances=torch.empty(0, backbone.text_size),
            vocabulary=torch.from_numpy(backbone.text(words)),
        ),
        said=Said(nothing, nothing, nothing),
        split=Split(np.arange(held_out, paintings), np.arange(held_out)),
    )


def fit_small(backbone: Path, words: Sequence[str], held_out: int = 40) -> tuple[Fitted, TrainingData]:
    """A model learned in three epochs from eighty paintings and calibrated on others."""
    loaded = load_backbone(str(backbone))
    data = make_data(loaded, words, 80 + held_out, held_out)
    recipe = Recipe(loaded, Prompts(), TrainSettings(epochs=3, blend=1.0))
    return fit_model("small", recipe, data), data
