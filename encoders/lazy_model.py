"""A model that answers for the words of the vocabulary before its weights are loaded."""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from encoders.coherence import CalibratedReading, ReferenceBank
from encoders.home import Home
from encoders.identity import Identity
from encoders.model_folder import ModelRecord, load_model, read_scores
from encoders.vectors import Prepared, Vectors
from encoders.words.reader import Reader

if TYPE_CHECKING:
    from PIL import Image

    from encoders.model import EmotionModel


class LazyModel:
    """A model folder, opened. Obeys `encoders.encoder.Encoder`; may be shared between threads.

    Words whose vectors lie in the folder are read without torch. Anything else loads the weights, which
    takes seconds, once; only then it is checked that they are those that the record tells of.

    Raises:
        ModelError: as `load_model` does, now or when the weights are loaded.
    """

    def __init__(self, home: Home, name: str) -> None:
        self._home = home
        self._loading = Lock()
        self._scores = scores = read_scores(home, name)
        self._reader = Reader(
            scores.calibration, scores.bank, lambda words: self.model.words(words), scores.known
        )

    @property
    def record(self) -> ModelRecord:
        """What the folder says of itself."""
        return self._scores.record

    @property
    def name(self) -> str:
        return self._scores.record.name

    @property
    def identity(self) -> Identity:
        return self._scores.record.identity

    @property
    def bank(self) -> ReferenceBank:
        return self._scores.bank

    @property
    def look_size(self) -> int:
        return self.model.look_size

    @property
    def feeling_size(self) -> int:
        return int(self._scores.bank.feelings.shape[1])

    def prepare(self, image: "Image.Image") -> Prepared:
        return self.model.prepare(image)

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        return self.model.embed(prepared)

    def look(self, images: "Sequence[Image.Image]") -> Vectors:
        return self.model.look(images)

    def feeling(self, looks: Vectors) -> Vectors:
        return self.model.feeling(looks)

    def read(self, word: str) -> CalibratedReading:
        return self._reader.read(word)

    def load(self) -> None:
        """Load the weights now, so that nobody has to wait for them later; raises ModelError."""
        _ = self.model

    @property
    def model(self) -> "EmotionModel":
        """The model with its weights."""
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> "EmotionModel":
        return load_model(self._home, self.name)
