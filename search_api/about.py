"""What a searcher tells of itself: its model, its build, and what it learned."""

from dataclasses import dataclass

from encoders.identity import Identity
from encoders.model_folder import ModelRecord
from indexer.shelves.manifest import Manifest


@dataclass(frozen=True, slots=True)
class About:
    """A model and the build that was made with it."""

    identity: Identity
    record: ModelRecord | None
    """What the model's folder says; None where the model has none."""
    made: Manifest
    paintings: int
    seen: tuple[str, ...]
    """The emotions of the vocabulary that training had votes for."""
