"""Emotion words: what each belongs to, what else it is called, and the order that every histogram uses.

`emotions.csv` has one row for each headword. It holds every word of Ekman 1992 (six), Plutchik 1980 (eight
emotions in three intensities, and the dyads), Mikels et al. 2005 (eight), Parrott 2001 (three levels),
GoEmotions (Demszky et al. 2020, 27), ArtEmis (Achlioptas et al. 2021, eight) and WikiArt-Emotions (Mohammad &
Kiritchenko 2018, 19), as a noun and in the spelling of their tables; other spellings, such as "enthralment"
and Parrott's "irritability", are synonyms. "Neutral" and "something else" name no emotion and are left out.
The words marked "curated", and all families, valences, synonyms and opposites, are Moodseum's own.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

ARTEMIS_POSITIVE = ("amusement", "awe", "contentment", "excitement")
ARTEMIS_NEGATIVE = ("anger", "disgust", "fear", "sadness")
ARTEMIS_NAMED = ARTEMIS_POSITIVE + ARTEMIS_NEGATIVE

SOMETHING_ELSE = "something else"
"""A vote that names no emotion: it counts as a viewer, never as a word to learn."""

ARTEMIS_EMOTIONS = (*ARTEMIS_NAMED, SOMETHING_ELSE)
"""ArtEmis' nine answers in ArtEmis' order (Achlioptas et al., 2021); an alphabetical order mislabels five."""

Valence = Literal["positive", "negative", "neither"]

TABLE = Path(__file__).with_name("emotions.csv")
SEPARATOR = "; "
_VALENCES: Mapping[str, Valence] = {valence: valence for valence in get_args(Valence)}


@dataclass(frozen=True, slots=True)
class Emotion:
    """One emotion: a noun, and what is known of it."""

    word: str
    family: str
    """A headword, its own family's first."""
    valence: Valence
    synonyms: tuple[str, ...]
    """Other texts for it, nouns before adjectives; none is a headword or belongs to a second emotion."""
    opposites: tuple[str, ...]
    """Headwords, each of which names this one as its opposite too."""
    sources: tuple[str, ...]


@cache
def vocabulary() -> Mapping[str, Emotion]:
    """Every emotion under its headword, in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    opposites = _both_ways((row["word"], other) for row in rows for other in _listed(row["opposites"]))
    valences = {row["word"]: row["valence"] for row in rows}
    return MappingProxyType(
        {
            row["word"]: Emotion(
                word=row["word"],
                family=row["family"],
                valence=_VALENCES[row["valence"] or valences[row["family"]]],
                synonyms=_listed(row["synonyms"]),
                opposites=opposites.get(row["word"], ()),
                sources=_listed(row["sources"]),
            )
            for row in rows
        }
    )


def find(text: str) -> Emotion | None:
    """The emotion that a text names, by its headword or a synonym; case and white space do not matter."""
    return _named().get(" ".join(text.split()).lower())


@cache
def families() -> Mapping[str, tuple[Emotion, ...]]:
    """The emotions of each family under its name; the first bears that name."""
    kin: dict[str, tuple[Emotion, ...]] = {}
    for emotion in vocabulary().values():
        kin[emotion.family] = (*kin.get(emotion.family, ()), emotion)
    return MappingProxyType(kin)


@cache
def _named() -> Mapping[str, Emotion]:
    return {text: emotion for emotion in vocabulary().values() for text in (emotion.word, *emotion.synonyms)}


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(SEPARATOR)) if cell else ()


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The table names each pair of opposites once."""
    opposites: dict[str, tuple[str, ...]] = {}
    for one, other in pairs:
        opposites[one] = (*opposites.get(one, ()), other)
        opposites[other] = (*opposites.get(other, ()), one)
    return opposites
