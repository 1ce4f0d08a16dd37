"""Recognises what kind of annotations a file holds, and reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.annotations import annotators, artemis, artemis_histograms, table, wikiart_emotions
from trainer.annotations.annotations import Annotations
from trainer.annotations.rows import read_header
from trainer.annotations.wikiart_emotions import Aspect
from trainer.errors import AnnotationError

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name, the columns it is known by, its reader, and who annotated what."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[Path, Aspect], Annotations]
    annotators: str


KINDS = (
    Kind(
        "ArtEmis' histograms (art_style, painting, emotion_histogram)",
        artemis_histograms.COLUMNS,
        lambda file, _: artemis_histograms.read_artemis_histograms(file),
        annotators.ARTEMIS,
    ),
    Kind(
        "ArtEmis' release, preprocessed, Contrastive or Combined file (art_style, painting, emotion)",
        artemis.COLUMNS,
        lambda file, _: artemis.read_artemis(file),
        annotators.ARTEMIS,
    ),
    Kind(
        "WikiArt-Emotions' All, Ag3, Ag4 or Ag5 (Painting Info URL, Artist Info URL, ImageOnly: anger, ...)",
        wikiart_emotions.COLUMNS,
        wikiart_emotions.read_wikiart_emotions,
        annotators.WIKIART_EMOTIONS,
    ),
    Kind(
        "any table of votes (path, emotion and, if you have them, count and utterance)",
        table.COLUMNS,
        lambda file, _: table.read_table(file),
        annotators.ANYBODY,
    ),
)


def read_annotations(file: Path, aspect: Aspect = "image") -> Annotations:
    """Read an annotation file of any kind that is known, recognised by its header.

    Of WikiArt-Emotions `aspect` chooses what was rated; the other kinds have one aspect only.

    Raises:
        AnnotationError: the file is of no known kind, or its reader refuses it.
    """
    return recognise(file).read(file, aspect)


def recognise(file: Path) -> Kind:
    """The kind of an annotation file, by its header.

    Raises:
        AnnotationError: it is of no known kind.
    """
    header = read_header(file)
    for kind in KINDS:
        if set(kind.columns) <= set(header):
            return kind
    columns = ", ".join(header[:SHOWN]) or "none"
    known = "; ".join(kind.name for kind in KINDS)
    raise AnnotationError(
        f"{file} is no annotation file of a known kind (its columns: {columns[:300]}); "
        f"give one of these: {known}."
    )
