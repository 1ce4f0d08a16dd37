"""What is learned from and measured on: pictures, and what viewers said of them."""

from dataclasses import dataclass
from pathlib import Path

from indexer.sources.opening import open_source
from trainer.annotations.kinds import read_annotations
from trainer.annotations.wikiart_emotions import Aspect
from trainer.dataset.join import Annotated, JoinReport, join


@dataclass(frozen=True, slots=True)
class Material:
    """Where the pictures and their annotations are, and how to read them.

    `aspect` chooses among WikiArt-Emotions' three; with `partial` annotations and pictures may overlap in
    less than half of either.
    """

    paintings: Path
    annotations: Path
    aspect: Aspect = "image"
    partial: bool = False

    def join(self) -> tuple[Annotated, JoinReport]:
        """The annotated paintings of the collection, and how well both fit.

        Raises:
            SourceError, AnnotationError: one of them cannot be used, or they do not fit.
        """
        annotations = read_annotations(self.annotations, self.aspect)
        return join(annotations, open_source(self.paintings), self.partial)
