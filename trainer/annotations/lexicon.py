"""How pleasant words are: reads an NRC-VAD lexicon (Mohammad, 2018 and 2025) and tells opposites apart."""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from encoders.words.emotions import Valence, find
from trainer.errors import LexiconError

LEAST = 1 / 3
"""The valence from which on a word is taken for pleasant or unpleasant, as in NRC-VAD 2.1's polar subset."""
BIPOLAR_SHARE = 0.01
"""A file with at least this share of numbers below 0 runs from -1 to 1; fewer are taken for damage."""
LONGEST_LINE = 10_000
"""In bytes; a longer one is cut, so that no wrong file fills the memory."""

_WORD, _VALENCE = ("word", "term"), "valence"
_COLUMNS = 4
"""Of a file without a header: word, valence, arousal, dominance."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_REMEDY = "give NRC-VAD's main file as unpacked: tabs between columns, one named word or term, one valence"
_SIDES: Mapping[Valence, int] = {"positive": 1, "negative": -1, "neither": 0}

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How pleasant words are, from -1 to 1; words are in lower case, with single spaces."""

    file: str
    digest: str
    """The file's sha256."""
    valence: Mapping[str, float]
    skipped: int = 0
    """Rows that could not be read."""

    def valence_of(self, word: str) -> float | None:
        """From -1 to 1, or None where the lexicon lacks the word."""
        return self.valence.get(_plain(word))

    def opposed(self, words: Sequence[str], least: float = LEAST) -> Pairs:
        """Pairs (i, j), i < j, of words of opposite valence, both at least `least` away from 0."""
        return _opposites([_side(self.valence_of(word) or 0.0, least) for word in words])


def read_lexicon(file: Path) -> Lexicon:
    """Read the valences of any release of NRC-VAD, brought to [-1, 1].

    Columns are found by name, whatever its case, or by place where four have none. The first release runs
    from 0 to 1, all others from -1 to 1. Of a word that is there twice the first row counts.

    Raises:
        LexiconError: the file is missing, has other columns or no words, or at least half of it is damaged.
    """
    try:
        with file.open("rb") as stream:
            valences, skipped = _read(file, _lines(stream))
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise LexiconError(f"The lexicon {file} cannot be read ({error.strerror}); {_REMEDY}.") from error
    return Lexicon(file.name, digest, MappingProxyType(valences), skipped)


def opposed(words: Sequence[str], lexicon: Lexicon | None = None, least: float = LEAST) -> Pairs:
    """As `Lexicon.opposed`; words that it lacks have the valence of the emotion that they name, if any."""
    return _opposites([_known_side(word, lexicon, least) for word in words])


def are_opposed(one: str, other: str, lexicon: Lexicon | None = None, least: float = LEAST) -> bool | None:
    """Whether two words are `opposed`; None where nothing is known of one of them."""
    sides = [_known_side(word, lexicon, least) for word in (one, other)]
    return None if None in sides else bool(_opposites(sides))


def _known_side(word: str, lexicon: Lexicon | None, least: float) -> int | None:
    valence = lexicon.valence_of(word) if lexicon else None
    if valence is not None:
        return _side(valence, least)
    emotion = find(word)
    return _SIDES[emotion.valence] if emotion else None


def _side(valence: float, least: float) -> int:
    """1 pleasant, -1 unpleasant, 0 neither."""
    return (valence >= least) - (valence <= -least)


def _opposites(sides: Sequence[int | None]) -> Pairs:
    return tuple((i, j) for i, j in combinations(range(len(sides)), 2) if {sides[i], sides[j]} == {1, -1})


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Some copies hold a few Latin-1 bytes."""
    while line := stream.readline(LONGEST_LINE):
        try:
            yield line.decode().removeprefix("\ufeff")
        except UnicodeDecodeError:
            yield line.decode("latin-1")


def _read(file: Path, lines: Iterator[str]) -> tuple[dict[str, float], int]:
    """Valences in [-1, 1], and how many rows were skipped."""
    first = next(lines, "")
    headed = _is_header(first)
    word, valence = _places(file, first) if headed else (0, 1)
    scores, damaged = _scores(lines if headed else chain([first], lines), word, valence)
    valences = _to_bipolar(scores)
    skipped = damaged + len(scores) - len(valences)
    if len(valences) <= skipped or not valences:
        raise LexiconError(
            f"The lexicon {file} has a word with a number from -1 to 1 in {len(valences)} of "
            f"{len(valences) + skipped} rows; {_REMEDY}."
        )
    return valences, skipped


def _is_header(line: str) -> bool:
    cells = line.split("\t")
    return len(cells) != _COLUMNS or math.isnan(_number(cells[1]))


def _places(file: Path, header: str) -> tuple[int, int]:
    """Where the word and its valence stand in a row."""
    names = [cell.strip().lower() for cell in header.split("\t")]
    word = next((names.index(name) for name in _WORD if name in names), None)
    if word is None or _VALENCE not in names:
        raise LexiconError(f"The lexicon {file} begins with {header.strip()[:60]!r}; {_REMEDY}.")
    return word, names.index(_VALENCE)


def _scores(rows: Iterable[str], word: int, valence: int) -> tuple[dict[str, float], int]:
    """Numbers as they stand in the file, and how many rows are damaged."""
    scores: dict[str, float] = {}
    damaged = 0
    for cells in (row.split("\t") for row in rows if row.strip()):
        text = _plain(cells[word]) if max(word, valence) < len(cells) else ""
        score = _number(cells[valence]) if text else math.nan
        if math.isnan(score):
            damaged += 1
        else:
            scores.setdefault(text, score)
    return scores, damaged


def _number(cell: str) -> float:
    """NaN where a cell holds anything but one number from -1 to 1."""
    number = float(cell) if _NUMBER.fullmatch(cell.strip()) else math.nan
    return number if -1 <= number <= 1 else math.nan


def _to_bipolar(scores: dict[str, float]) -> dict[str, float]:
    """From whichever scale to [-1, 1]; numbers below 0 on a scale that begins there are left out."""
    if sum(score < 0 for score in scores.values()) >= max(1, BIPOLAR_SHARE * len(scores)):
        return scores
    return {word: 2 * score - 1 for word, score in scores.items() if score >= 0}


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()
