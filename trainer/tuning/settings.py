"""What fine-tuning is decided by: how much of CLIP learns along with the heads, and how."""

import re
from dataclasses import dataclass
from typing import Literal

from trainer.errors import TrainingError
from trainer.heads.losses import Loss

Precision = Literal["auto", "on", "off"]


def blocks_to_tune(tune: str) -> int | None:
    """What `--tune` names: None for the heads alone, 0 for CLIP's projections, N for the last N blocks too.

    Raises:
        TrainingError: it is none of heads, projections and last-N.
    """
    if tune == "heads":
        return None
    if tune == "projections":
        return 0
    if match := re.fullmatch(r"last-([1-9][0-9]?)", tune):
        return int(match[1])
    raise TrainingError(f"{tune[:40]!r} cannot be tuned; give heads, projections or last-N, such as last-2.")


@dataclass(frozen=True, slots=True)
class TuneSettings:
    """All that fine-tuning after linear probing is decided by; saved with the model.

    Raises:
        TrainingError: `tune` is none of heads, projections and last-N.
    """

    tune: str
    loss: Loss = "soft"
    utterance_weight: float = 0.3
    epochs: int = 3
    batch_size: int = 128
    """Paintings that are told from one another, over all processes together."""
    accumulation: int = 1
    """Batches whose gradients make one step."""
    learning_rate: float = 1e-5
    head_learning_rate: float = 1e-4
    warmup: float = 0.1
    """Share of the steps over which both rates rise; after it they fall as a cosine."""
    pull: float = 0.01
    """How strongly every tuned weight is drawn to where it started (L2-SP, Li et al. 2018)."""
    bf16: Precision = "auto"
    checkpoint_steps: int = 500
    """Steps between checkpoints; each epoch ends with one, too."""
    seed: int = 0

    def __post_init__(self) -> None:
        blocks_to_tune(self.tune)
