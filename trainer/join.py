"""Joins annotations with the paintings they speak of, whatever happened to the file names on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from indexer.painting import Painting
from indexer.painting_names import skeleton
from trainer.annotations.annotations import Annotations, Counts, Utterance
from trainer.errors import AnnotationError

SHOWN = 10


Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Annotated:
    """n paintings of a collection with their votes (n, k) and utterances."""

    emotions: tuple[str, ...]
    paintings: tuple[Painting, ...]
    counts: Counts
    utterances: tuple[Utterance, ...]

    def keep(self, rows: Rows) -> "Annotated":
        """Only these rows, in this order; utterances follow their paintings."""
        paintings = tuple(self.paintings[row] for row in rows)
        return Annotated(self.emotions, paintings, self.counts[rows], _follow(self.utterances, rows))


@dataclass(frozen=True, slots=True)
class JoinReport:
    """How well annotations and pictures fit."""

    matched: int
    unmatched: tuple[str, ...]
    """Annotated paintings without a picture, as "style/name"."""
    unannotated: int
    """Pictures without annotations."""

    def __str__(self) -> str:
        text = f"{self.matched} annotated paintings found"
        if self.unmatched:
            shown = ", ".join(self.unmatched[:SHOWN])
            text += f"; {len(self.unmatched)} without a picture (first: {shown})"
        return text + (f"; {self.unannotated} pictures without votes" if self.unannotated else "")


def join(annotations: Annotations, paintings: Iterable[Painting]) -> tuple[Annotated, JoinReport]:
    """Match on the ASCII skeleton of style and name, which survives every known damage to the names.

    Raises:
        AnnotationError: no annotated painting is in the collection.
    """
    pictures = {skeleton(*_style_and_name(painting)): painting for painting in paintings}
    matches = [pictures.get(skeleton(style, name)) for style, name in annotations.paintings]
    rows = np.array([row for row, match in enumerate(matches) if match is not None], np.int64)
    if not len(rows):
        raise AnnotationError(_no_match(annotations, pictures))
    annotated = Annotated(
        annotations.emotions,
        tuple(match for match in matches if match is not None),
        annotations.counts[rows],
        _follow(annotations.utterances, rows),
    )
    named = zip(annotations.paintings, matches, strict=True)
    unmatched = tuple(f"{style}/{name}" for (style, name), match in named if match is None)
    return annotated, JoinReport(len(rows), unmatched, len(pictures) - len(rows))


def _style_and_name(painting: Painting) -> tuple[str, str]:
    style, _, name = painting.key.rpartition("/")
    return style, name


def _follow(utterances: Iterable[Utterance], rows: Rows) -> tuple[Utterance, ...]:
    place = {int(row): index for index, row in enumerate(rows)}
    return tuple(replace(u, painting=place[u.painting]) for u in utterances if u.painting in place)


def _no_match(annotations: Annotations, pictures: Mapping[str, Painting]) -> str:
    annotated = "/".join(annotations.paintings[0])
    picture = next(iter(pictures.values())).key if pictures else "nothing"
    return (
        f"None of the {len(annotations.paintings)} annotated paintings is among the {len(pictures)} pictures "
        f"(the annotations name {annotated!r}, the folder holds {picture!r}); give the WikiArt folder, with "
        "one subfolder per style, that the annotations speak of."
    )
