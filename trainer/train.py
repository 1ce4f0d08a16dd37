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
from encoders.model import EmotionModel, project_words, word_texts
from encoders.model_folder import save_model
from encoders.vectors import Vector, Vectors
from encoders.words.emotions import find, vocabulary
from encoders.words.no_feelings import NO_FEELINGS
from encoders.words.prompts import Prompts
from trainer.annotations.kinds import recognise
from trainer.annotations.lexicon import Lexicon, read_lexicon
from trainer.artefacts.card import write_card
from trainer.artefacts.known_paintings import write_known
from trainer.artefacts.loss_curve import plot_losses
from trainer.artefacts.naming import check_name, claim_name
from trainer.artefacts.record import Record
from trainer.artefacts.run import Run, describe
from trainer.calibration.reliability import Curve, plot_reliability
from trainer.calibration.trust import COHERENCE
from trainer.dataset.gathering import Gathered, gather
from trainer.dataset.join import JoinReport
from trainer.dataset.training_data import TrainingData, prepare
from trainer.errors import TrainingError
from trainer.features.cache import Cache
from trainer.features.embedding import compute_looks
from trainer.fitting.model import Fitted, fit_model
from trainer.fitting.round import Recipe
from trainer.fitting.validation import Validation, validate
from trainer.metrics.retention import measure_retention
from trainer.plan import Plan
from trainer.tuning.checks import check_tunable
from trainer.tuning.refit import refit
from trainer.tuning.settings import TuneSettings
from trainer.tuning.task import Outcome, Start
from trainer.tuning.tune import discard, tune


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
    if name is not None:
        check_name(home, name, overwrite)
    ready = _prepare(plan, home)
    with claim_name(home, plan.backbone, name, overwrite) as claimed:
        run = _run(ready, claimed)
        folder = home.models / claimed
        record = describe(run)
        with folder_atomically(folder) as unfinished, _told_simply(folder):
            _save(run, record, unfinished, folder)
        discard(home.runs / claimed)
    return TrainReport(folder, run.fitted.model, run.gathered.joined, run.lexicon, record)


@dataclass(frozen=True, slots=True)
class _Ready:
    """All inputs, read and looked at."""

    plan: Plan
    home: Home
    recipe: Recipe
    lexicon: Lexicon | None
    gathered: Gathered
    data: TrainingData


def _prepare(plan: Plan, home: Home) -> _Ready:
    lexicon = read_lexicon(plan.lexicon) if plan.lexicon else None
    backbone, prompts = load_backbone(plan.backbone), Prompts()
    if plan.tuning:
        check_tunable(backbone, plan.tuning, plan.processes)
    with closing(Cache(home.cache, backbone.look_id)) as cache:
        gathered = gather(plan.material, backbone, plan.settings.seed, cache)
        annotated, looks, sides = gathered.annotated, gathered.looks, gathered.split
        data = prepare(annotated, looks, sides, backbone, prompts, cache, lexicon)
    return _Ready(plan, home, Recipe(backbone, prompts, plan.settings), lexicon, gathered, data)


def _run(ready: _Ready, name: str) -> Run:
    data = ready.data
    fitted, outcome = fit_model(name, ready.recipe, data), None
    if ready.plan.tuning:
        fitted, outcome = _tune(ready, fitted, ready.plan.tuning)
    model = fitted.model
    looks, feelings = data.looks[data.split.held_out], fitted.done.feelings
    texts = word_texts(model.backbone, model.prompts, tuple(vocabulary()))
    return Run(
        plan=ready.plan,
        kind=recognise(ready.plan.material.annotations),
        lexicon=ready.lexicon,
        gathered=ready.gathered,
        data=data,
        fitted=fitted,
        tuned=outcome,
        texts=texts,
        retention=measure_retention(model, ready.recipe.backbone, texts, looks, feelings),
        validation=validate(fitted, data),
    )


def _tune(ready: _Ready, fitted: Fitted, settings: TuneSettings) -> tuple[Fitted, Outcome]:
    recipe, annotated, data = ready.recipe, ready.gathered.annotated, ready.data
    start = Start(recipe.backbone, fitted.model.heads, recipe.prompts, fitted.done.learned.scales)
    folder = ready.home.runs / fitted.model.name
    tuned = tune(folder, start, annotated, data, settings, ready.plan.processes)
    held_out = annotated.keep(data.split.held_out)
    with closing(Cache(ready.home.cache, tuned.backbone.look_id)) as cache:
        looks = compute_looks(tuned.backbone, held_out.paintings, cache)
    return refit(fitted, recipe, data, tuned, looks.vectors), tuned.outcome


def _save(run: Run, record: Record, unfinished: Path, final: Path) -> None:
    """Write everything into a folder that will end up at `final`."""
    model, learned = run.fitted.model, run.fitted.done.learned
    created = datetime.now(UTC).isoformat(timespec="milliseconds")
    words = _words(model, run.texts)
    save_model(model, unfinished, created, record.doubts, record.as_json(), words)
    write_known(unfinished, run.gathered.keys, run.data.split)
    write_card(unfinished, model, record, run.kind.annotators, final)
    plot_losses(unfinished / "loss.png", learned)
    plot_reliability(unfinished / "reliability.png", _curves(run.validation))


def _words(model: EmotionModel, texts: Vectors) -> dict[str, Vector]:
    """The vectors of the vocabulary's words, of others that were voted for, and of what names no feeling."""
    others = [word for word in (*model.calibration.log_odds, *NO_FEELINGS) if find(word) is None]
    vectors = project_words(model.heads, texts)
    known = dict(zip(vocabulary(), vectors, strict=True))
    return known | dict(zip(others, model.words(others), strict=True))


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
