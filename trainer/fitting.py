"""One round of learning: heads trained on lessons, and calibrated for the words of these lessons."""

from dataclasses import dataclass

from encoders.backbone import Backbone
from encoders.coherence import Calibration, ReferenceBank
from encoders.model import word_vectors
from encoders.projection import IMAGE, make_heads, project
from encoders.prompts import Prompts
from encoders.vectors import Vectors
from trainer.calibrate import BANK_SIZE, fit_seen
from trainer.heads import Learned, Texts, TrainSettings, train_heads
from trainer.lessons import Lessons, examples
from trainer.split import Rows


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round; `calibration` says nothing yet of unseen words."""

    learned: Learned
    vectors: Vectors
    """(k, d') of the lessons' words."""
    feelings: Vectors
    """(n, d') of the held-out paintings."""
    bank: ReferenceBank
    calibration: Calibration


def run_round(
    backbone: Backbone,
    lessons: Lessons,
    texts: Texts,
    utterance_rows: Rows,
    prompts: Prompts,
    settings: TrainSettings,
    title: str = "Training",
) -> Round:
    """Train on the training paintings; `texts` and `utterance_rows` are as from `lessons.embed`.

    Bank and calibration come from held-out paintings: trained ones are nearer to their words.
    """
    held_out = lessons.split.held_out
    learned = train_heads(
        make_heads(backbone.look_size, backbone.text_size, settings.seed),
        examples(lessons, lessons.split.train, utterance_rows),
        examples(lessons, held_out, utterance_rows),
        texts,
        settings,
        title,
    )
    vectors = word_vectors(backbone, learned.heads, prompts, lessons.words)
    feelings = project(learned.heads, IMAGE, lessons.looks[held_out])
    bank = ReferenceBank(feelings[:BANK_SIZE])
    counts, viewers = lessons.counts[held_out], lessons.viewers[held_out]
    calibration = fit_seen(lessons.words, vectors, feelings, counts, viewers, bank)
    return Round(learned, vectors, feelings, bank, calibration)
