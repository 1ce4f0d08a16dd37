"""What a training run was made from and what came of it: kept in the model folder."""

import hashlib
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from trainer.fitting.validation import CalibrationCheck
from trainer.heads.training import TrainSettings
from trainer.json_values import plain
from trainer.metrics.retention import Retention
from trainer.tuning.settings import TuneSettings
from trainer.tuning.task import Outcome

LIBRARIES = ("moodseum", "torch", "sentence-transformers", "transformers", "numpy", "pillow")


@dataclass(frozen=True, slots=True)
class Sources:
    """What was learned from. Digests are sha256."""

    paintings_folder: str
    paintings_digest: str
    """Of the keys of the paintings used, in order."""
    annotations_file: str
    annotations_digest: str
    annotations_kind: str
    aspect: str
    """What was rated, where the annotations leave a choice: the image, the title or both."""
    lexicon_file: str | None
    lexicon_digest: str | None
    votes: int
    utterances: int
    utterances_heard: int
    """In the file; of very many a sample is used."""
    train_votes: Mapping[str, int]
    """How often each emotion was named for the paintings learned from."""
    train_viewers: int
    """Who were asked about them."""
    without_picture: int
    """Annotated paintings whose picture was not found."""
    without_votes: int
    """Pictures that nobody annotated."""
    unreadable: Sequence[str]
    train: int
    held_out: int
    set_aside: int
    """Paintings that the annotations' own split keeps for tests."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Mean cross-entropy, in nats, of held-out paintings' smoothed votes over the words; lower is better."""

    trained: float
    """Of the kept epoch, which was chosen by this figure, before heads were blended."""
    untrained: float
    """At the scale that training starts with."""
    histogram: float
    """Of always answering the training votes' histogram."""
    train_by_epoch: Sequence[float]
    held_out_by_epoch: Sequence[float]
    best_epoch: int


@dataclass(frozen=True, slots=True)
class Record:
    """One training run."""

    settings: TrainSettings
    tuning: TuneSettings | None
    """None where only heads were trained."""
    sources: Sources
    losses: Losses
    tuned: Outcome | None
    blend: float
    """The weight of the trained heads beside the untrained ones."""
    retention: Retention
    measures: Mapping[str, float]
    """As `trainer.metrics.agreement.evaluate` gives them, on held-out paintings whose chances are calibrated
    by votes for others; empty where nobody named a word."""
    check: CalibrationCheck
    doubts: tuple[str, ...]
    versions: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """Undefined figures as null."""
        return {name: plain(value) for name, value in asdict(self).items()}


def digest_file(file: Path) -> str:
    """The sha256 of a file's content, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_keys(keys: Sequence[str]) -> str:
    """The sha256 of a list of keys, in hexadecimal digits."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def library_versions() -> dict[str, str]:
    """Python and every library that numbers depend on."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
