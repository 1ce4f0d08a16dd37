"""Weights as they are typed: "serenity" weighs 1, "fear:-0.5" or "fear:-0,5" half, avoided."""

from collections.abc import Iterable, Mapping, Sequence

from search_api.errors import QueryError, blame, quoted
from search_api.parsing.degrees import PLAIN


def weigh_paintings(texts: Sequence[str]) -> Mapping[str, float]:
    """Names of paintings with their weights; those of one name add up.

    What stands behind the last colon and is no number belongs to the name.
    """
    return _added(map(_weighed_painting, texts))


def weigh_words(texts: Sequence[str]) -> Mapping[str, float]:
    """Feelings with their weights; those of one feeling add up.

    Raises:
        QueryError: what stands behind the last colon is no number, or nothing stands before it.
    """
    with blame("word", QueryError):
        return _added(map(_weighed_word, texts))


def _added(weighed: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for name, weight in weighed:
        weights[name] = weights.get(name, 0.0) + weight
    return weights


def _weighed_painting(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition(":")
    weight = _read(number)
    return (text, PLAIN) if not name or weight is None else (name, weight)


def _weighed_word(text: str) -> tuple[str, float]:
    if ":" not in text:
        return text, PLAIN
    name, _, number = text.rpartition(":")
    if not name.strip():
        raise QueryError(f"The weight in {quoted(text)} weighs no feeling; name one, as in 'sad:0.5'.")
    weight = _read(number)
    if weight is None:
        raise QueryError(
            f"The weight {quoted(number)} of {quoted(name)} is no number; give one such as 0.5, "
            "or leave the colon out."
        )
    return name, weight


def _read(number: str) -> float | None:
    try:
        return float(number.replace(",", "."))
    except ValueError:
        return None
