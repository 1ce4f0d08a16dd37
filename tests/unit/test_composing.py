import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.store.base import Filter
from search_api.errors import QueryError
from search_api.parsing.composing import compose, write
from search_api.parsing.names import KnownValues
from search_api.parsing.query import MAX_QUERY_LENGTH, WeightedEmotion, parse
from search_api.wording import understood
from tests.unit.gallery_names import KNOWN
from tests.unit.test_query_properties import TEXTS, query_of

VALUES = st.lists(st.text(max_size=10), max_size=3, unique=True).map(tuple)
WORDS = st.text(min_size=1, max_size=12).filter(lambda word: any(letter.isalnum() for letter in word))
WEIGHTS = st.floats(0.001, 2).flatmap(lambda weight: st.sampled_from([weight, -weight]))
EMOTIONS = st.lists(st.builds(WeightedEmotion, WORDS, WEIGHTS), min_size=1, max_size=4)


@given(EMOTIONS, st.builds(KnownValues, VALUES, VALUES, VALUES), st.integers(1, 9999), st.integers(0, 500))
def test_a_query_of_parts_is_written_as_a_text_that_reads_the_same(
    emotions: list[WeightedEmotion], known: KnownValues, year: int, length: int
) -> None:
    where = Filter(
        style=known.styles[:1],
        artist=known.artists,
        without_style=known.styles[1:],
        without_genre=known.genres,
        year_from=year if length % 3 else None,
        year_to=min(year + length, 9999) if length % 2 else None,
    )
    try:
        query = compose(emotions, where, known)
    except QueryError as refusal:
        assert "both asks for" in str(refusal)  # noqa: PT017 (what else is refused is a failure)
        return
    assume(len(query.text) <= MAX_QUERY_LENGTH)
    assert parse(query.text, known) == query


@given(TEXTS)
def test_every_query_can_be_written_out_and_read_again(text: str) -> None:
    query = query_of(text)
    written = write(query.emotions, query.where)
    assume(len(written) <= MAX_QUERY_LENGTH)
    again = parse(written, KNOWN)
    assert (again.emotions, again.where, again.ignored) == (query.emotions, query.where, ())


def test_a_query_is_written_out_in_full() -> None:
    query = parse("calm but not very sad Cubist art, not by Picasso, after 1880", KNOWN)
    assert write(query.emotions, query.where) == (
        'feeling:"calm" -feeling:"sad"^0.8 style:"Cubism" -artist:"Pablo Picasso" year:1881-'
    )


def test_the_values_of_parts_are_found_in_the_index() -> None:
    query = compose(
        [WeightedEmotion("  Quiet  Joy ")], Filter(artist=("monet",), without_style=("cubist",)), KNOWN
    )
    assert query.emotions == (WeightedEmotion("quiet joy"),)
    assert query.where == Filter(artist=("Claude Monet",), without_style=("Cubism",))


@pytest.mark.parametrize(
    ("emotions", "where", "message"),
    [
        ([], Filter(), "names no feeling; give at least one, such as 'serenity'"),
        ([WeightedEmotion(" ")], Filter(), "The feeling '' is blank"),
        ([WeightedEmotion("calm", 0.0)], Filter(), "weight 0 of 'calm' is out of range"),
        ([WeightedEmotion("calm", -2.5)], Filter(), "weight -2.5 of 'calm' is out of range"),
        ([WeightedEmotion("calm", float("nan"))], Filter(), "weight nan of 'calm' is out of range"),
        ([WeightedEmotion("calm"), WeightedEmotion("calm", -1.0)], Filter(), "both asks for 'calm'"),
        ([WeightedEmotion("calm")], Filter(style=("Cubisme",)), "no style 'Cubisme'; the closest it has"),
        ([WeightedEmotion("calm")], Filter(without_artist=("Claude",)), "no artist 'Claude'"),
        (
            [WeightedEmotion("calm")],
            Filter(year_from=1900, year_to=1880),
            "1900 to 1880 hold none; swap them",
        ),
    ],
)
def test_parts_that_cannot_be_answered_are_refused(
    emotions: list[WeightedEmotion], where: Filter, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        compose(emotions, where, KNOWN)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "melancholy Impressionist paintings",
            "feeling: melancholy | style: Impressionism | ignored: paintings",
        ),
        ("very tense but not sad", "feeling: tense (1.25) | avoid: sad"),
        ("not very sad, before 1900", "avoid: sad (0.8) | years: up to 1899"),
        ("calm, 1880-1900, no portraits", "feeling: calm | not genre: portrait | years: 1880-1900"),
        ("awe -style:ukiyo-e, after 1900", "feeling: awe | not style: Ukiyo-e | years: from 1901"),
        (
            "joy in 1890 by Monet or Renoir",
            "feeling: joy | artist: Claude Monet or Pierre-Auguste Renoir | years: 1890 | ignored: by or",
        ),
    ],
)
def test_what_was_understood_is_told_in_one_line(text: str, line: str) -> None:
    assert understood(parse(text, KNOWN)) == line
