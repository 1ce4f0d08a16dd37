"""One picture against emotion words, with any model; needs no index."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from encoders.encoder import Encoder
from search_api.answer import ScoreAnswer
from search_api.errors import QueryError
from search_api.limits import MOST_WORDS
from search_api.relating.asked_word import read_word
from search_api.relating.lexis import score_of

if TYPE_CHECKING:
    from PIL import Image


def score_image(encoder: Encoder, image: "Image.Image", words: Sequence[str], name: str) -> ScoreAnswer:
    """One RGB picture against any emotion words; `name` is what the picture is called in the answer.

    Raises:
        QueryError: no word, or more than `MOST_WORDS`, or one refuses a feeling.
        WordError: a word is blank or too long.
    """
    if not 0 < len(words) <= MOST_WORDS:
        raise QueryError(
            f"{len(words)} emotion words were given; give 1 to {MOST_WORDS}, such as 'serenity'."
        )
    readings = [read_word(encoder, word) for word in words]
    feeling = encoder.feeling(encoder.look([image]))[0]  # (d',)
    scores = (score_of(reading, float(reading.vector @ feeling)) for reading in readings)
    return ScoreAnswer(name, tuple(scores))
