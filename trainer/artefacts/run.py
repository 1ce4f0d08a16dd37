"""Writes down a finished run of training."""

from dataclasses import dataclass

from encoders.vectors import Vectors
from trainer.annotations.kinds import Kind
from trainer.annotations.lexicon import Lexicon
from trainer.artefacts.record import Losses, Record, Sources, digest_file, digest_keys, library_versions
from trainer.calibration.trust import COHERENCE, Scales
from trainer.dataset.gathering import Gathered
from trainer.dataset.training_data import TrainingData, histogram_cross_entropy
from trainer.fitting.doubts import find_doubts, find_no_gain
from trainer.fitting.model import Fitted
from trainer.fitting.validation import Validation
from trainer.metrics.agreement import evaluate
from trainer.metrics.retention import Retention
from trainer.plan import Plan
from trainer.tuning.task import Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """All that a run of training brought about."""

    plan: Plan
    kind: Kind
    """Of the annotations."""
    lexicon: Lexicon | None
    gathered: Gathered
    data: TrainingData
    fitted: Fitted
    tuned: Outcome | None
    texts: Vectors
    """What the model's backbone makes of the vocabulary's words, (v, templates, text_size)."""
    retention: Retention
    validation: Validation


def describe(run: Run) -> Record:
    """What the model folder keeps of a run."""
    check, losses = run.validation.check, _losses(run)
    reached = run.tuned.held_out_losses[run.tuned.best_epoch] if run.tuned else losses.trained
    return Record(
        settings=run.plan.settings,
        tuning=run.plan.tuning,
        sources=_sources(run),
        losses=losses,
        tuned=run.tuned,
        blend=run.fitted.rotation.blend,
        retention=run.retention,
        measures=_measures(run.validation.seen),
        check=check,
        doubts=find_no_gain(reached, losses.histogram) + find_doubts(run.fitted, run.data, check),
        versions=library_versions(),
    )


def _measures(seen: Scales) -> dict[str, float]:
    return evaluate(seen.chances[COHERENCE], seen.fractions) if seen.fractions.any() else {}


def _sources(run: Run) -> Sources:
    material, gathered, data = run.plan.material, run.gathered, run.data
    annotated, joined, train = gathered.annotated, gathered.joined, data.split.train
    named = annotated.counts[train].sum(axis=0).tolist()
    return Sources(
        paintings_folder=str(material.paintings),
        paintings_digest=digest_keys(gathered.keys),
        annotations_file=material.annotations.name,
        annotations_digest=digest_file(material.annotations),
        annotations_kind=run.kind.name,
        aspect=material.aspect,
        lexicon_file=run.lexicon.file if run.lexicon else None,
        lexicon_digest=run.lexicon.digest if run.lexicon else None,
        votes=int(annotated.counts.sum()),
        utterances=len(annotated.utterances),
        utterances_heard=joined.heard,
        train_votes=dict(zip(annotated.emotions, named, strict=True)),
        train_viewers=int(data.viewers[train].sum()),
        without_picture=len(joined.unmatched),
        without_votes=joined.unannotated,
        unreadable=gathered.unreadable,
        train=len(train),
        held_out=len(data.split.held_out),
        set_aside=gathered.set_aside,
    )


def _losses(run: Run) -> Losses:
    learned = run.fitted.done.learned
    return Losses(
        trained=learned.held_out_losses[learned.best_epoch],
        untrained=learned.held_out_losses[0],
        histogram=histogram_cross_entropy(run.data),
        train_by_epoch=learned.train_losses,
        held_out_by_epoch=learned.held_out_losses,
        best_epoch=learned.best_epoch,
    )
