r"""Writing a query out, so that nothing is left to be guessed.

`feeling:calm`, `"love and war"` (quotes make one feeling of what they hold), `style:cubism`,
`artist:"claude monet"`, `genre:portrait`, `year:1880-1900`; a minus in front refuses, `^0.5` behind weighs:
`-style:cubism`, `-"love and war"^0.5`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from indexer.store.base import Filter
from search_api.errors import QueryError, quoted
from search_api.parsing.degrees import MOST_WEIGHT, PLAIN

Field = Literal["feeling", "style", "artist", "genre", "year"]

PART = re.compile(
    r"""
    (?<![^\s(,;]) (?P<minus>[-\u2013\u2212])?
    (?: (?P<field>(?a:feeling|style|artist|genre|year)):
        (?: "(?P<value>(?:[^"\\]|\\.)*)" | \u201c(?P<curly>[^\u201d]*)\u201d | (?P<bare>[^\s"\u201c^,;()]+) )
      | "(?P<phrase>(?:[^"\\]|\\.)*)" | \u201c(?P<curly_phrase>[^\u201d]*)\u201d
    )
    (?:\^(?P<weight>\d*\.?\d+(?:e-?\d+)?(?!\.?[\w^-]) | [^\s"\u201c,;()]*))?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One written-out part of a text: what it says, and where it stands."""

    field: Field
    value: str
    refused: bool
    weight: float | None
    """None where none is written."""
    text: str
    start: int
    end: int


def find_parts(text: str) -> Iterator[Part]:
    """All written-out parts of a text, in order; a feeling without a letter is passed over.

    Raises:
        QueryError: a weight is no number, or out of range.
    """
    for found in PART.finditer(text):
        raw = next(
            value
            for value in found.group("value", "curly", "bare", "phrase", "curly_phrase")
            if value is not None
        )
        escaped = found["value"] is not None or found["phrase"] is not None
        value = re.sub(r"\\(.)", r"\1", raw, flags=re.DOTALL) if escaped else raw
        field = cast(Field, (found["field"] or "feeling").casefold())
        if field != "feeling" or any(letter.isalnum() for letter in value):
            yield Part(
                field=field,
                value=value,
                refused=found["minus"] is not None,
                weight=_weight(found["weight"]),
                text=found.group(),
                start=found.start(),
                end=found.end(),
            )


def written(field: Field, value: str, *, refused: bool = False, weight: float = PLAIN) -> str:
    """One part written out; `find_parts` reads it back as it was."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{"-" if refused else ""}{field}:"{escaped}"' + (f"^{weight!r}" if weight != PLAIN else "")


def written_filter(where: Filter) -> list[str]:
    """Every value of a filter written out."""
    wanted = {"style": where.style, "artist": where.artist, "genre": where.genre}
    refused = {"style": where.without_style, "artist": where.without_artist, "genre": where.without_genre}
    parts = [
        written(cast(Field, field), value, refused=without)
        for without, fields in ((False, wanted), (True, refused))
        for field, values in fields.items()
        for value in values
    ]
    if where.year_from is not None or where.year_to is not None:
        first, last = ("" if end is None else str(end) for end in (where.year_from, where.year_to))
        parts.append(f"year:{first}-{last}")
    return parts


def _weight(typed: str | None) -> float | None:
    if typed is None:
        return None
    try:
        weight = float(typed)
    except ValueError:
        raise QueryError(f"The weight {quoted(typed)} is no number; give more than 0, at most 2.") from None
    if not 0 < weight <= MOST_WEIGHT:
        raise QueryError(f"The weight {quoted(typed)} is out of range; give more than 0, at most 2.")
    return weight
