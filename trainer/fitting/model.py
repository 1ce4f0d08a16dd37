"""A whole model, learned and calibrated from data."""

from dataclasses import dataclass

from encoders.model import EmotionModel
from trainer.dataset.training_data import TrainingData
from trainer.fitting.rotation import Rotation, rotate
from trainer.fitting.round import Recipe, Round, learn, read_round
from trainer.fitting.unseen import learn_unseen


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model and what it came of."""

    model: EmotionModel
    done: Round
    rotation: Rotation


def fit_model(name: str, recipe: Recipe, data: TrainingData) -> Fitted:
    """Learn heads, blend them and calibrate their scores, also for words without votes."""
    learned = learn(recipe, data, "Training")
    rotation = rotate(recipe, data)
    texts = data.texts.prompts.numpy()
    done = read_round(recipe, data, learned, texts, rotation.blend)
    calibration = learn_unseen(done.calibration, rotation.turns)
    heads = done.learned.heads
    model = EmotionModel(name, recipe.backbone, heads, calibration, done.bank, recipe.prompts)
    return Fitted(model, done, rotation)
