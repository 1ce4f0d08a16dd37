"""Reading words: from a word's vector to what a similarity to it means."""

import functools
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from encoders.coherence import CalibratedReading, Calibration, ReferenceBank
from encoders.vectors import Vector, Vectors
from encoders.words.batching import Batcher
from encoders.words.emotions import find
from encoders.words.prompts import clean_word

REMEMBERED_WORDS = 1024


class Reader:
    """Reads any word; those whose vectors are known already, as the vocabulary's, cost no encoding.

    May be shared between threads: what they ask for at the same time is encoded together.

    Args:
        encode: words, n of them -> their vectors (n, d'), for words that are not known.
        known: headword -> its vector (d',).
    """

    def __init__(
        self,
        calibration: Calibration,
        bank: ReferenceBank,
        encode: Callable[[Sequence[str]], Vectors],
        known: Mapping[str, Vector],
    ) -> None:
        self._calibration = calibration
        self._bank = bank
        self._known = known
        self._readings = functools.lru_cache(REMEMBERED_WORDS)(self._read)
        self._encoded = functools.lru_cache(REMEMBERED_WORDS)(Batcher(encode))

    def read(self, word: str) -> CalibratedReading:
        """As `encoders.encoder.Encoder.read`."""
        return self._readings(clean_word(word))

    def _read(self, word: str) -> CalibratedReading:
        vector = self._vector(word)
        return self._calibration.reading(word, vector, self._seen @ vector, self._bank)

    @functools.cached_property
    def _seen(self) -> Vectors:
        return np.stack([self._vector(word) for word in self._calibration.log_odds])

    def _vector(self, word: str) -> Vector:
        emotion = find(word)
        known = self._known.get(emotion.word if emotion else word)
        return self._encoded(word) if known is None else known
