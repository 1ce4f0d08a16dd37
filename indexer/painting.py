"""The record of one painting."""

import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

REMEMBERED = 2**14
"""Keys whose ids are kept: an answer asks for each of them several times."""
NAMESPACE = uuid.UUID("5f1d1a5e-6c0b-5c1e-9d4a-6d6f6f647365")


@dataclass(frozen=True, slots=True)
class Painting:
    """One work of a collection.

    `key` names the painting within its source and never changes while the work stays the same
    (WikiArt: "Style/artist-slug_title-slug"); `year` is a year of the common era. Where the picture is only a
    part of the file at `path`, `inside` tells which, in the words of the source that found it.
    """

    key: str
    path: Path
    title: str
    artist: str | None = None
    style: str | None = None
    genre: str | None = None
    year: int | None = None
    rights: str | None = None
    source: str | None = None
    inside: str | None = None

    @property
    def id(self) -> str:
        """The stable id, `id_of` the key."""
        return id_of(self.key)

    @property
    def place(self) -> str:
        """Where the picture is, for people to read."""
        return str(self.path) if self.inside is None else f"{self.path} ({self.inside})"


@lru_cache(REMEMBERED)
def id_of(key: str) -> str:
    """The id of the painting with this key: its uuid5, escaped where the key is no valid Unicode."""
    return str(uuid.uuid5(NAMESPACE, key.encode("utf-8", "backslashreplace").decode()))


def may_be_id(text: str) -> bool:
    """Whether a text could be the id of any painting; databases refuse others."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
