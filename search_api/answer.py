"""What a search and a scoring come back with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from indexer.painting import Painting
from indexer.store.base import FacetField, Filter
from search_api.parsing.query import Query

Match = Literal["strong", "weak", "none"]


@dataclass(frozen=True, slots=True)
class PartScore:
    """One painting and one of the feelings asked for, or with a weight below 0 avoided.

    The three numbers are those of the feeling by itself, as in `ScoredHit`.
    """

    word: str
    weight: float
    coherence: float
    percentile: float
    similarity: float


@dataclass(frozen=True, slots=True)
class ScoredHit:
    """One painting and how it stands to all that was asked for.

    `similarity` is the cosine in [-1, 1], `percentile` in [0, 100] its place among the model's
    reference paintings, `coherence` in [0, 1] the chance that a viewer would name the feeling; where
    several feelings were asked for or avoided, or one in a degree ("slightly sad"),
    `search_api.answering.compound` says what the three are of the whole.
    """

    painting: Painting
    coherence: float
    percentile: float
    similarity: float
    parts: tuple[PartScore, ...] = ()
    """In the order of the query's emotions."""
    percentile_in_style: float | None = None
    """The place among paintings of its own style; None where it has no style or the style too few."""
    duplicate_of: str | None = None
    """The id of the first painting that looks all but the same, where there is one before it."""


@dataclass(frozen=True, slots=True)
class ReleaseName:
    """Which model and which build answered, and in whose space."""

    model: str
    space_id: str
    build: str


@dataclass(frozen=True, slots=True)
class WordMatch:
    """How surely a word of the query names a feeling."""

    word: str
    match: Match


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What asking for less would give: what is let go, the filters that remain, and how many pass."""

    dropped: tuple[str, ...]
    where: Filter
    paintings: int


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the paintings that may answer have this value."""

    value: str
    paintings: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts under the filters of a query, most frequent first."""

    style: tuple[FacetCount, ...]
    artist: tuple[FacetCount, ...]
    genre: tuple[FacetCount, ...]

    @property
    def by_field(self) -> Mapping[FacetField, tuple[FacetCount, ...]]:
        return {"style": self.style, "artist": self.artist, "genre": self.genre}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood, who answered, and the paintings, best first; none where nothing matches."""

    query: Query
    release: ReleaseName
    hits: tuple[ScoredHit, ...]
    match: Match = "strong"
    """Whether to believe the hits: `search_api.answering.matching` has the rule."""
    words: tuple[WordMatch, ...] = ()
    """One for each of the query's emotions."""
    candidates: int = 0
    """How many paintings pass the filters, whatever they evoke."""
    relaxations: tuple[Relaxation, ...] = ()
    """Only where no painting answers: what to let go, the most rewarding first."""
    facets: Facets | None = None
    """Only where asked for."""
    next: str | None = None
    """The cursor of the next page, where there is one."""


@dataclass(frozen=True, slots=True)
class EmotionScore:
    """One image against one emotion; the three numbers as in `ScoredHit`.

    `seen` tells whether the model was trained on votes for this word.
    """

    emotion: str
    coherence: float
    percentile: float
    similarity: float
    seen: bool


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """One image against the emotions asked for, in the order asked."""

    image: str
    scores: tuple[EmotionScore, ...]
