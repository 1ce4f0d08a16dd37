"""The parts that a text falls into: each word is in exactly one."""

from dataclasses import dataclass
from typing import Literal

from indexer.store.base import FacetField
from search_api.parsing.names import FIELDS
from search_api.parsing.text import Word
from search_api.parsing.years import ANY_YEAR, Years

Role = Literal["feeling", "style", "artist", "genre", "years", "degree", "denial", "joint", "ignored"]


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words with one role, and what they come to."""

    role: Role
    words: tuple[Word, ...]
    values: tuple[str, ...] = ()
    """Of a style, an artist or a genre: as the index spells them."""
    refused: bool = False
    """Of a style, an artist or a genre: paintings with these values are left out."""
    years: Years = ANY_YEAR
    weight: float = 1.0
    """Of a feeling, as in `WeightedEmotion`."""
    phrase: str = ""
    """Of a feeling, as it is asked for."""
    goes_on: bool = False
    """Of a feeling: it belongs to the phrase before, from which a filter parts it ("calm Monet sea")."""

    @property
    def idle(self) -> bool:
        """Whether its words change no answer: they are ignored, or name what the index lacks."""
        return self.role == "ignored" or self.lacking is not None

    @property
    def lacking(self) -> FacetField | None:
        """Whether it names a style, an artist or a genre that the index lacks."""
        return next((field for field in FIELDS if field == self.role and not self.values), None)
