"""Exams as measuring sees them: paintings, votes and what contenders answered."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from encoders.fake import FakeEncoder
from indexer.painting import Painting
from trainer.artefacts.known_paintings import KnownPaintings
from trainer.calibration.trust import on_every_scale
from trainer.evaluation.contenders import CONTENDERS
from trainer.evaluation.exam import Exam
from trainer.evaluation.papers import Papers
from trainer.evaluation.provenance import Provenance
from trainer.heads.training import TrainSettings

WORDS = ("awe", "fear")


def make_exam(
    votes: npt.ArrayLike,
    viewers: npt.ArrayLike,
    words: Sequence[str] = WORDS,
    styles: Sequence[str] = ("Cubism",),
    one_answer_each: bool = True,
) -> Exam:
    """Paintings without files, whose styles take turns."""
    counts = np.asarray(votes, np.int64)
    names = [f"{styles[row % len(styles)]}/{row}" for row in range(len(counts))]
    return Exam(
        words=tuple(words),
        paintings=tuple(Painting(name, Path(), f"No. {name}", style=name.split("/")[0]) for name in names),
        looks=np.zeros((len(counts), 3), np.float32),
        votes=counts,
        viewers=np.asarray(viewers, np.int64),
        trained_on=0,
        calibrated_on=0,
        unreadable=(),
        one_answer_each=one_answer_each,
    )


def drawn_exam(paintings: int = 40, words: Sequence[str] = WORDS, one_answer_each: bool = True) -> Exam:
    """Five votes for each painting, for these words or for none."""
    rng = np.random.default_rng(0)
    votes = rng.multinomial(5, [1 / (len(words) + 1)] * (len(words) + 1), paintings)[:, : len(words)]
    return make_exam(votes, np.full(paintings, 5), words, one_answer_each=one_answer_each)


def make_papers(exam: Exam, seen: Sequence[bool] | None = None) -> Papers:
    """Every contender answers by lot, but always alike."""
    rng = np.random.default_rng(1)
    shape = exam.votes.shape
    cosines = rng.uniform(-0.2, 0.2, shape)
    chances = {contender: rng.uniform(0, 1 / shape[1], shape) for contender in CONTENDERS}
    bank = rng.uniform(-1, 1, (30, len(exam.paintings)))
    known = KnownPaintings(frozenset(), frozenset())
    return Papers(
        FakeEncoder("faked"),
        Provenance(known, votes={}, viewers=1, settings=TrainSettings()),
        exam,
        seen=np.ones(shape[1], bool) if seen is None else np.array(seen),
        chances=chances,
        scales=on_every_scale(chances["trained"], cosines, exam.votes, exam.viewers),
        bank={"trained": bank, "untrained": bank},
    )


def hang(exam: Exam, folder: Path, title: str) -> Exam:
    """The exam with picture files, each of them called by this title."""
    paintings = []
    for row, painting in enumerate(exam.paintings):
        file = folder / f"{row}.png"
        Image.new("RGB", (30, 20), (row % 256, 90, 120)).save(file)
        paintings.append(replace(painting, path=file, title=title))
    return replace(exam, paintings=tuple(paintings))
