"""What holds for every text, however odd."""

import unicodedata
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from search_api.errors import QueryError
from search_api.parsing.degrees import DEGREES
from search_api.parsing.denials import DENIALS
from search_api.parsing.forms import fold
from search_api.parsing.names import KnownValues
from search_api.parsing.query import Query, divide, parse
from search_api.parsing.spans import Span
from search_api.parsing.words import JOINERS
from tests.unit.gallery_names import FEELINGS, KNOWN, ORDINARY

NAMES = (
    "Impressionist",
    "van",
    "Gogh",
    "Monet",
    "ukiyo-e",
    "still",
    "life",
    "landscapes",
    "by",
    "in the style of",
    "Cubism",
)
GLUE = ("the", "a", "of", "paintings", "love", "war", "people", ",", "-", "...", "&", "self-")
DATES = (
    "1890",
    "1880-1900",
    "19th-century",
    "before 1900",
    "circa",
    "the 1890s",
    "16th and",
    "early",
    "1000",
    "in 99999",
    "older than",
)
WRITTEN = (
    "style:cubism",
    '-artist:"claude monet"',
    "year:1880-1900",
    '"love and war"^0.5',
    "-fear",
    '"',
    "^2",
    "feeling:calm^-1",
)
MARKS = tuple(" ".join(form) for forms in (DEGREES, DENIALS, JOINERS) for form in sorted(forms))

TOKENS = st.one_of(*map(st.sampled_from, (FEELINGS, ORDINARY, MARKS, NAMES, GLUE, DATES, WRITTEN)))
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.one_of(TOKENS, st.text(max_size=5)), max_size=10).map(" ".join)
)


def query_of(text: str, known: KnownValues = KNOWN) -> Query:
    """The query; a text that is refused is no example."""
    try:
        return parse(text, known)
    except QueryError:
        assume(False)
        raise


def spans_of(text: str) -> tuple[Span, ...]:
    try:
        return divide(text, KNOWN)
    except QueryError:
        return ()


def letters_of(*texts: str) -> list[str]:
    return sorted(letter for text in texts for letter in text.lower() if letter.isalnum())


@given(TEXTS)
def test_every_word_is_in_exactly_one_span(text: str) -> None:
    spans = spans_of(text)
    assume(spans)
    words = [word for span in spans for word in span.words]
    assert all(span.words for span in spans)
    words.sort(key=lambda word: word.start)
    assert [word.text for word in words] == [text[word.start : word.end] for word in words]
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert letters_of(*(word.text for word in words)) == letters_of(text)


@given(TEXTS)
def test_a_query_accounts_for_every_span(text: str) -> None:
    query, spans = query_of(text), divide(text, KNOWN)
    phrases = {span.phrase for span in spans if span.role == "feeling"}
    assert {emotion.word for emotion in query.emotions} == phrases
    assert query.ignored == tuple(word.text for span in spans if span.idle for word in span.words)
    for field in ("style", "artist", "genre"):
        for values, refused in (
            (getattr(query.where, field), False),
            (getattr(query.where, f"without_{field}"), True),
        ):
            named = [span for span in spans if span.role == field and span.refused == refused]
            assert set(values) == {value for span in named for value in span.values}
    dated = any(span.role == "years" for span in spans)
    assert dated == ((query.where.year_from, query.where.year_to) != (None, None))


@given(TEXTS)
def test_a_phrase_is_made_of_the_words_of_its_spans(text: str) -> None:
    said: list[tuple[str, str]] = []
    for span in spans_of(text):
        typed = " ".join(word.text for word in span.words)
        if span.role == "feeling" and span.goes_on:
            said[-1] = (span.phrase, f"{said[-1][1]} {typed}")
        elif span.role == "feeling":
            said.append((span.phrase, typed))
    for phrase, typed in said:
        if '"' not in typed and ":" not in typed and "\u201c" not in typed:  # not written out
            assert letters_of(fold(phrase)) == letters_of(fold(typed))


@given(TEXTS)
def test_a_query_is_always_read_the_same(text: str) -> None:
    assert query_of(text) == parse(text, KnownValues(KNOWN.styles, KNOWN.artists, KNOWN.genres))


PLAIN_TOKENS = st.one_of(*map(st.sampled_from, (FEELINGS, MARKS, NAMES, DATES[:6])))


@given(st.lists(PLAIN_TOKENS, max_size=10).map(" ".join))
def test_capitals_do_not_matter(text: str) -> None:
    query = query_of(text)
    for other in (text.upper(), text.title(), text.lower()):
        assert (parse(other, KNOWN).emotions, parse(other, KNOWN).where) == (query.emotions, query.where)


@given(st.lists(st.one_of(*map(st.sampled_from, (FEELINGS, MARKS, NAMES))), max_size=10).map(" ".join))
def test_accents_do_not_matter(text: str) -> None:
    query = query_of(text)
    accented = unicodedata.normalize("NFC", text.replace("a", "a\u0301").replace("o", "o\u0308"))
    other = parse(accented, KNOWN)
    assert other.where == query.where
    assert [(fold(emotion.word), emotion.weight) for emotion in other.emotions] == [
        (fold(emotion.word), emotion.weight) for emotion in query.emotions
    ]


VALUES = st.lists(st.text(max_size=8), max_size=4).map(tuple)


@given(TEXTS, st.builds(KnownValues, VALUES, VALUES, VALUES))
def test_whatever_an_index_holds_a_text_is_understood_or_refused(text: str, known: KnownValues) -> None:
    query = query_of(text, known)
    assert all(emotion.word and 0 < abs(emotion.weight) <= 2 for emotion in query.emotions)
    assert {*query.where.style, *query.where.without_style} <= set(known.styles)
    assert {*query.where.artist, *query.where.without_artist} <= set(known.artists)
    assert {*query.where.genre, *query.where.without_genre} <= set(known.genres)
