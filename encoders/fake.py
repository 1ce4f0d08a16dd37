"""A small deterministic encoder: obeys the port, knows nothing of feelings, needs no weights."""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from encoders.coherence import CalibratedReading, Calibration, ReferenceBank
from encoders.identity import Identity, digest
from encoders.vectors import Prepared, Vector, Vectors, unit
from encoders.words.emotions import ARTEMIS_NAMED
from encoders.words.prompts import clean_word

THUMBNAIL = (4, 4)
BANK_SIZE = 64


class FakeEncoder:
    """Random projections of thumbnails and hashed words.

    `look_seed` chooses the backbone (look_id), `seed` the heads (space_id).
    """

    def __init__(
        self,
        name: str = "fake",
        look_size: int = 8,
        feeling_size: int = 6,
        seed: int = 0,
        look_seed: int = 0,
    ) -> None:
        self.name = name
        self.look_size = look_size
        self.feeling_size = feeling_size
        look_id = digest("fake look", look_seed, look_size)
        space_id = digest("fake space", look_id, seed, feeling_size)
        self.identity = Identity(look_id, space_id, digest("fake reading", space_id))
        pixels = THUMBNAIL[0] * THUMBNAIL[1] * 3
        self._eye = _matrix(look_seed, pixels, look_size)
        self._heart = _matrix(seed + 1, look_size, feeling_size)
        self.bank = ReferenceBank(self.feeling(unit(_matrix(7, BANK_SIZE, look_size))))
        self._calibration = Calibration(slope=1.0, log_odds=dict.fromkeys(ARTEMIS_NAMED, -2.0))

    def prepare(self, image: Image.Image) -> Prepared:
        return np.asarray(image.resize(THUMBNAIL), np.float32).ravel()

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        if not prepared:
            return np.empty((0, self.look_size), np.float32)
        return unit((np.stack(prepared).astype(np.float32) / 127.5 - 1.01) @ self._eye)

    def look(self, images: Sequence[Image.Image]) -> Vectors:
        return self.embed([self.prepare(image) for image in images])

    def feeling(self, looks: Vectors) -> Vectors:
        return unit(looks @ self._heart)

    def read(self, word: str) -> CalibratedReading:
        word = clean_word(word)
        vector = self._word(word)
        nearness = [float(vector @ self._word(seen)) for seen in ARTEMIS_NAMED]
        return self._calibration.reading(word, vector, nearness, self.bank)

    def _word(self, word: str) -> Vector:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
        return unit(_matrix(seed, 1, self.feeling_size)[0])


def _matrix(seed: int, rows: int, columns: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal((rows, columns), dtype=np.float32)
