"""How well a model reads words that it was never trained on: train without some, score them, take turns.

In every round some emotions are held out: their votes and utterances are removed, and so are the training
paintings that they dominate. All rounds are measured on the same paintings, which none has seen.
"""

import numpy as np
from tqdm import tqdm

from encoders.home import Home
from encoders.model_folder import load_model
from encoders.vectors import Vectors
from trainer.annotations.annotations import Side
from trainer.errors import TrainingError
from trainer.evaluation.contenders import coherences, untrained_chances, untrained_similarities
from trainer.evaluation.recall import recall
from trainer.evaluation.transfer import Rounds, Transfer, compare
from trainer.features import compute_looks
from trainer.fitting import Recipe
from trainer.join import Annotated
from trainer.lessons import Lessons, prepare, with_copies_together
from trainer.material import Material
from trainer.rotation import LEAST_WORDS, groups, without
from trainer.split import Rows, split
from trainer.train import LEAST_PAINTINGS, fit


def rotate_held_out(
    home: Home,
    name: str,
    material: Material,
    at_once: int = 2,
) -> Transfer:
    """Train as the model `name` was, without `at_once` words at a time, and measure what each did not see.

    The annotations' own test paintings are measured on, or where there are none those that training would
    hold out; the others are divided anew to learn from and to calibrate by.

    Raises:
        ModelError, SourceError, AnnotationError: one of the inputs cannot be used.
        TrainingError: there are too few words or paintings to hold any out.
    """
    model = load_model(home, name)
    settings = recall(home.models / name).settings
    joint, _ = material.join()
    asked = with_copies_together(joint.keep(np.flatnonzero(joint.viewers > 0)))
    looks = compute_looks(model.backbone, asked.paintings)
    annotated = asked.keep(looks.rows)
    measured, learned = _divide(annotated, settings.seed)
    recipe = Recipe(model.backbone, model.prompts, settings)
    lessons = _prepare(annotated.keep(learned), looks.vectors[learned], recipe)
    if len(lessons.words) < at_once + LEAST_WORDS or len(learned) < LEAST_PAINTINGS:
        raise TrainingError(
            f"{len(lessons.words)} words and {len(learned)} paintings are too few to hold {at_once} words "
            f"out; give annotations with at least {at_once + LEAST_WORDS} words and {LEAST_PAINTINGS} "
            "paintings."
        )
    rounds = _rounds(recipe, lessons, at_once, looks.vectors[measured])
    untrained = untrained_similarities(
        model.backbone, model.prompts, settings.seed, looks.vectors[measured], lessons.words
    )
    columns = [annotated.emotions.index(word) for word in lessons.words]
    fractions = annotated.counts[measured][:, columns] / annotated.viewers[measured, None]
    return compare(rounds, untrained_chances(untrained, _rest(lessons)), fractions, lessons.words)


def _rounds(recipe: Recipe, lessons: Lessons, at_once: int, looks: Vectors) -> Rounds:
    turns = groups(len(lessons.words), at_once)
    chances = []
    for turn in tqdm(turns, desc="Holding out", unit=" rounds", disable=None):
        learner, _ = fit("held-out", recipe, without(lessons, turn))
        chances.append(coherences(learner, looks, lessons.words))
    held_out = [np.isin(np.arange(len(lessons.words)), turn) for turn in turns]
    return Rounds(np.stack(chances), np.stack(held_out))


def _divide(annotated: Annotated, seed: int) -> tuple[Rows, Rows]:
    """Rows to measure on and rows to learn from."""
    if annotated.sides is not None:
        tests = annotated.sides == Side.TEST
        if tests.any() and not tests.all():
            return np.flatnonzero(tests), np.flatnonzero(~tests)
    sides = split([painting.key for painting in annotated.paintings], seed, annotated.sides)
    return sides.held_out, sides.train


def _prepare(annotated: Annotated, looks: Vectors, recipe: Recipe) -> Lessons:
    keys = [painting.key for painting in annotated.paintings]
    sides = split(keys, recipe.settings.seed, annotated.sides)
    return prepare(annotated, looks, sides, recipe.backbone, recipe.prompts)


def _rest(lessons: Lessons) -> float:
    """The share of training paintings' viewers who named none of the words."""
    train = lessons.split.train
    return max(1 - float(lessons.counts[train].sum() / lessons.viewers[train].sum()), 0.0)
