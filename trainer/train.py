"""Trains a model: pictures and votes in, a model folder out."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from encoders.backbone import load_backbone
from encoders.files import folder_atomically
from encoders.home import Home
from encoders.model import EmotionModel
from encoders.model_folder import save_model
from encoders.prompts import Prompts
from trainer.card import write_card
from trainer.errors import TrainingError
from trainer.features import compute_looks
from trainer.fitting import Recipe, run_round
from trainer.heads import Learned, TrainSettings
from trainer.join import Annotated, JoinReport
from trainer.known_paintings import write_known
from trainer.lessons import Lessons, histogram_cross_entropy, prepare, set_tests_aside
from trainer.material import Material
from trainer.plot import plot_losses
from trainer.record import Figures, Record, digest_file, digest_keys, library_versions
from trainer.rotation import calibrate_unseen
from trainer.split import Split, split

LEAST_PAINTINGS = 20
LEAST_TRAINING, LEAST_HELD_OUT = 10, 5
NAME_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What training did and where the model is."""

    folder: Path
    model: EmotionModel
    join: JoinReport
    record: Record


def train(
    material: Material,
    home: Home,
    backbone: str,
    name: str | None = None,
    settings: TrainSettings | None = None,
    overwrite: bool = False,
) -> TrainReport:
    """Train heads and calibration and save them as `home.models / name`; None takes the next free name.

    The annotations' own split is honoured.

    Raises:
        BackboneError, SourceError, AnnotationError: one of the inputs cannot be used.
        TrainingError: the name is taken or cannot be one, or there is too little to learn from.
    """
    settings = settings or TrainSettings()
    name = _choose_name(home, backbone, name, overwrite)
    frozen = load_backbone(backbone)
    joint, joined = material.join()
    annotated = set_tests_aside(joint)
    set_aside = len(joint.paintings) - len(annotated.paintings)
    looks = compute_looks(frozen, annotated.paintings)
    annotated = annotated.keep(looks.rows)
    keys = [painting.key for painting in annotated.paintings]
    if len(keys) < LEAST_PAINTINGS:
        raise TrainingError(
            f"Only {len(keys)} paintings in {material.paintings} can be read and have votes "
            f"({set_aside} are kept for tests); give at least {LEAST_PAINTINGS}."
        )
    sides = split(keys, settings.seed, annotated.sides)
    if len(sides.train) < LEAST_TRAINING or len(sides.held_out) < LEAST_HELD_OUT:
        raise TrainingError(
            f"The split leaves {len(sides.train)} paintings to learn from and {len(sides.held_out)} to "
            f"calibrate by; give annotations with at least {LEAST_TRAINING} and {LEAST_HELD_OUT}."
        )
    recipe = Recipe(frozen, Prompts(), settings)
    lessons = prepare(annotated, looks.vectors, sides, frozen, recipe.prompts)
    model, learned = fit(name, recipe, lessons)
    record = Record(
        settings=settings,
        paintings_folder=str(material.paintings),
        paintings_digest=digest_keys(keys),
        annotations_file=material.annotations.name,
        annotations_digest=digest_file(material.annotations),
        aspect=material.aspect,
        votes=int(annotated.counts.sum()),
        utterances=len(annotated.utterances),
        train_votes=_tally(annotated, lessons.split),
        train_viewers=int(lessons.viewers[lessons.split.train].sum()),
        without_picture=len(joined.unmatched),
        without_votes=joined.unannotated,
        unreadable=looks.skipped,
        train=len(lessons.split.train),
        held_out=len(lessons.split.held_out),
        set_aside=set_aside,
        figures=Figures(
            trained=learned.held_out_losses[learned.best_epoch],
            untrained=learned.held_out_losses[0],
            histogram=histogram_cross_entropy(lessons),
        ),
        train_losses=learned.train_losses,
        held_out_losses=learned.held_out_losses,
        best_epoch=learned.best_epoch,
        versions=library_versions(),
    )
    folder = home.models / _choose_name(home, backbone, name, overwrite)  # another run may have taken it
    with folder_atomically(folder) as unfinished:
        save_model(model, unfinished, datetime.now(UTC).isoformat(timespec="milliseconds"), record.as_json())
        write_known(unfinished, keys, lessons.split)
        write_card(unfinished, model, record, folder)
        plot_losses(unfinished / "loss.png", learned)
    return TrainReport(folder, model, joined, record)


def fit(name: str, recipe: Recipe, lessons: Lessons) -> tuple[EmotionModel, Learned]:
    """Learn heads and calibrate them, also for words without votes."""
    first = run_round(recipe, lessons)
    calibration = calibrate_unseen(first.calibration, recipe, lessons)
    heads = first.learned.heads
    return EmotionModel(name, recipe.backbone, heads, calibration, first.bank, recipe.prompts), first.learned


def _tally(annotated: Annotated, split: Split) -> dict[str, int]:
    named = annotated.counts[split.train].sum(axis=0).tolist()
    return dict(zip(annotated.emotions, named, strict=True))


def _choose_name(home: Home, backbone: str, name: str | None, overwrite: bool) -> str:
    if name is None:
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(backbone).name).strip("-.") or "model"
        return next(n for n in (f"{stem}-{i}" for i in range(1, 100_000)) if not (home.models / n).exists())
    if not re.fullmatch(NAME_PATTERN, name):
        raise TrainingError(
            f"The name {name[:40]!r} cannot be a folder's; use letters, digits, dots, dashes and underscores."
        )
    if (home.models / name).exists() and not overwrite:
        raise TrainingError(
            f"A model {name!r} is already in {home.models}; "
            "choose another --name or replace it with --overwrite."
        )
    return name
