"""Finding the styles, artists and genres of an index in the words of a user, misspelt ones included."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from indexer.store.base import FacetField
from search_api.errors import QueryError, quoted
from search_api.parsing.forms import Form, artist_forms, fold, genre_forms, style_forms, words_of
from search_api.parsing.slips import shelf, undouble
from search_api.parsing.text import Word, keys
from search_api.parsing.words import FILLERS, ORDINARY_WORDS

FIELDS: tuple[FacetField, ...] = ("style", "artist", "genre")
CUES: tuple[Form, ...] = (("by",), ("in", "the", "style", "of"))
"""The words after which a single surname is surely a name."""

SHORTEST_SURNAME = 4
SHORTEST_SLIP = {"style": 8, "artist": 4, "genre": 7}
"""Shorter words allow no slip but a doubled letter: too many other words lie one letter away."""
SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Name:
    """What some words stand for: values of one field, spelt as in the index."""

    field: FacetField
    values: tuple[str, ...]


@dataclass(frozen=True)
class KnownValues:
    """The styles, artists and genres that the paintings of an index have, as they are stored."""

    styles: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()

    @cached_property
    def names(self) -> "Names":
        """All their forms; worked out once."""
        return Names(self)


def is_cue(before: tuple[Word, ...]) -> bool:
    """Whether the words before a place end so that a name is due there."""
    return any(keys(before[-len(cue) :]) == cue for cue in CUES)


class Names:
    """The forms of all known values, by exact and by near spelling."""

    def __init__(self, known: KnownValues) -> None:
        self._values: dict[FacetField, tuple[str, ...]] = {
            "style": known.styles,
            "artist": known.artists,
            "genre": known.genres,
        }
        self._forms: dict[FacetField, Mapping[Form, tuple[str, ...]]] = {
            "style": _collect(known.styles, style_forms),
            "artist": _collect(known.artists, artist_forms),
            "genre": _collect(known.genres, genre_forms),
        }
        self._shelves = {field: _shelve(forms) for field, forms in self._forms.items()}
        self._all_shelves = {shelf for shelves in self._shelves.values() for shelf in shelves}
        self.longest = max((len(form) for forms in self._forms.values() for form in forms), default=0)

    def find(self, words: Form, *, cued: bool = False) -> Name | None:
        """What all of `words` together name, exactly rather than nearly.

        `cued` says that "by" or the like stands before them: then a surname may be an ordinary word, or
        misspelt.
        """
        if _shelf(_undoubled(words)) not in self._all_shelves or (len(words) == 1 and words[0] in FILLERS):
            return None
        for search in (self._exact, self._near):
            for field in FIELDS:
                if values := search(field, words, cued):
                    return Name(field, values)
        return None

    def resolve(self, field: FacetField, value: str) -> tuple[str, ...]:
        """The stored values that a user means by `value` when the field is certain.

        Raises:
            QueryError: the index has nothing of that name; the message names what comes closest.
        """
        if value in self._values[field]:
            return (value,)
        words = words_of(value)
        found = self._exact(field, words, True) or self._near(field, words, True)
        if not found:
            raise QueryError(f"The index has no {field} {quoted(value)}; {self._advice(field, value)}.")
        return found

    def _exact(self, field: FacetField, words: Form, cued: bool) -> tuple[str, ...]:
        if field == "artist" and not cued and _is_word_first(words):
            return ()
        return self._forms[field].get(words, ())

    def _near(self, field: FacetField, words: Form, cued: bool) -> tuple[str, ...]:
        if field == "artist" and not cued and len(words) == 1:
            return ()
        single = _undoubled(words)
        near = [
            (slips, form)
            for form in self._shelves[field].get(_shelf(single), ())
            if (slips := _slips(single, form, SHORTEST_SLIP[field])) is not None
        ]
        return self._forms[field][min(near)[1]] if near else ()

    def _advice(self, field: FacetField, value: str) -> str:
        closest = process.extract(
            value, self._values[field], scorer=fuzz.WRatio, processor=fold, limit=SUGGESTIONS
        )
        if not closest:
            return f"there is no painting with a {field}, so leave that filter out"
        return "the closest it has: " + ", ".join(known for known, *_ in closest)


def _collect(values: Iterable[str], forms_of: Callable[[str], set[Form]]) -> dict[Form, tuple[str, ...]]:
    """Form -> the values it may mean: "bruegel" means the Elder and the Younger."""
    collected: defaultdict[Form, list[str]] = defaultdict(list)
    for value in values:
        for form in forms_of(value):
            collected[form].append(value)
    return {form: tuple(meant) for form, meant in collected.items()}


def _is_word_first(words: Form) -> bool:
    return len(words) == 1 and (len(words[0]) < SHORTEST_SURNAME or words[0] in ORDINARY_WORDS)


def _shelf(single: Form) -> Form:
    return tuple([shelf(word) for word in single])


def _shelve(forms: Iterable[Form]) -> dict[Form, list[Form]]:
    """Forms by their shelves, so that few are compared with a word."""
    shelves: defaultdict[Form, list[Form]] = defaultdict(list)
    for form in sorted(forms):
        shelves[_shelf(_undoubled(form))].append(form)
    return dict(shelves)


def _slips(single: Form, form: Form, shortest: int) -> int | None:
    """Slips of the pen between two forms of one shelf; None when they are two different things."""
    counts = [_word_slips(word, right, shortest) for word, right in zip(single, form, strict=True)]
    return None if None in counts else sum(count for count in counts if count)


def _word_slips(word: str, right: str, shortest: int) -> int | None:
    """0 where only doubled letters differ; `word` has none."""
    single = undouble(right)
    if word == single:
        return 0
    if len(right) < shortest:
        return None
    return 1 if OSA.distance(word, single, score_cutoff=1) == 1 else None


def _undoubled(form: Form) -> Form:
    return tuple([undouble(word) for word in form])
