"""Queries of explicit parts, and queries as texts in which nothing is left to be guessed."""

from collections.abc import Iterable

from indexer.store.base import EVERYTHING, Filter
from search_api.answering.joining import join
from search_api.errors import QueryError, quoted
from search_api.parsing.degrees import MOST_WEIGHT
from search_api.parsing.explicit import written, written_filter
from search_api.parsing.names import KnownValues
from search_api.parsing.query import Query, WeightedEmotion, merge


def compose(emotions: Iterable[WeightedEmotion], where: Filter, known: KnownValues) -> Query:
    """A query of explicit parts, for those who correct how a text was read.

    The values of `where` are matched like `style:` in a text. The query's text writes all parts out, but for
    the ids that are left out; parsing it gives this query again.

    Raises:
        QueryError: no emotion, a blank one, a weight out of range, years that hold none, or a value that the
            index lacks.
    """
    checked = merge(_checked(emotion) for emotion in emotions)
    if not checked:
        raise QueryError("The query names no feeling; give at least one, such as 'serenity'.")
    where = join(EVERYTHING, where, known)
    return Query(write(checked, where), checked, where, ())


def write(emotions: Iterable[WeightedEmotion], where: Filter = EVERYTHING) -> str:
    """The text that asks for just this: `feeling:"calm" -feeling:"fear"^0.8 style:"Cubism" year:1880-`.

    Years of one to four digits are read back.
    """
    feelings = [
        written("feeling", emotion.word, refused=emotion.weight < 0, weight=abs(emotion.weight))
        for emotion in emotions
    ]
    return " ".join([*feelings, *written_filter(where)])


def _checked(emotion: WeightedEmotion) -> WeightedEmotion:
    word = " ".join(emotion.word.split()).lower()
    if not any(letter.isalnum() for letter in word):
        raise QueryError(f"The feeling {quoted(emotion.word)} is blank; give a word, such as 'serenity'.")
    if not 0 < abs(emotion.weight) <= MOST_WEIGHT:
        raise QueryError(
            f"The weight {emotion.weight:g} of {quoted(word)} is out of range; "
            "give one up to 2, or down to -2 to avoid the feeling."
        )
    return WeightedEmotion(word, emotion.weight)
