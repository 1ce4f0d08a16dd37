"""Taking "melancholy Impressionist paintings" apart: a feeling, filters, and words that say neither."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.store.base import Filter
from search_api.errors import QueryError, quoted
from search_api.forms import fold
from search_api.names import CUE, KnownValues, Names
from search_api.words import FILLERS

MAX_QUERY_LENGTH = 1000
EXAMPLE = "'melancholy Impressionist paintings'"

Role = Literal["feeling", "ignored", "style", "artist", "genre"]

SEPARATORS = r"""\s\x00-\x1f\x7f_|/.,;:!?"()\[\]{}<>\u2026\u201c-\u201f\u00ab\u00bb\-\u2010-\u2015"""
APOSTROPHES = r"'\u2018\u2019"
WORD = re.compile(rf"[^{SEPARATORS}{APOSTROPHES}]+(?:[{APOSTROPHES}][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class WeightedEmotion:
    """One feeling that is asked for, lower-cased, and how much it counts."""

    word: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for. Every word of the text is in an emotion, in a filter, or ignored."""

    text: str
    emotions: tuple[WeightedEmotion, ...]
    where: Filter
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was typed, where it stands in the text, and folded for comparing."""

    text: str
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words with one role; `values` are the index's own spellings of a filter."""

    role: Role
    words: tuple[Word, ...]
    values: tuple[str, ...] = ()


def parse(text: str, known: KnownValues) -> Query:
    """Understand a text by the names that an index knows. Pure: the same in, the same out.

    Raises:
        QueryError: the text is empty, longer than `MAX_QUERY_LENGTH`, not text, or names no feeling.
    """
    spans = divide(text, known)
    feeling = _phrase(text, [word for span in spans if span.role == "feeling" for word in span.words])
    if not feeling:
        raise QueryError(f"The query {quoted(text)} names no feeling; add one, as in {EXAMPLE}.")
    return Query(
        text=text,
        emotions=(WeightedEmotion(feeling),),
        where=_filter(spans),
        ignored=tuple(word.text for span in spans if span.role == "ignored" for word in span.words),
    )


def divide(text: str, known: KnownValues) -> tuple[Span, ...]:
    """Cut a text into spans, in order; every word is in exactly one.

    Raises:
        QueryError: the text is empty, longer than `MAX_QUERY_LENGTH`, or not text.
    """
    check_text(text)
    words = tuple(Word(m.group(), *m.span(), fold(m.group())) for m in WORD.finditer(text))
    return tuple(_spans(words, known.names))


def check_text(text: str) -> None:
    """Refuse what no index can answer; known from the text alone, so before anything is loaded.

    Raises:
        QueryError: the text is empty, longer than `MAX_QUERY_LENGTH`, or not text.
    """
    if not text.strip():
        raise QueryError(f"The query is empty; name a feeling, as in {EXAMPLE}.")
    if len(text) > MAX_QUERY_LENGTH:
        raise QueryError(
            f"The query {quoted(text)} has {len(text):,} characters; give at most {MAX_QUERY_LENGTH:,}."
        )
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise QueryError(f"The query {quoted(text)} holds bytes that are not UTF-8; type it again.")


def _spans(words: Sequence[Word], names: Names) -> Iterator[Span]:
    loose: list[Word] = []
    position = 0
    while position < len(words):
        if filtering := _longest_name(words, position, names):
            yield from _trim(loose)
            yield filtering
            loose = []
            position += len(filtering.words)
        else:
            loose.append(words[position])
            position += 1
    yield from _trim(loose)


def _longest_name(words: Sequence[Word], start: int, names: Names) -> Span | None:
    """The longest name that begins here, so that "abstract expressionism" is not Expressionism."""
    cued = start > 0 and words[start - 1].key == CUE
    for end in range(min(len(words), start + names.longest), start, -1):
        window = tuple(words[start:end])
        if name := names.find(tuple(word.key for word in window), cued=cued):
            return Span(name.field, window, name.values)
    return None


def _trim(words: Sequence[Word]) -> Iterator[Span]:
    """Set the fillers at both edges apart from the feeling between them."""
    feelings = [place for place, word in enumerate(words) if not _is_filler(word)]
    first, end = (feelings[0], feelings[-1] + 1) if feelings else (len(words), len(words))
    parts: tuple[tuple[Role, Sequence[Word]], ...] = (
        ("ignored", words[:first]),
        ("feeling", words[first:end]),
        ("ignored", words[end:]),
    )
    return (Span(role, tuple(part)) for role, part in parts if part)


def _is_filler(word: Word) -> bool:
    return word.key in FILLERS or not any(letter.isalnum() for letter in word.text)


def _phrase(text: str, words: Sequence[Word]) -> str:
    """Join words as they were typed; what stood between is kept within "bitter-sweet", else one space."""
    phrase = ""
    for before, word in zip([None, *words], words, strict=False):
        gap = text[before.end : word.start] if before else ""
        phrase += (gap if gap and not any(c.isspace() or c.isalnum() for c in gap) else " ") + word.text
    return phrase.strip().lower()


def _filter(spans: Sequence[Span]) -> Filter:
    return Filter(_values(spans, "style"), _values(spans, "artist"), _values(spans, "genre"))


def _values(spans: Sequence[Span], role: Role) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for span in spans if span.role == role for value in span.values))
