"""What to train, and how."""

from dataclasses import dataclass, field
from pathlib import Path

from trainer.dataset.material import Material
from trainer.heads.training import TrainSettings
from trainer.tuning.settings import TuneSettings


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is asked of a run of training."""

    material: Material
    backbone: str
    settings: TrainSettings = field(default_factory=TrainSettings)
    lexicon: Path | None = None
    """An NRC-VAD file that tells pleasant words from unpleasant ones."""
    tuning: TuneSettings | None = None
    """None trains heads alone."""
    processes: int = 1
    """That tuning runs in."""
