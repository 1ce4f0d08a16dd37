"""Which words are taken for misspelt feelings, and which are left as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.words.no_feelings import NO_FEELINGS
from search_api.answering.loanwords import LOANWORDS
from search_api.parsing.degrees import DEGREES
from search_api.parsing.denials import DENIALS
from search_api.parsing.feeling_words import one_word_feelings
from search_api.parsing.forms import words_of
from search_api.parsing.misspelt import intended
from search_api.parsing.names import KnownValues
from search_api.parsing.query import Respelling, WeightedEmotion, parse
from search_api.parsing.slips import shelf
from search_api.parsing.words import FILLERS, JOINERS, LOOKALIKES, ORDINARY_WORDS
from tests.unit.gallery_names import ARTISTS, FEELINGS, KNOWN, ORDINARY, STYLES, lines

MISSPELT = dict(line.split() for line in lines("misspelt_feelings.txt"))
NEAR = [word for line in lines("near_feelings.txt") for word in line.split()]


@pytest.mark.parametrize(("typed", "meant"), MISSPELT.items())
def test_a_misspelt_feeling_is_read_as_what_it_was_to_be(typed: str, meant: str) -> None:
    query = parse(f"{typed.title()} paintings", KNOWN)
    assert query.emotions == (WeightedEmotion(meant),)
    assert query.respelt == (Respelling(typed.title(), meant),)


@pytest.mark.parametrize(
    ("kind", "texts"),
    {
        "words that look like feelings": NEAR,
        "feelings": FEELINGS,
        "ordinary words": ORDINARY,
        "words that name no feeling": NO_FEELINGS,
        "loanwords": LOANWORDS,
        "artists": ARTISTS,
        "styles": STYLES,
        "what the parser knows": [*FILLERS, *ORDINARY_WORDS, *LOOKALIKES],
        "what grades, denies and joins": [" ".join(form) for form in (*DEGREES, *DENIALS, *JOINERS)],
    }.items(),
)
def test_other_words_are_no_misspelt_feelings(kind: str, texts: list[str]) -> None:
    assert not {word: found for text in texts for word in words_of(text) if (found := intended(word))}, kind


def test_there_are_enough_of_either_kind() -> None:
    assert len(MISSPELT) >= 60
    assert len(NEAR) >= 200


def test_misspelt_feelings_are_told_apart_graded_and_refused_like_others() -> None:
    query = parse("very melancoly, not joyfull Impressionist landscapes", KNOWN)
    assert query.emotions == (WeightedEmotion("melancholy", 1.25), WeightedEmotion("joyful", -1))
    assert query.respelt == (Respelling("melancoly", "melancholy"), Respelling("joyfull", "joyful"))


@pytest.mark.parametrize("text", ['"sernity"', "feeling:sernity", '"melancoly sernity"'])
def test_in_quotes_a_word_stays_as_it_is(text: str) -> None:
    query = parse(text, KNOWN)
    assert "sernity" in query.emotions[0].word
    assert query.respelt == ()


def test_a_name_of_the_index_is_no_misspelt_feeling() -> None:
    query = parse("sad paintings by Sernity", KnownValues(artists=("Anna Sernity",)))
    assert (query.where.artist, query.respelt) == (("Anna Sernity",), ())


@given(st.text(alphabet="abcdeimnorsty", min_size=1, max_size=12))
def test_no_slip_is_at_the_ends_and_what_is_read_is_a_feeling(word: str) -> None:
    if feeling := intended(word):
        assert shelf(feeling) == shelf(word)
        assert feeling in one_word_feelings()
