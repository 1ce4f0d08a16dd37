"""Many emotion words, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np

from encoders.coherence import Array
from encoders.encoder import Encoder, Reading
from encoders.vectors import Vector, Vectors
from encoders.words.emotions import vocabulary
from search_api.answer import EmotionScore
from search_api.errors import QueryError
from search_api.limits import MOST_WORDS
from search_api.relating.asked_word import read_word


@dataclass(frozen=True, slots=True)
class Lexis:
    """w different words of one model, with their vectors as one matrix (w, d')."""

    readings: tuple[Reading, ...]
    vectors: Vectors
    whole: bool = False
    """Whether they are the vocabulary, rather than words that somebody asked for."""

    @classmethod
    def read(cls, encoder: Encoder, words: Sequence[str] | None = None) -> Self:
        """The words in their order, each once; by default the whole vocabulary.

        Raises:
            QueryError: no word, or more than `MOST_WORDS`, or one refuses a feeling.
            WordError: a word is blank or too long.
        """
        if words is not None and not 0 < len(words) <= MOST_WORDS:
            raise QueryError(
                f"{len(words)} emotion words were given; give 1 to {MOST_WORDS}, or none for the vocabulary."
            )
        read = map(encoder.read, vocabulary()) if words is None else map(partial(read_word, encoder), words)
        readings = tuple({reading.word: reading for reading in read}.values())
        return cls(readings, np.stack([reading.vector for reading in readings]), whole=words is None)

    def coherences(self, feelings: Vectors) -> Array:
        """Feelings (n, d') -> the chance of each word for each, (n, w)."""
        similarities = feelings @ self.vectors.T
        columns = [reading.coherence(similarities[:, place]) for place, reading in enumerate(self.readings)]
        return np.stack(columns, axis=1)

    def scores(self, feeling: Vector) -> tuple[EmotionScore, ...]:
        """One feeling (d',) against every word, in their order."""
        similarities = (self.vectors @ feeling).tolist()
        return tuple(map(score_of, self.readings, similarities))


def score_of(reading: Reading, similarity: float) -> EmotionScore:
    """One word at a cosine in [-1, 1]."""
    coherence, percentile = reading.coherence(similarity), reading.percentile(similarity)
    return EmotionScore(reading.word, float(coherence), float(percentile), similarity, reading.seen)
