"""A whole model, learned and calibrated from lessons."""

from dataclasses import dataclass

from encoders.model import EmotionModel
from trainer.fitting import Recipe, Round, learn, read_round
from trainer.lessons import Lessons
from trainer.rotation import Rotation, rotate
from trainer.unseen import learn_unseen


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model and what it came of."""

    model: EmotionModel
    done: Round
    rotation: Rotation


def fit_model(name: str, recipe: Recipe, lessons: Lessons) -> Fitted:
    """Learn heads, blend them and calibrate their scores, also for words without votes."""
    learned = learn(recipe, lessons, "Training")
    rotation = rotate(recipe, lessons)
    texts = lessons.texts.prompts.numpy()
    done = read_round(recipe, lessons, learned, texts, rotation.blend)
    calibration = learn_unseen(done.calibration, rotation.turns)
    heads = done.learned.heads
    model = EmotionModel(name, recipe.backbone, heads, calibration, done.bank, recipe.prompts)
    return Fitted(model, done, rotation)
