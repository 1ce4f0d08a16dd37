"""Taking "melancholy Impressionist paintings" apart: feelings, filters, and words that say neither."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.store.base import FacetField, Filter
from search_api.errors import QueryError, quoted
from search_api.parsing.clauses import Words
from search_api.parsing.degrees import PLAIN
from search_api.parsing.denials import EMPTY
from search_api.parsing.feelings import read_feelings
from search_api.parsing.filters import find_filters
from search_api.parsing.misspelt import respelt
from search_api.parsing.names import KnownValues
from search_api.parsing.refusals import refuse
from search_api.parsing.spans import Span
from search_api.parsing.unsaid import only_grades
from search_api.parsing.years import ANY_YEAR, meet

MAX_QUERY_LENGTH = 1000
EXAMPLE = "'melancholy Impressionist paintings'"


@dataclass(frozen=True, slots=True)
class WeightedEmotion:
    """One feeling, lower-cased, and how much it counts beside the others of its query.

    A plain word weighs 1, a degree multiplies that ("slightly" 0.5, "very" 1.25), a feeling that is to be
    avoided weighs less than 0; see `degrees`. The size is in (0, 2].
    """

    word: str
    weight: float = PLAIN


@dataclass(frozen=True, slots=True)
class Respelling:
    """A misspelt word as it was typed, and the feeling that it was read as."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A style, an artist or a genre that was asked for and that no painting of the index has."""

    field: FacetField
    name: str


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for: at least one feeling, asked for or avoided, and which paintings may answer.

    Every word of the text is in an emotion, in a filter, ignored, or was used as a degree, a denial or a
    joint between feelings; `divide` tells which. What is `lacking` is ignored, too.
    """

    text: str
    emotions: tuple[WeightedEmotion, ...]
    where: Filter
    ignored: tuple[str, ...]
    lacking: tuple[Lacking, ...] = ()
    respelt: tuple[Respelling, ...] = ()


def parse(text: str, known: KnownValues) -> Query:
    """Understand a text by the names that an index knows. Pure: the same in, the same out.

    Raises:
        QueryError: the text is empty, longer than `MAX_QUERY_LENGTH`, not text, or names no feeling; it asks
            for years that hold none; or a part that is written out (`style:`) names what the index lacks.
    """
    spans = divide(text, known)
    emotions = merge(
        WeightedEmotion(span.phrase, span.weight)
        for span in spans
        if span.role == "feeling" and not span.goes_on
    )
    if not emotions:
        raise QueryError(_nameless(text, spans))
    if all(word.key in EMPTY for span in spans if span.role == "feeling" for word in span.words):
        raise QueryError(f"The query {quoted(text)} does not say what to avoid; name it, as in 'not sad'.")
    ignored = tuple(word.text for span in spans if span.idle for word in span.words)
    return Query(text, emotions, _filter(spans), ignored, _lacking(text, spans), _respelt(spans))


def divide(text: str, known: KnownValues) -> tuple[Span, ...]:
    """Cut a text into spans, in order; every word is in exactly one.

    Raises:
        QueryError: as `parse`, but a text without a feeling is divided.
    """
    check_text(text)
    runs, filters = find_filters(text, known)
    runs, refused = refuse(text, [respelt(run) for run in runs], filters)
    spans = [*refused, *_feelings(text, runs, filters)]
    return tuple(sorted(spans, key=lambda span: span.words[0].start))


def merge(emotions: Iterable[WeightedEmotion]) -> tuple[WeightedEmotion, ...]:
    """Each word once: the greater of two weights of one sign, the sum of opposite ones ("sad, not very sad").

    Raises:
        QueryError: a word is asked for as much as it is refused.
    """
    weights: dict[str, float] = {}
    for emotion in emotions:
        one, other = weights.get(emotion.word, 0.0), emotion.weight
        weights[emotion.word] = one + other if one * other < 0 else max(one, other, key=abs)
    for word, weight in weights.items():
        if weight == 0:
            raise QueryError(f"The query both asks for {quoted(word)} and refuses it; leave one out.")
    return tuple(WeightedEmotion(word, weight) for word, weight in weights.items())


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


def _feelings(text: str, runs: Sequence[Words], filters: Sequence[Span]) -> Iterator[Span]:
    """Read the runs between two written-out feelings together: a phrase goes on past a filter."""
    told = [place + 1 for place, span in enumerate(filters) if span.role == "feeling"]
    for first, end in pairwise([0, *told, len(runs)]):
        yield from read_feelings(text, runs[first:end])


def _filter(spans: Sequence[Span]) -> Filter:
    years = ANY_YEAR
    for span in spans:
        years = meet(years, span.years)
    return Filter(
        style=_values(spans, "style"),
        artist=_values(spans, "artist"),
        genre=_values(spans, "genre"),
        year_from=years.first,
        year_to=years.last,
        without_style=_values(spans, "style", refused=True),
        without_artist=_values(spans, "artist", refused=True),
        without_genre=_values(spans, "genre", refused=True),
    )


def _lacking(text: str, spans: Sequence[Span]) -> tuple[Lacking, ...]:
    return tuple(
        Lacking(span.lacking, text[span.words[0].start : span.words[-1].end])
        for span in spans
        if span.lacking
    )


def _nameless(text: str, spans: Sequence[Span]) -> str:
    """What to tell whoever asks for no feeling, and what else could not be had."""
    refusal = f"The query {quoted(text)} names no feeling"
    if lacking := _lacking(text, spans):
        missing = " and no ".join(f"{each.field} {quoted(each.name)}" for each in lacking)
        return f"{refusal}, and the index has no {missing}; add a feeling, as in {EXAMPLE}."
    if any(only_grades(span.words) for span in spans):
        return f"{refusal}, only how strong; add one, as in 'very sad' or 'not very sad'."
    return f"{refusal}; add one, as in {EXAMPLE}."


def _respelt(spans: Sequence[Span]) -> tuple[Respelling, ...]:
    words = [word for span in spans for word in span.words]
    return tuple(Respelling(word.text, word.meant) for word in words if word.meant)


def _values(spans: Sequence[Span], field: FacetField, *, refused: bool = False) -> tuple[str, ...]:
    return _once(
        value for span in spans if span.role == field and span.refused == refused for value in span.values
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
