"""What a model's folder says of its training, as far as measuring must know it."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from encoders.model_folder import RECORD
from encoders.words.emotions import SOMETHING_ELSE
from trainer.artefacts.known_paintings import KnownPaintings, read_known
from trainer.artefacts.record import digest_keys
from trainer.errors import TrainingError
from trainer.heads.training import TrainSettings
from trainer.metrics.retention import Retention


@dataclass(frozen=True, slots=True)
class Provenance:
    """A training run in short."""

    known: KnownPaintings
    votes: Mapping[str, int]
    viewers: int
    settings: TrainSettings
    tuned: bool = False
    """Whether the backbone was fine-tuned, so that it is no longer what training started from."""
    retention: Retention | None = None
    """What is left of what the backbone knew."""

    def share(self, word: str) -> float:
        """The part of the viewers of training paintings who named this word."""
        return self.votes.get(word, 0) / self.viewers

    @property
    def rest(self) -> float:
        """The part of these viewers who named none of the words that were trained on."""
        named = sum(votes for word, votes in self.votes.items() if word != SOMETHING_ELSE)
        return max(1 - named / self.viewers, 0.0)

    def shares(self, words: Sequence[str]) -> list[float]:
        return [self.share(word) for word in words]


def read_provenance(folder: Path) -> Provenance:
    """Read a model folder's training record and list of paintings.

    Raises:
        TrainingError: they are missing, as in folders of older versions, or do not belong together.
    """
    try:
        training = json.loads((folder / RECORD).read_text(encoding="utf-8"))["training"]
        sources = training["sources"]
        keys, known = read_known(folder)
        if digest_keys(keys) != sources["paintings_digest"]:
            raise ValueError("its list of paintings is not the one it was trained with")
        votes = {word: int(named) for word, named in sources["train_votes"].items()}
        viewers = int(sources["train_viewers"])
        if viewers < 1:
            raise ValueError("nobody was asked")
        settings = TrainSettings(**training["settings"])
        retention = Retention(**training["retention"])
        return Provenance(known, votes, viewers, settings, training["tuning"] is not None, retention)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, csv.Error) as error:
        raise TrainingError(
            f"The model {folder.name!r} does not say which paintings it learned from ({error}), so it cannot "
            "be measured fairly; train it again with `moodseum train --overwrite`."
        ) from error
