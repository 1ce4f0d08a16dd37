"""Styles, genres and artists that a text names and that the index lacks: told, and never a feeling."""

import pytest

from search_api.parsing.names import KnownValues
from search_api.parsing.query import Lacking, WeightedEmotion, parse

SMALL = KnownValues(styles=("Impressionism", "Expressionism"), artists=("Claude Monet",))
"""An index without genres."""


@pytest.mark.parametrize(
    ("text", "feeling", "lacking"),
    [
        ("Cubist calm", "calm", Lacking("style", "Cubist")),
        ("melancholy surrealism", "melancholy", Lacking("style", "surrealism")),
        ("Abstract Expressionist rage", "rage", Lacking("style", "Abstract Expressionist")),
        ("rage, neo-expressionism", "rage", Lacking("style", "neo-expressionism")),
        ("rage, Pre-Raphaelite", "rage", Lacking("style", "Pre-Raphaelite")),
        ("gloomy surealist", "gloomy", Lacking("style", "surealist")),
        ("hopeful landscapes", "hopeful", Lacking("genre", "landscapes")),
        ("sad self-portraits", "sad", Lacking("genre", "self-portraits")),
        ("a portrait of grief", "grief", Lacking("genre", "portrait")),
        ("tender still lifes", "tender", Lacking("genre", "still lifes")),
        ("serenity by hockney", "serenity", Lacking("artist", "hockney")),
        ("serene paintings by van der velden", "serene", Lacking("artist", "van der velden")),
        ("sad works by Hockney", "sad", Lacking("artist", "Hockney")),
        ("sad works in the style of Banksy", "sad", Lacking("artist", "Banksy")),
        ("calm in the style of frank auerbach, please", "calm", Lacking("artist", "frank auerbach")),
    ],
)
def test_what_the_index_lacks_is_told_as_it_was_typed(text: str, feeling: str, lacking: Lacking) -> None:
    query = parse(text, SMALL)
    assert query.emotions == (WeightedEmotion(feeling),)
    assert query.lacking == (lacking,)
    assert set(lacking.name.replace("-", " ").split()) <= set(query.ignored)


def test_several_are_told_in_their_order() -> None:
    query = parse("sad Cubist portraits by hockney or Basquiat, not nudes", SMALL)
    assert [(each.field, each.name) for each in query.lacking] == [
        ("style", "Cubist"),
        ("genre", "portraits"),
        ("artist", "hockney"),
        ("artist", "Basquiat"),
        ("genre", "nudes"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Impressionist calm", "calm Expressionists", "calm by Monet", "calm by moonlight", "abstract calm"],
)
def test_what_the_index_has_and_what_names_nothing_is_not_lacking(text: str) -> None:
    assert parse(text, SMALL).lacking == ()


def test_in_quotes_what_the_index_lacks_is_a_feeling() -> None:
    query = parse('"hopeful landscapes"', SMALL)
    assert (query.emotions, query.lacking) == ((WeightedEmotion("hopeful landscapes"),), ())
