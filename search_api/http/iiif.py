"""IIIF Presentation 3 manifests, so that viewers such as Mirador open a painting or a whole answer.

https://iiif.io/api/presentation/3.0/
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from indexer.painting import Painting
from search_api.answer import ScoredHit
from search_api.errors import PictureGoneError
from search_api.pictures import LARGEST, MEDIA_TYPE, fitted, picture_size
from search_api.rendering.wording import readable

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
PROFILE = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
THUMBNAIL = 256

Text = dict[str, list[str]]
"""What a label says, by language; "none" where it has none."""


class _Resource(BaseModel):
    model_config = ConfigDict(frozen=True)


class Entry(_Resource):
    """One line of what a viewer shows beside the picture; or what it must show, as of rights."""

    label: Text
    value: Text


class Image(_Resource):
    """A picture where it can be fetched, in pixels."""

    id: str
    type: Literal["Image"] = "Image"
    format: str = MEDIA_TYPE
    width: int
    height: int


class Annotation(_Resource):
    """Paints a picture on a canvas."""

    id: str
    type: Literal["Annotation"] = "Annotation"
    motivation: Literal["painting"] = "painting"
    body: Image
    target: str


class AnnotationPage(_Resource):
    """All that is painted on a canvas."""

    id: str
    type: Literal["AnnotationPage"] = "AnnotationPage"
    items: tuple[Annotation, ...]


class Canvas(_Resource):
    """One painting, as large as its picture."""

    id: str
    type: Literal["Canvas"] = "Canvas"
    label: Text
    width: int
    height: int
    metadata: tuple[Entry, ...]
    required_statement: Entry | None = Field(default=None, serialization_alias="requiredStatement")
    thumbnail: tuple[Image, ...]
    items: tuple[AnnotationPage, ...]


class Manifest(_Resource):
    """What a viewer opens; to be sent by alias and without what is None."""

    context: str = Field(default=CONTEXT, serialization_alias="@context")
    id: str
    type: Literal["Manifest"] = "Manifest"
    label: Text
    summary: Text | None = None
    items: tuple[Canvas, ...]

    def as_json(self) -> str:
        return self.model_dump_json(by_alias=True, exclude_none=True)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where this server can be reached from outside, such as http://museum.example:8000."""

    base: str

    def painting(self, painting: Painting) -> str:
        return f"{self.base}/v1/paintings/{painting.id}"

    def manifest(self, painting: Painting) -> str:
        return f"{self.painting(painting)}/manifest.json"

    def image(self, painting: Painting, size: int) -> str:
        return f"{self.painting(painting)}/image?size={size}"


def painting_manifest(painting: Painting, addresses: Addresses) -> Manifest:
    """One painting.

    Raises:
        PictureGoneError: its picture is gone.
    """
    canvas = _canvas(painting, addresses, ())
    return Manifest(id=addresses.manifest(painting), label=canvas.label, items=(canvas,))


def answer_manifest(
    hits: Iterable[ScoredHit], label: str, summary: str, address: str, addresses: Addresses
) -> Manifest:
    """A whole answer: a canvas for each hit, best first, with its scores. What is gone is left out.

    `address` is where this manifest can be fetched.
    """
    canvases = []
    for hit in hits:
        try:
            canvases.append(_canvas(hit.painting, addresses, _scores(hit)))
        except PictureGoneError:
            continue
    return Manifest(id=address, label=_text(label), summary=_text(summary), items=tuple(canvases))


def _canvas(painting: Painting, addresses: Addresses, scores: tuple[Entry, ...]) -> Canvas:
    sides = picture_size(painting)
    image, thumbnail = (_image(painting, addresses, sides, size) for size in (LARGEST, THUMBNAIL))
    canvas = f"{addresses.painting(painting)}/canvas"
    annotation = Annotation(id=f"{canvas}/painting", body=image, target=canvas)
    return Canvas(
        id=canvas,
        label=_text(painting.title),
        width=image.width,
        height=image.height,
        metadata=(*_facts(painting), *scores),
        required_statement=_entry("Rights", painting.rights) if painting.rights else None,
        thumbnail=(thumbnail,),
        items=(AnnotationPage(id=f"{canvas}/page", items=(annotation,)),),
    )


def _image(painting: Painting, addresses: Addresses, sides: tuple[int, int], size: int) -> Image:
    width, height = fitted(*sides, size)
    return Image(id=addresses.image(painting, size), width=width, height=height)


def _facts(painting: Painting) -> tuple[Entry, ...]:
    facts = {
        "Artist": readable(painting.artist),
        "Style": readable(painting.style),
        "Genre": readable(painting.genre),
        "Year": str(painting.year or ""),
        "Source": painting.source or "",
    }
    return tuple(_entry(label, value) for label, value in facts.items() if value)


def _scores(hit: ScoredHit) -> tuple[Entry, ...]:
    return (
        _entry("Coherence", f"{hit.coherence:.3f}"),
        _entry("Percentile", f"{hit.percentile:.1f}"),
        _entry("Similarity", f"{hit.similarity:.3f}"),
    )


def _entry(label: str, value: str) -> Entry:
    return Entry(label={"en": [label]}, value=_text(value))


def _text(value: str) -> Text:
    return {"none": [value]}
