"""Trains a model: pictures and votes in, a model folder out."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from safetensors import SafetensorError

from encoders.backbone import load_backbone
from encoders.files import folder_atomically
from encoders.home import Home
from encoders.model import EmotionModel
from encoders.model_folder import save_model
from encoders.prompts import Prompts
from trainer.annotations.kinds import recognise
from trainer.cache import Cache
from trainer.card import write_card
from trainer.errors import TrainingError
from trainer.evaluation.reliability import Curve, plot_reliability
from trainer.evaluation.trust import COHERENCE
from trainer.features import compute_looks
from trainer.fitted import Fitted, fit_model
from trainer.fitting import Recipe
from trainer.gathering import Gathered, gather
from trainer.join import JoinReport
from trainer.known_paintings import write_known
from trainer.lessons import Lessons, prepare
from trainer.lexicon import Lexicon, read_lexicon
from trainer.naming import claim_name
from trainer.plan import Plan
from trainer.plot import plot_losses
from trainer.record import Record
from trainer.recording import Run, describe
from trainer.retention import measure_retention
from trainer.tuning.checks import check_tunable
from trainer.tuning.refit import refit
from trainer.tuning.task import Outcome, Start
from trainer.tuning.tune import discard, tune
from trainer.validation import Validation, validate


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What training did and where the model is."""

    folder: Path
    model: EmotionModel
    join: JoinReport
    lexicon: Lexicon | None
    record: Record


def train(plan: Plan, home: Home, name: str | None = None, overwrite: bool = False) -> TrainReport:
    """Train heads, tune the backbone if asked to, calibrate, and save it all as `home.models / name`.

    The annotations' own split is honoured. A name of None takes the next free one. What a killed run had
    done is not done again: looks and texts are in the cache, tuning goes on from its last checkpoint.

    Raises:
        BackboneError, SourceError, AnnotationError, LexiconError: one of the inputs cannot be used.
        CacheError: there is no room for what the backbone made.
        TrainingError: the name is taken or cannot be one, or there is too little to learn from.
    """
    with claim_name(home, plan.backbone, name, overwrite) as claimed:
        return _train(plan, home, claimed)


def _train(plan: Plan, home: Home, name: str) -> TrainReport:
    lexicon = read_lexicon(plan.lexicon) if plan.lexicon else None
    recipe = Recipe(load_backbone(plan.backbone), Prompts(), plan.settings)
    if plan.tuning:
        check_tunable(recipe.backbone, plan.tuning, plan.processes)
    gathered, lessons = _learn_about(plan, home, recipe, lexicon)
    fitted = fit_model(name, recipe, lessons)
    outcome = None
    if plan.tuning:
        fitted, outcome = _tune(plan, home, recipe, gathered, lessons, fitted)
    run = Run(
        plan=plan,
        kind=recognise(plan.material.annotations),
        lexicon=lexicon,
        gathered=gathered,
        lessons=lessons,
        fitted=fitted,
        tuned=outcome,
        retention=measure_retention(
            fitted.model, recipe.backbone, lessons.looks[lessons.split.held_out], fitted.done.feelings
        ),
        validation=validate(fitted, lessons),
    )
    record = describe(run)
    folder = home.models / name
    with folder_atomically(folder) as unfinished, _told_simply(folder):
        _save(run, record, unfinished, folder)
    discard(home.runs / name)
    return TrainReport(folder, fitted.model, gathered.joined, lexicon, record)


def _learn_about(plan: Plan, home: Home, recipe: Recipe, lexicon: Lexicon | None) -> tuple[Gathered, Lessons]:
    with closing(Cache(home.cache, recipe.backbone.look_id)) as cache:
        gathered = gather(plan.material, recipe.backbone, plan.settings.seed, cache)
        lessons = prepare(
            gathered.annotated,
            gathered.looks,
            gathered.split,
            recipe.backbone,
            recipe.prompts,
            cache,
            lexicon,
        )
    return gathered, lessons


def _tune(
    plan: Plan, home: Home, recipe: Recipe, gathered: Gathered, lessons: Lessons, fitted: Fitted
) -> tuple[Fitted, Outcome]:
    assert plan.tuning
    start = Start(recipe.backbone, fitted.model.heads, recipe.prompts, fitted.done.learned.scales)
    folder = home.runs / fitted.model.name
    tuned = tune(folder, start, gathered.annotated, lessons, plan.tuning, plan.processes)
    held_out = gathered.annotated.keep(lessons.split.held_out)
    with closing(Cache(home.cache, tuned.backbone.look_id)) as cache:
        looks = compute_looks(tuned.backbone, held_out.paintings, cache)
    return refit(fitted, recipe, lessons, tuned, looks.vectors), tuned.outcome


def _save(run: Run, record: Record, unfinished: Path, final: Path) -> None:
    """Write everything into a folder that will end up at `final`."""
    model, learned = run.fitted.model, run.fitted.done.learned
    created = datetime.now(UTC).isoformat(timespec="milliseconds")
    save_model(model, unfinished, created, record.doubts, record.as_json())
    write_known(unfinished, run.gathered.keys, run.lessons.split)
    write_card(unfinished, model, record, run.kind.annotators, final)
    plot_losses(unfinished / "loss.png", learned)
    plot_reliability(unfinished / "reliability.png", _curves(run.validation))


@contextmanager
def _told_simply(folder: Path) -> Iterator[None]:
    try:
        yield
    except SafetensorError as error:
        raise TrainingError(
            f"The model cannot be saved in {folder} ({error}); make room there and run the command again."
        ) from error


def _curves(validation: Validation) -> list[Curve]:
    tables = {"words with votes": validation.seen, "words held out of training": validation.unseen}
    return [
        Curve(label, its.chances[COHERENCE], its.fractions)
        for label, its in tables.items()
        if its is not None
    ]
