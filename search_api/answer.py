"""What a search and a scoring come back with."""

import re
from dataclasses import dataclass

from indexer.painting import Painting
from search_api.query import Query


@dataclass(frozen=True, slots=True)
class ScoredHit:
    """One painting and how it stands to the feeling asked for.

    `similarity` is the cosine in [-1, 1], `percentile` in [0, 100] its place among the model's
    reference paintings, `coherence` in [0, 1] the chance that a viewer would name the feeling.
    """

    painting: Painting
    coherence: float
    percentile: float
    similarity: float


@dataclass(frozen=True, slots=True)
class ReleaseName:
    """Which model and which build answered, and in whose space."""

    model: str
    space_id: str
    build: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood, who answered, and the paintings, best first; none where nothing matches."""

    query: Query
    release: ReleaseName
    hits: tuple[ScoredHit, ...]


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


def readable(value: str | None) -> str:
    """A stored style or name for people: "Pop_Art" -> "Pop Art", "Ukiyo_e" -> "Ukiyo-e"."""
    return re.sub(r"_(?=\w$)", "-", value or "").replace("_", " ")


def understood(query: Query) -> str:
    """One line on how a query was read: what is felt, what is filtered, what was left out."""
    where = query.where
    parts = [f"feeling: {', '.join(emotion.word for emotion in query.emotions)}"]
    for field, values in (("style", where.style), ("artist", where.artist), ("genre", where.genre)):
        if values:
            parts.append(f"{field}: {' or '.join(readable(value) for value in values)}")
    if where.year_from is not None or where.year_to is not None:
        parts.append(f"years: {where.year_from or ''}-{where.year_to or ''}")
    if query.ignored:
        parts.append(f"ignored: {' '.join(query.ignored)}")
    return " | ".join(parts)
