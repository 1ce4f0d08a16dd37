"""What every contender answered in an exam."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from encoders.encoder import Encoder
from encoders.home import Home
from encoders.model import EmotionModel
from encoders.model_folder import load_model
from encoders.words.emotions import vocabulary
from trainer.calibration.trust import Scales, on_every_scale
from trainer.dataset.material import Material
from trainer.evaluation.contenders import (
    HISTOGRAM,
    TRAINED,
    UNTRAINED,
    coherences,
    cosines,
    untrained_chances,
    untrained_heads,
    untuned,
)
from trainer.evaluation.exam import Exam, prepare_exam
from trainer.evaluation.provenance import Provenance, read_provenance
from trainer.features.cache import Cache
from trainer.features.embedding import compute_looks
from trainer.metrics.measure import Table


@dataclass(frozen=True, slots=True)
class Papers:
    """n paintings and k words; the bank is the whole vocabulary."""

    model: Encoder
    training: Provenance
    exam: Exam
    seen: npt.NDArray[np.bool_]  # (k,), whether training had votes for the word
    chances: Mapping[str, Table]
    """By contender, (n, k)."""
    scales: Scales
    """The model's chances, beside what else can be made of its cosines."""
    bank: Mapping[str, Table]
    """By contender that is a space, the cosines of the bank's words and the paintings, (words, n)."""


def sit(home: Home, name: str, material: Material) -> Papers:
    """Have the model `name` and what it must beat answer for the annotated paintings that are new to it.

    Raises:
        ModelError, SourceError, AnnotationError: one of the inputs cannot be used.
        TrainingError: the model does not say what it learned from, or nothing is left to measure on.
        CacheError: embeddings can be neither read nor kept.
    """
    model = load_model(home, name)
    training = read_provenance(home.models / name)
    with closing(Cache(home.cache, model.backbone.look_id)) as cache:
        exam = prepare_exam(model.backbone, training.known, material, cache)
        words = (*exam.words, *vocabulary())
        trained = cosines(model.backbone, model.heads, model.prompts, exam.looks, words, cache)
    untrained = _untrained(home, model, training, exam, words)
    asked, bank = slice(len(exam.words)), slice(len(exam.words), None)
    served = coherences(model, exam.looks, exam.words)
    return Papers(
        model,
        training,
        exam,
        seen=np.array([model.read(word).seen for word in exam.words]),
        chances={
            TRAINED: served,
            UNTRAINED: untrained_chances(untrained[:, asked], training.rest),
            HISTOGRAM: np.tile(training.shares(exam.words), (len(exam.looks), 1)),
        },
        scales=on_every_scale(served, trained[:, asked], exam.votes, exam.viewers),
        bank={TRAINED: trained[:, bank].T, UNTRAINED: untrained[:, bank].T},
    )


def _untrained(
    home: Home, model: EmotionModel, training: Provenance, exam: Exam, words: Sequence[str]
) -> Table:
    """Cosines (n, k) of paintings and words before training."""
    backbone = untuned(model.backbone, training)
    heads = untrained_heads(backbone, training.settings.seed)
    with closing(Cache(home.cache, backbone.look_id)) as cache:
        same = backbone is model.backbone
        looks = exam.looks if same else compute_looks(backbone, exam.paintings, cache).vectors
        return cosines(backbone, heads, model.prompts, looks, words, cache)
