"""The folder that holds everything Moodseum keeps: trained models, built indexes, embeddings made once."""

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = ".moodseum"


@dataclass(frozen=True, slots=True)
class Home:
    """Where state lives. Nothing is created before something is written."""

    path: Path

    @classmethod
    def resolve(cls, path: Path | None = None) -> "Home":
        """Take `path`, else `$MOODSEUM_HOME`, else `./.moodseum`."""
        return cls(Path(path or os.environ.get("MOODSEUM_HOME") or DEFAULT_HOME))

    @property
    def models(self) -> Path:
        return self.path / "models"

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def cache(self) -> Path:
        """May be deleted at any time; what it held is then made again."""
        return self.path / "cache"

    @property
    def runs(self) -> Path:
        """What unfinished runs of fine-tuning go on from."""
        return self.path / "runs"
