import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.base import Filter
from search_api.answering.paging import read_cursor, write_cursor
from search_api.answering.question import Question
from search_api.errors import QueryError


@given(st.integers(1, 10_000), st.text(max_size=20), st.text(max_size=20))
def test_a_cursor_reads_as_it_was_written_and_travels_in_an_address(
    offset: int, build: str, question: str
) -> None:
    cursor = write_cursor(offset, build, question)
    assert read_cursor(cursor, build, question) == offset
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in cursor)


def test_without_a_cursor_an_answer_begins_at_its_beginning() -> None:
    assert read_cursor(None, "build-1", "abc") == 0


def test_a_cursor_of_another_build_or_question_is_refused() -> None:
    cursor = write_cursor(12, "build-1", "abc")
    with pytest.raises(
        QueryError, match="belongs to build 'build-1', but 'build-2' is served; ask for the first page"
    ):
        read_cursor(cursor, "build-2", "abc")
    with pytest.raises(QueryError, match="belongs to another question; ask this one for its first page"):
        read_cursor(cursor, "build-1", "def")


def encoded(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


@pytest.mark.parametrize(
    "content", [7, {}, [1], [0, "b", "q"], [-3, "b", "q"], ["1", "b", "q"], [True, "b", "q"]]
)
def test_what_holds_no_place_is_refused(content: object) -> None:
    with pytest.raises(QueryError, match="is none; take the one that an answer ends with"):
        read_cursor(encoded(content), "b", "q")


@given(st.text())
def test_any_other_text_is_refused_too(text: str) -> None:
    with pytest.raises(QueryError):
        read_cursor(text, "build-1", "abc")


def test_all_but_the_cursor_and_the_facets_makes_a_question_another() -> None:
    plain = Question("calm")
    assert plain.identity == Question("calm", cursor="x", facets=True).identity
    others = [
        Question("calm", top_k=3),
        Question("calm", fold=True),
        Question("calm", min_coherence=0.1),
        Question("calm", per_artist=1),
        Question("calm", diversity=0.1),
        Question("joy"),
        Question("calm", Filter(style=("Cubism",))),
        Question("calm", Filter(artist=("Cubism",))),
    ]
    assert len({plain.identity, *(other.identity for other in others)}) == 9


def test_numbers_out_of_range_are_refused() -> None:
    with pytest.raises(QueryError, match="0 hits were asked for; ask for 1 to 1000"):
        Question("calm", top_k=0)
    with pytest.raises(QueryError, match="0 works per artist were asked for; ask for 1 or more"):
        Question("calm", per_artist=0)
    with pytest.raises(QueryError, match=r"minimum coherence 1.5 is out of range; give 0 to 1"):
        Question("calm", min_coherence=1.5)
    with pytest.raises(QueryError, match="diversity nan is out of range"):
        Question("calm", diversity=float("nan"))
