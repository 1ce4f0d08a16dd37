"""The folder that holds everything Moodseum keeps: trained models and built indexes."""

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
