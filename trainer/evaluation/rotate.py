"""How well a model reads words that it was never trained on: train without some, and score them.

In every round some emotions are held out: their votes and utterances are removed, and so are the training
paintings that they dominate. All rounds are measured on the same paintings, which none has seen.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from sentence_transformers.base.modules import Router
from tqdm import tqdm

from encoders.home import Home
from encoders.model_folder import load_model
from encoders.vectors import Vectors
from encoders.words.emotions import SOMETHING_ELSE
from encoders.words.prompts import clean_word
from trainer.annotations.annotations import Side
from trainer.dataset.gathering import LEAST_PAINTINGS
from trainer.dataset.join import Annotated
from trainer.dataset.material import Material
from trainer.dataset.split import divide, with_copies_together
from trainer.dataset.training_data import TrainingData, prepare
from trainer.errors import TrainingError
from trainer.evaluation.contenders import coherences, cosines, untrained_chances, untrained_heads, untuned
from trainer.evaluation.exam import Exam
from trainer.evaluation.provenance import read_provenance
from trainer.evaluation.transfer import Turns
from trainer.features.cache import Cache
from trainer.features.embedding import compute_looks
from trainer.fitting.model import fit_model
from trainer.fitting.rotation import LEAST_WORDS, groups, without
from trainer.fitting.round import Recipe
from trainer.metrics.measure import Table
from trainer.rows import Rows


@dataclass(frozen=True, slots=True)
class Course:
    """What rounds learn from, and the n paintings that they are measured on."""

    model: str
    recipe: Recipe
    data: TrainingData
    exam: Exam
    heads_alone: bool
    """Whether the model was fine-tuned: rounds then start from the backbone that has not seen the words."""


def rotate_held_out(home: Home, name: str, material: Material, at_once: int = 2) -> Turns:
    """Train as the model `name` was, without `at_once` words at a time until each was held out once.

    The annotations' own test paintings are measured on, or where there are none those that training would
    hold out; the others are divided anew to learn from and to calibrate by.

    Raises:
        ModelError, SourceError, AnnotationError: one of the inputs cannot be used.
        TrainingError: there are too few words or paintings to hold any out.
    """
    course = _prepare(home, name, material)
    _refuse_too_few(course, at_once)
    return _take(course, groups(len(course.data.words), at_once))


def hold_out(home: Home, name: str, material: Material, words: Sequence[str]) -> Turns:
    """Train as the model `name` was, but without these words: one round of what `rotate_held_out` does.

    Raises:
        WordError: one of the words is none.
        ModelError, SourceError, AnnotationError: one of the inputs cannot be used.
        TrainingError: nobody named one of the words, or too few words or paintings stay to learn from.
    """
    chosen = list(dict.fromkeys(clean_word(word) for word in words))
    course = _prepare(home, name, material, chosen)
    known = course.data.words
    _refuse_unknown(chosen, known)
    _refuse_too_few(course, len(chosen))
    return _take(course, [[known.index(word) for word in chosen]])


def _refuse_unknown(words: Sequence[str], known: Sequence[str]) -> None:
    named = [word for word in known if word != SOMETHING_ELSE]
    if unknown := [word for word in words if word not in named]:
        raise TrainingError(
            f"Nobody named {' or '.join(map(repr, unknown))} for a painting to learn from; "
            f"hold out some of these: {', '.join(named)}."
        )


def _refuse_too_few(course: Course, at_once: int) -> None:
    words, paintings = len(course.data.words), course.exam.trained_on
    if words < at_once + LEAST_WORDS or paintings < LEAST_PAINTINGS:
        raise TrainingError(
            f"{words} words and {paintings} paintings are too few to hold {at_once} words out; give "
            f"annotations with at least {at_once + LEAST_WORDS} words and {LEAST_PAINTINGS} paintings."
        )


def _prepare(home: Home, name: str, material: Material, words: Sequence[str] = ()) -> Course:
    """`words` are refused early, before any picture is read, if no annotation names them."""
    model = load_model(home, name)
    training = read_provenance(home.models / name)
    settings, backbone = training.settings, untuned(model.backbone, training)
    joint, _ = material.join()
    _refuse_unknown(words, [joint.emotions[column] for column in np.flatnonzero(joint.counts.any(axis=0))])
    asked = joint.keep(np.flatnonzero(joint.viewers > 0))
    with closing(Cache(home.cache, backbone.look_id)) as cache:
        looks = compute_looks(backbone, asked.paintings, cache)
        annotated = with_copies_together(asked.keep(looks.rows), looks.vectors)
        measured, learned = _divide(annotated, settings.seed)
        recipe = Recipe(backbone, model.prompts, settings)
        data = _training_data(annotated.keep(learned), looks.vectors[learned], recipe, cache)
    examined = annotated.keep(measured)
    exam = Exam(
        words=data.words,
        paintings=examined.paintings,
        looks=looks.vectors[measured],
        votes=examined.counts[:, [examined.emotions.index(word) for word in data.words]],
        viewers=examined.viewers,
        trained_on=len(learned),
        calibrated_on=0,
        unreadable=looks.skipped,
        one_answer_each=examined.raters is None,
    )
    return Course(name, recipe, data, exam, training.tuned)


def _take(course: Course, turns: Sequence[Sequence[int]]) -> Turns:
    """One round for each list of columns to do without."""
    recipe, words, looks = course.recipe, course.data.words, course.exam.looks

    def compare(heads: Router) -> Table:
        return cosines(recipe.backbone, heads, recipe.prompts, looks, words)

    rounds = []
    for turn in tqdm(turns, desc="Holding out", unit=" rounds", disable=None):
        learner = fit_model("held-out", recipe, without(course.data, turn)).model
        rounds.append((coherences(learner, looks, words), compare(learner.heads)))
    chances, similarities = (np.stack(tables) for tables in zip(*rounds, strict=True))
    untrained = compare(untrained_heads(recipe.backbone, recipe.settings.seed))
    return Turns(
        course.model,
        course.exam,
        held_out=np.stack([np.isin(np.arange(len(words)), turn) for turn in turns]),
        chances=chances,
        cosines=similarities,
        untrained=untrained_chances(untrained, _rest(course.data)),
        heads_alone=course.heads_alone,
    )


def _divide(annotated: Annotated, seed: int) -> tuple[Rows, Rows]:
    """Rows to measure on and rows to learn from."""
    if annotated.sides is not None:
        tests = annotated.sides == Side.TEST
        if tests.any() and not tests.all():
            return np.flatnonzero(tests), np.flatnonzero(~tests)
    sides = divide(annotated, seed)
    return sides.held_out, sides.train


def _training_data(annotated: Annotated, looks: Vectors, recipe: Recipe, cache: Cache) -> TrainingData:
    sides = divide(annotated, recipe.settings.seed)
    return prepare(annotated, looks, sides, recipe.backbone, recipe.prompts, cache)


def _rest(data: TrainingData) -> float:
    """The share of training paintings' viewers who named none of the words."""
    train = data.split.train
    return max(1 - float(data.counts[train].sum() / data.viewers[train].sum()), 0.0)
