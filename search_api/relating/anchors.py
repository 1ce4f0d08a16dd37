"""What neighbours are looked for: a painting of the index, or any picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from encoders.encoder import Encoder
from encoders.vectors import Vector
from indexer.painting import Painting
from indexer.store.base import Point, Space, Store
from search_api.relating.finding import find_points

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Anchor:
    """A picture with its look (d,) and feeling (d',), unit vectors."""

    name: str
    look: Vector
    feeling: Vector
    painting: Painting | None = None
    """None where it is not of the index."""
    duplicate_of: str | None = None
    """As in `indexer.store.base.Point`."""

    @classmethod
    def of_point(cls, point: Point) -> Self:
        return cls(point.painting.title, point.look, point.feeling, point.painting, point.duplicate_of)

    @classmethod
    def of_image(cls, encoder: Encoder, image: "Image.Image", name: str) -> Self:
        """An RGB picture of any size; `name` is what it is called in the answer."""
        looks = encoder.look([image])
        return cls(name, looks[0], encoder.feeling(looks)[0])

    @property
    def id(self) -> str | None:
        return self.painting.id if self.painting else None

    @property
    def kind(self) -> str | None:
        """The id that near-duplicates share; None where the picture is not of the index."""
        return self.duplicate_of or self.id

    def vector(self, space: Space) -> Vector:
        return self.look if space == "look" else self.feeling


def find_anchors(store: Store, ids: Sequence[str]) -> tuple[Anchor, ...]:
    """The paintings with these ids, in their order.

    Raises:
        PaintingNotFoundError: the index lacks one of them.
    """
    return tuple(map(Anchor.of_point, find_points(store, ids)))
