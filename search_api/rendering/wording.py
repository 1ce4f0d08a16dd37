"""Parts of questions and of answers in a few words, for tables, sheets and remarks."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from search_api.parsing.degrees import PLAIN
from search_api.parsing.query import Query, WeightedEmotion
from search_api.parsing.years import ANY_YEAR, Years

if TYPE_CHECKING:
    from search_api.relating.blending import Ingredient
    from search_api.relating.contrast import Shift


def readable(value: str | None) -> str:
    """A stored style or name for people: "Pop_Art" -> "Pop Art", "Ukiyo_e" -> "Ukiyo-e"."""
    return re.sub(r"_(?=\w$)", "-", value or "").replace("_", " ")


def understood(query: Query) -> str:
    """One line on how a query was read: what is felt and avoided, what is filtered, what was left out.

    A weight other than 1 stands behind its feeling: "feeling: tense (1.25) | avoid: sad | style: Cubism".
    """
    where, years = query.where, Years(query.where.year_from, query.where.year_to)
    parts = {
        "feeling": ", ".join(_with_weight(emotion) for emotion in query.emotions if emotion.weight > 0),
        "avoid": ", ".join(_with_weight(emotion) for emotion in query.emotions if emotion.weight < 0),
        "style": _alternatives(where.style),
        "artist": _alternatives(where.artist),
        "genre": _alternatives(where.genre),
        "not style": _alternatives(where.without_style),
        "not artist": _alternatives(where.without_artist),
        "not genre": _alternatives(where.without_genre),
        "years": "" if years == ANY_YEAR else str(years),
        "ignored": " ".join(query.ignored),
    }
    return " | ".join(f"{name}: {said}" for name, said in parts.items() if said)


def asked(emotion: WeightedEmotion) -> str:
    """A feeling of a query in few words: "calm", "fear (avoided)", "tense x1.25"."""
    return emotion.word + _times(abs(emotion.weight)) + (" (avoided)" if emotion.weight < 0 else "")


def mixed(ingredient: "Ingredient") -> str:
    """A part of a blend in few words: "Haystacks", "fear x-0.5"."""
    return ingredient.name + _times(ingredient.weight)


def shifted(shifts: "Sequence[Shift]") -> str:
    """Emotions with their change of coherence: "fear +0.21, awe +0.08"."""
    return ", ".join(f"{shift.emotion} {shift.there - shift.here:+.2f}" for shift in shifts)


def _times(weight: float) -> str:
    return "" if weight == PLAIN else f" x{weight:.3g}"


def _with_weight(emotion: WeightedEmotion) -> str:
    weight = abs(emotion.weight)
    return emotion.word if weight == PLAIN else f"{emotion.word} ({weight:.3g})"


def _alternatives(values: Sequence[str]) -> str:
    return " or ".join(readable(value) for value in values)
