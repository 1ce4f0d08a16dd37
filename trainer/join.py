"""Joins annotations with the paintings they speak of, whatever happened to the file names on the way."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.painting import Painting
from indexer.painting_names import skeleton
from trainer.annotations.annotations import Annotations, Counts, Utterance
from trainer.errors import AnnotationError
from trainer.split import Rows

SHOWN = 10


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
        place = {int(row): index for index, row in enumerate(rows)}
        return Annotated(self.emotions, paintings, self.counts[rows], _follow(self.utterances, place))


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
    """Give each annotated painting its picture; what several annotated names say of one picture is added up.

    Names are compared as they are (in Unicode's composed form), and where that fails by the ASCII skeleton
    of style and name, which survives every known damage. A skeleton that is empty or that several pictures
    share, as names without ASCII letters do, decides nothing.

    Raises:
        AnnotationError: no annotated painting is in the collection.
    """
    pictures = list(paintings)
    find = _finder(pictures)
    matches = [find(style, name) for style, name in annotations.paintings]
    found = sorted({match for match in matches if match is not None})
    if not found:
        raise AnnotationError(_no_match(annotations, pictures))
    place = {picture: row for row, picture in enumerate(found)}
    rows = {row: place[match] for row, match in enumerate(matches) if match is not None}
    counts = np.zeros((len(found), len(annotations.emotions)), np.int64)
    np.add.at(counts, list(rows.values()), annotations.counts[list(rows)])
    annotated = Annotated(
        annotations.emotions,
        tuple(pictures[picture] for picture in found),
        counts,
        _follow(annotations.utterances, rows),
    )
    named = zip(annotations.paintings, matches, strict=True)
    unmatched = tuple(f"{style}/{name}" for (style, name), match in named if match is None)
    return annotated, JoinReport(len(found), unmatched, len(pictures) - len(found))


def _finder(pictures: Sequence[Painting]) -> Callable[[str, str], int | None]:
    """A function from style and name to the picture's place."""
    exact = {_composed(*_style_and_name(picture)): place for place, picture in enumerate(pictures)}
    skeletons = [skeleton(*_style_and_name(picture)) for picture in pictures]
    alone = {text for text, times in Counter(skeletons).items() if times == 1}
    by_skeleton = {text: place for place, text in enumerate(skeletons) if text in alone}

    def find(style: str, name: str) -> int | None:
        place = exact.get(_composed(style, name))
        if place is None and skeleton("", name):
            place = by_skeleton.get(skeleton(style, name))
        return place

    return find


def _composed(style: str, name: str) -> str:
    return unicodedata.normalize("NFC", f"{style}/{name}")


def _style_and_name(painting: Painting) -> tuple[str, str]:
    style, _, name = painting.key.rpartition("/")
    return style, name


def _follow(utterances: Iterable[Utterance], place: Mapping[int, int]) -> tuple[Utterance, ...]:
    return tuple(replace(u, painting=place[u.painting]) for u in utterances if u.painting in place)


def _no_match(annotations: Annotations, pictures: Sequence[Painting]) -> str:
    annotated = "/".join(annotations.paintings[0])
    picture = pictures[0].key if pictures else "nothing"
    return (
        f"None of the {len(annotations.paintings)} annotated paintings is among the {len(pictures)} pictures "
        f"(the annotations name {annotated!r}, the folder holds {picture!r}); give the WikiArt folder, with "
        "one subfolder per style, that the annotations speak of."
    )
