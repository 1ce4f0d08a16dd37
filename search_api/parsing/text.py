"""Cutting a text into words, before any of them means something."""

import re
from dataclasses import dataclass

from search_api.parsing.forms import Form, fold

SEPARATORS = r"""\s\x00-\x1f\x7f_|/+.,;:!?"()\[\]{}<>\u2026\u201c-\u201f\u00ab\u00bb\-\u2010-\u2015\u2212"""
APOSTROPHES = r"'\u2018\u2019"
WORD = re.compile(rf"[^{SEPARATORS}{APOSTROPHES}]+(?:[{APOSTROPHES}][^\W_]+)*")
MINUS = re.compile(r"(?<![^\s(,;])[-\u2013\u2212]")
BREAK = re.compile(r"[,;/|+.!?()\u2014\u2026]|\s[-\u2013]+\s")
TIE = re.compile(r"[^\s\w\x00-\x1f\x7f<>\[\]{}()]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was typed, where it stands in the text, and folded for comparing."""

    text: str
    start: int
    end: int
    key: str
    refused: bool = False
    """A minus hangs on it: "-fear"."""
    meant: str = ""
    """The feeling that it misspells, if it does; then `key` is that feeling's."""

    @property
    def said(self) -> str:
        """The word as it is to be read."""
        return self.meant or self.text


def cut(text: str) -> tuple[Word, ...]:
    """All words of a text, in order; every letter and digit is in exactly one."""
    return tuple(
        Word(
            found.group(),
            *found.span(),
            fold(found.group()),
            _is_refused(text, found.start()),
        )
        for found in WORD.finditer(text)
    )


def _is_refused(text: str, start: int) -> bool:
    """Whether a dash hangs on the word and on none before: "calm -fear", but not "bitter-sweet"."""
    return start > 0 and MINUS.match(text, start - 1) is not None


def keys(words: tuple[Word, ...]) -> Form:
    """The words as they are compared."""
    return tuple(word.key for word in words)


def hyphened(text: str, before: Word, after: Word) -> bool:
    """Whether two neighbours are one compound, as in "never-ending"."""
    return text[before.end : after.start] in {"-", "\u2010", "\u2011"}


def broken(text: str, before: Word, after: Word) -> bool:
    """Whether a comma, a dash or a mark like them parts two neighbours."""
    return BREAK.search(text, before.end, after.start) is not None


def phrase(text: str, words: tuple[Word, ...]) -> str:
    """Join words as they are to be read; one mark between is kept, as in "bitter-sweet", or it is a space."""
    joined = ""
    for before, word in zip((None, *words), words, strict=False):
        gap = text[before.end : word.start] if before else ""
        joined += (gap if TIE.fullmatch(gap) else " ") + word.said
    return joined.strip().lower()
