"""The losses side by side: what heads learn with each, of words they are trained on and of others."""

import time
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np

from encoders.backbone import load_backbone
from encoders.model import EmotionModel, project_words
from encoders.projection import IMAGE, project
from encoders.vectors import Vectors
from encoders.words.prompts import Prompts
from trainer.annotations.annotations import Counts
from trainer.dataset.material import Material
from trainer.dataset.split import split
from trainer.dataset.training_data import TrainingData, prepare
from trainer.evaluation.contenders import coherences
from trainer.features.embedding import compute_looks
from trainer.fitting.rotation import groups, without
from trainer.fitting.round import AS_TRAINED, Recipe, compare, learn, read_round
from trainer.heads.losses import LOSSES
from trainer.heads.training import TrainSettings
from trainer.metrics.agreement import accuracy_dominant, auroc_any_vote, spearman
from trainer.sample import paint_gallery

PAINTINGS, NEW = 960, 240
SEEDS = (0, 1, 2)
COLUMNS = ("held-out CE", "dominant", "spearman", "auroc", "spearman", "auroc", "s/epoch")


@dataclass(frozen=True, slots=True)
class Line:
    """What one loss came to with one seed."""

    cross_entropy: float
    """Of the paintings that chose the epoch, at the loss's own scale: only the soft loss aims at it."""
    accuracy: float
    seen_spearman: float
    seen_auroc: float
    unseen_spearman: float
    unseen_auroc: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Course:
    """What is learned from, and new paintings to measure on."""

    data: TrainingData
    looks: Vectors
    votes: Counts


def compare_losses(folder: Path) -> None:
    """The median over three seeds; all but cross-entropy and seconds is of new paintings."""
    print(f"\nLosses: {PAINTINGS} painted pictures, {NEW} of them new, palette; seen words, then unseen ones")
    print("".join(f"{name:>12}" for name in ("", *COLUMNS)))
    recipe = Recipe(load_backbone("palette"), Prompts(), TrainSettings())
    course = _prepare(folder, recipe)
    for loss in LOSSES:
        runs = [replace(recipe, settings=TrainSettings(loss=loss, seed=seed)) for seed in SEEDS]
        lines = [astuple(_measure(course, run)) for run in runs]
        print(f"{loss:>12}" + "".join(f"{figure:12.3f}" for figure in np.median(lines, axis=0)))


def _prepare(folder: Path, recipe: Recipe) -> Course:
    gallery = paint_gallery(folder / "gallery", PAINTINGS)
    annotated, _ = Material(gallery.pictures, gallery.annotations).join()
    looks = compute_looks(recipe.backbone, annotated.paintings).vectors
    rows = np.random.default_rng(0).permutation(PAINTINGS)
    new, known = rows[:NEW], rows[NEW:]
    learned = annotated.keep(known)
    sides = split([painting.key for painting in learned.paintings], 0)
    data = prepare(learned, looks[known], sides, recipe.backbone, recipe.prompts)
    columns = [annotated.emotions.index(word) for word in data.words]
    return Course(data, looks[new], annotated.counts[new][:, columns])


def _measure(course: Course, recipe: Recipe) -> Line:
    loss, data = recipe.settings.loss, course.data
    prompts = data.texts.prompts.numpy()
    started = time.perf_counter()
    learned = learn(recipe, data, loss)
    seconds = (time.perf_counter() - started) / (len(learned.held_out_losses) - 1)
    done = read_round(recipe, data, learned, prompts, AS_TRAINED)
    model = EmotionModel(loss, recipe.backbone, learned.heads, done.calibration, done.bank, recipe.prompts)
    chances = coherences(model, course.looks, data.words)
    unseen = np.empty_like(chances)
    for group in groups(len(data.words)):
        heads = learn(recipe, without(data, group), loss).heads
        feelings = project(heads, IMAGE, course.looks)
        unseen[:, group] = compare(feelings, project_words(heads, prompts[group]))
    return Line(
        cross_entropy=learned.held_out_losses[learned.best_epoch],
        accuracy=accuracy_dominant(chances, course.votes),
        seen_spearman=spearman(chances, course.votes),
        seen_auroc=auroc_any_vote(chances, course.votes),
        unseen_spearman=spearman(unseen, course.votes),
        unseen_auroc=auroc_any_vote(unseen, course.votes),
        seconds=seconds,
    )
