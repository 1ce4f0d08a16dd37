"""Finding the filters of a text: names of the index, years, and what is written out."""

from collections.abc import Iterator, Sequence

from search_api.errors import QueryError
from search_api.parsing.clauses import Words
from search_api.parsing.degrees import PLAIN
from search_api.parsing.explicit import Part, find_parts
from search_api.parsing.kinds import MERE_QUALITY, kinds
from search_api.parsing.names import KnownValues, Names, is_cue
from search_api.parsing.periods import Period, find_periods, read_years
from search_api.parsing.spans import Span
from search_api.parsing.strangers import stranger
from search_api.parsing.text import Word, cut, hyphened, keys
from search_api.parsing.years import beyond

Piece = Span | Words


def find_filters(text: str, known: KnownValues) -> tuple[list[Words], list[Span]]:
    """The runs of words that are no filter, and what stands between them: one run more than filters.

    A feeling that is written out stands among the filters. A run may be empty.

    Raises:
        QueryError: something written out cannot be read or is not in the index, or years hold none.
    """
    parts = list(find_parts(text))
    natural = _blanked(text, parts)
    typed = cut(natural)
    dated = [span for period in find_periods(natural) if (span := _dated(period, typed))]
    years = {word.start for span in dated for word in span.words}
    words = tuple(word for word in typed if word.start not in years)
    fixed = sorted([*(_told(part, known.names) for part in parts), *dated], key=_start)
    pieces = list(_pieces(text, words, fixed, known.names))
    runs = [piece for piece in pieces if isinstance(piece, tuple)]
    return runs, [piece for piece in pieces if isinstance(piece, Span)]


def _pieces(text: str, words: Words, fixed: Sequence[Span], names: Names) -> Iterator[Piece]:
    place = 0
    for span in fixed:
        end = next((n for n in range(place, len(words)) if words[n].start > _start(span)), len(words))
        yield from _named(text, words[place:end], names)
        yield span
        place = end
    yield from _named(text, words[place:], names)


def _start(span: Span) -> int:
    return span.words[0].start


def _blanked(text: str, taken: Sequence[Part]) -> str:
    """Every letter keeps its place; what was taken is a gap."""
    for found in taken:
        text = text[: found.start] + "\0" * (found.end - found.start) + text[found.end :]
    return text


def _told(part: Part, names: Names) -> Span:
    """A written-out part as what it says it is."""
    words = (Word(part.text, part.start, part.end, part.text.casefold()),)
    if part.field == "feeling":
        weight = PLAIN if part.weight is None else part.weight
        phrase = " ".join(part.value.split()).lower()
        return Span("feeling", words, weight=-weight if part.refused else weight, phrase=phrase)
    if part.weight is not None:
        raise QueryError(f"A {part.field} has no weight; leave {part.text[part.text.rindex('^') :]} out.")
    if part.field == "year":
        years = read_years(part.value)
        return Span("years", words, years=beyond(years) if part.refused else years)
    return Span(part.field, words, names.resolve(part.field, part.value), refused=part.refused)


def _dated(period: Period, words: Words) -> Span | None:
    """None where a word reaches beyond the years, as in "*1900"."""
    touched = tuple(word for word in words if word.start < period.end and word.end > period.start)
    if not touched or touched[0].start < period.start or touched[-1].end > period.end:
        return None
    return Span("years", touched, years=period.years)


def _named(text: str, words: Words, names: Names) -> Iterator[Piece]:
    """Cut words at the names of the index, and at those that it lacks, which have no values."""
    place = begin = 0
    last: Span | None = None
    while place < len(words):
        beside = last if last and last.role == "artist" and begin == place - 1 else None
        if span := _name_at(text, words, place, names, beside):
            yield words[begin:place]
            yield span
            last, place = span, place + len(span.words)
            begin = place
        else:
            place += 1
    yield words[begin:]


def _name_at(text: str, words: Words, place: int, names: Names, after: Span | None) -> Span | None:
    """The longest name that begins here: of the index, else of a kind that it lacks, else of an artist."""
    if not _is_tied(text, words, place):
        known, kind = _longest_name(words, place, names), _longest_kind(words, place)
        if named := max(known, kind, key=lambda span: len(span.words) if span else 0):
            return named
    unknown = stranger(text, words, place, after)
    return Span("artist", unknown) if unknown else None


def _is_tied(text: str, words: Words, place: int) -> bool:
    """Whether a word is the end of a compound: a "self-portrait" is no portrait, but "non-Cubist" denies."""
    return place > 0 and hyphened(text, words[place - 1], words[place]) and words[place - 1].key != "non"


def _longest_name(words: Words, start: int, names: Names) -> Span | None:
    """The longest name that begins here, so that "abstract expressionism" is not Expressionism."""
    cued = is_cue(words[:start])
    for window in _windows(words, start, names.longest):
        if name := names.find(keys(window), cued=cued):
            return Span(name.field, window, name.values, refused=window[0].refused)
    return None


def _longest_kind(words: Words, start: int) -> Span | None:
    """The longest name of a style or a genre that begins here, whether or not the index has any such."""
    for window in _windows(words, start, kinds().longest):
        kind = None if window[-1].key.endswith(MERE_QUALITY) else kinds().find(keys(window))
        if kind:
            return Span(kind.field, window, refused=window[0].refused)
    return None


def _windows(words: Words, start: int, longest: int) -> Iterator[Words]:
    """The words from `start` on that may be one name, the longest first: "sad -Monet" are two."""
    for end in range(min(len(words), start + longest), start, -1):
        if not any(word.refused for word in words[start + 1 : end]):
            yield words[start:end]
