"""Queries as texts in which nothing is left to be guessed."""

from collections.abc import Iterable

from indexer.store.base import EVERYTHING, Filter
from search_api.parsing.explicit import written, written_filter
from search_api.parsing.query import WeightedEmotion


def write(emotions: Iterable[WeightedEmotion], where: Filter = EVERYTHING) -> str:
    """The text that asks for just this: `feeling:"calm" -feeling:"fear"^0.8 style:"Cubism" year:1880-`.

    Parsing it gives the same again, but for ids that are left out and years of more than four digits.
    """
    feelings = [
        written("feeling", emotion.word, refused=emotion.weight < 0, weight=abs(emotion.weight))
        for emotion in emotions
    ]
    return " ".join([*feelings, *written_filter(where)])
