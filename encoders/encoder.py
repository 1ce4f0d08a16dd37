"""The port that the index and the search need of a model: pictures and words in, vectors and scores out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from encoders.coherence import ReferenceBank
from encoders.identity import Identity
from encoders.vectors import Prepared, Vector, Vectors

if TYPE_CHECKING:
    from PIL import Image


class Reading(Protocol):
    """One emotion word, ready to be compared: its vector and the meaning of a similarity to it."""

    @property
    def word(self) -> str: ...

    @property
    def seen(self) -> bool:
        """Whether training had votes for this word, or for another name of its emotion."""

    @property
    def vector(self) -> Vector:
        """(d',), unit length, in the space of feelings."""

    def coherence(self, similarities: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Chance in [0, 1] that a viewer names this emotion; monotone in similarity. Same shape as given."""

    def percentile(self, similarities: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Percentage in [0, 100] of the reference bank below; equal ones count half. Same shape as given."""


class Encoder(Protocol):
    """A model as its users see it. All vectors are float32 rows of unit length.

    All methods may be called from several threads at a time.
    """

    @property
    def name(self) -> str: ...

    @property
    def identity(self) -> Identity: ...

    @property
    def bank(self) -> ReferenceBank:
        """The fixed paintings that percentiles are counted among."""

    @property
    def look_size(self) -> int: ...

    @property
    def feeling_size(self) -> int: ...

    def prepare(self, image: "Image.Image") -> Prepared:
        """An RGB picture -> all that `embed` needs of it."""

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        """What n pictures were prepared to -> looks (n, look_size)."""

    def look(self, images: "Sequence[Image.Image]") -> Vectors:
        """RGB pictures, n of them -> looks (n, look_size); none depends on its neighbours."""

    def feeling(self, looks: Vectors) -> Vectors:
        """Looks (n, look_size) -> feelings (n, feeling_size)."""

    def read(self, word: str) -> Reading:
        """Any emotion word or phrase -> its reading.

        Raises:
            WordError: the word is blank or longer than the limit.
        """
