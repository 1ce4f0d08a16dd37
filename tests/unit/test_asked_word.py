"""A feeling that is asked for by itself means what it means in a search."""

import csv
from pathlib import Path

import pytest

from encoders.errors import WordError
from encoders.fake import FakeEncoder
from encoders.words.emotions import vocabulary
from search_api.errors import QueryError
from search_api.parsing.query import parse
from search_api.relating.asked_word import read_word
from tests.unit.gallery_names import KNOWN

ENCODER = FakeEncoder()


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("not sad", "sad"),
        ("no joy", "joy"),
        ("Without Fear", "fear"),
        ("anything but boring", "boring"),
        ("not very sad", "sad"),
        ("not sernity", "serenity"),
        ("-fear", "fear"),
    ],
)
def test_a_text_that_refuses_a_feeling_is_refused_with_the_way_out(text: str, feeling: str) -> None:
    with pytest.raises(QueryError) as refusal:
        read_word(ENCODER, text)
    assert str(refusal.value) == f"'{text}' refuses a feeling; give the feeling itself, such as '{feeling}'."
    with pytest.raises(QueryError) as refusal:
        read_word(ENCODER, text, weighed=True)
    assert str(refusal.value).endswith(f"weigh it below 0, as in '{feeling}:-1'.")
    assert refusal.value.field == "word"


def test_where_a_feeling_is_asked_for_and_another_refused_each_way_out_names_the_right_one() -> None:
    with pytest.raises(QueryError, match="give the feeling itself, such as 'calm'"):
        read_word(ENCODER, "calm but not sad")
    with pytest.raises(QueryError, match="weigh it below 0, as in 'sad:-1'"):
        read_word(ENCODER, "calm but not sad", weighed=True)


@pytest.mark.parametrize(
    "text",
    ["sad", "not without hope", "never-ending grief", "longing without end", "a sky without clouds", "a: b"],
)
def test_any_other_text_is_taken_as_it_is(text: str) -> None:
    assert read_word(ENCODER, text).word == text


def test_no_feeling_of_the_vocabulary_is_refused_or_read_as_another() -> None:
    known = [text for emotion in vocabulary().values() for text in (emotion.word, *emotion.synonyms)]
    assert [text for text in known if read_word(ENCODER, text).word != ENCODER.read(text).word] == []


def test_what_a_search_asks_for_may_be_asked_for_by_itself() -> None:
    with Path(__file__).with_name("parsed_queries.csv").open(encoding="utf-8", newline="") as file:
        queries = [parse(row["query"], KNOWN) for row in csv.DictReader(file)]
    words = [emotion.word for query in queries for emotion in query.emotions]
    assert [word for word in words if read_word(ENCODER, word).word != ENCODER.read(word).word] == []


def test_a_misspelt_feeling_is_read_as_what_it_was_to_be() -> None:
    assert read_word(ENCODER, "Sernity").word == "serenity"
    assert read_word(ENCODER, "the melancoly of rain").word == "the melancholy of rain"


def test_a_blank_text_is_refused_as_a_model_refuses_it() -> None:
    with pytest.raises(WordError) as refusal:
        read_word(ENCODER, " ")
    assert refusal.value.field == "word"
