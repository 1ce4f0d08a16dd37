"""The hits of an answer, numbered over all its pages."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_api.answer import Answer
    from search_api.answering.question import Question
    from search_api.rendering.exporting import Export


def first_rank(question: "Question", answer: "Answer") -> int:
    """The rank of an answer's first hit, counted over all pages."""
    from search_api.answering.paging import read_cursor

    return 1 + read_cursor(question.cursor, answer.release.build, question.identity)


def export_of(answers: Iterable[tuple["Question", "Answer"]]) -> "Export":
    """The hits of answers, each with what was asked for and its rank."""
    from search_api.rendering.exporting import Export
    from search_api.schemas.searching import HitSchema

    ranked = (
        (question.text, first_rank(question, answer), map(HitSchema.of, answer.hits))
        for question, answer in answers
    )
    return Export.ranked(HitSchema, ranked)
