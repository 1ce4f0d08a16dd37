"""From annotations of a collection to what the index can tell of its viewers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tqdm import tqdm

from encoders.home import Home
from indexer.painting import Painting
from indexer.viewers import Utterance, Viewers, Voices, save_viewers
from trainer.annotations.kinds import read_annotations
from trainer.annotations.wikiart_emotions import Aspect
from trainer.dataset.join import Annotated, JoinReport, join

PATIENCE = 1.0
"""Seconds until a bar is shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was written, and how well annotations and paintings fit."""

    viewers: Viewers
    votes: int
    utterances: int
    joined: JoinReport


def tell(
    annotations: Path,
    paintings: Iterable[Painting],
    home: Home,
    aspect: Aspect = "image",
    partial: bool = False,
) -> Told:
    """Write what viewers said of paintings into the home, in place of what was known before.

    Raises:
        AnnotationError: the file cannot be used, or does not fit the paintings.
        OSError: the home cannot be written.
    """
    annotated, report = join(read_annotations(annotations, aspect), paintings, partial)
    voices = tqdm(
        voices_of(annotated),
        total=report.matched,
        desc="Writing",
        unit=" paintings",
        disable=None,
        delay=PATIENCE,
    )
    viewers = save_viewers(home, voices)
    return Told(viewers, int(annotated.counts.sum()), len(annotated.utterances), report)


def voices_of(annotated: Annotated) -> Iterator[tuple[str, Voices]]:
    """Each painting's id, and what its viewers said."""
    said = defaultdict[int, list[Utterance]](list)
    for one in annotated.utterances:
        said[one.painting].append(Utterance(annotated.emotions[one.emotion], one.text))
    for row, painting in enumerate(annotated.paintings):
        counts = zip(annotated.emotions, annotated.counts[row].tolist(), strict=True)
        votes = MappingProxyType({emotion: count for emotion, count in counts if count})
        asked = None if annotated.raters is None else int(annotated.raters[row])
        yield painting.id, Voices(votes, tuple(said[row]), asked)
