"""Reads WikiArt-Emotions, `All` and `Ag3` to `Ag5` (Mohammad & Kiritchenko, 2018)."""

from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import numpy as np
import numpy.typing as npt

from encoders.words.emotions import SOMETHING_ELSE
from trainer.annotations.annotations import Annotations
from trainer.annotations.cells import as_numbers, refuse
from trainer.annotations.names import Names
from trainer.annotations.rows import Rows, read_rows
from trainer.annotations.tally import Tally

Aspect = Literal["image", "title", "both"]

PREFIXES: dict[Aspect, str] = {"image": "imageonly: ", "title": "titleonly: ", "both": "art (image+title): "}
NAMED = (
    *("agreeableness", "anger", "anticipation", "arrogance", "disagreeableness", "disgust", "fear"),
    *("gratitude", "happiness", "humility", "love", "optimism", "pessimism", "regret", "sadness", "shame"),
    *("shyness", "surprise", "trust"),
)
NEUTRAL = "neutral"
PAGES = ("painting info url", "artist info url")
COLUMNS = (*PAGES, *(f"{prefix}{word}" for prefix in PREFIXES.values() for word in (*NAMED, NEUTRAL)))
RATERS = 10
"""Every work was rated by ten people or a few more; the files do not say by how many more."""


def read_wikiart_emotions(file: Path, aspect: Aspect) -> Annotations:
    """Read what raters felt at the picture, at its title or at both; one row per work.

    Raters tick all that apply, so the counts of a work do not add up to its raters. In `All` a proportion
    stands for so many of ten raters. In `Ag3` to `Ag5`, which hold 0 and 1 only, all raters together are one
    whose answer is what at least 30, 40 or 50 % of them ticked. "neutral" names no emotion and is read as
    ArtEmis' "something else". The files name no style; works are named by the ends of their two URLs.

    Raises:
        AnnotationError: the file cannot be read, has no rows, a URL that ends in nothing, or a proportion
            that is none.
    """
    rows = read_rows(file, COLUMNS, quoted=False)
    names = Names(np.arange(len(rows)), tuple(("", name) for name in _work_names(file, rows)))
    proportions = _proportions(file, rows, PREFIXES[aspect])
    verdicts = bool(np.isin(proportions, (0, 1)).all())
    raters = 1 if verdicts else RATERS
    counts = np.rint(proportions * raters).astype(np.int64)
    tally = Tally(file)
    tally.add(rows, names, emotions=np.arange(len(NAMED) + 1), counts=counts)
    annotations = tally.annotations((*NAMED, SOMETHING_ELSE))
    return replace(annotations, raters=raters * tally.rows)


def _proportions(file: Path, rows: Rows, prefix: str) -> npt.NDArray[np.float64]:
    """(m, 20), in [0, 1]."""
    columns = []
    for word in (*NAMED, NEUTRAL):
        cells = rows[f"{prefix}{word}"]
        numbers = as_numbers(cells)
        wrong = ~((numbers >= 0) & (numbers <= 1))
        refuse(file, cells, wrong, f"the proportion of {word}", "proportions lie between 0 and 1")
        columns.append(numbers)
    return np.stack(columns, axis=1)


def _work_names(file: Path, rows: Rows) -> list[str]:
    """Each work as WikiArt's file names have it: "artist-slug_title-slug"."""
    for page in PAGES:
        empty = rows[page].map(_path) == ""
        refuse(file, rows[page], empty.to_numpy(bool), f"the {page}", "it ends with a slug")
    return [_work_name(work, artist) for work, artist in zip(*(rows[page] for page in PAGES), strict=True)]


def _work_name(*pages: str) -> str:
    """The page of a work lies below its artist's; some copies have the two headings swapped."""
    artist, work = sorted(map(_path, pages), key=lambda path: path.count("/"))
    return f"{_end(artist)}_{_end(work)}"


def _path(url: str) -> str:
    return unquote(urlsplit(url).path).strip("/")


def _end(path: str) -> str:
    return path.rpartition("/")[2]
