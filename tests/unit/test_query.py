from itertools import chain

import pytest

from search_api.errors import QueryError
from search_api.parsing.names import KnownValues
from search_api.parsing.query import MAX_QUERY_LENGTH, WeightedEmotion, divide, parse
from tests.unit.gallery_names import FEELINGS, KNOWN, ORDINARY, STYLES


@pytest.mark.parametrize(
    ("text", "feeling", "style", "ignored"),
    [
        ("melancholy Impressionist paintings", "melancholy", "Impressionism", ("paintings",)),
        ("Joy in CUBIST prints", "joy", "Cubism", ("in", "prints")),
        ("abstract expressionism and grief", "grief", "Abstract_Expressionism", ("and",)),
        ("grief, abstract-expressionist", "grief", "Abstract_Expressionism", ()),
        ("expressionist grief", "grief", "Expressionism", ()),
        ("lonely colour field pictures", "lonely", "Color_Field_Painting", ("pictures",)),
        ("lonely color-field painting", "lonely", "Color_Field_Painting", ()),
        ("ukiyo-e prints full of awe", "full of awe", "Ukiyo_e", ("prints",)),
        ("Ukiyoe awe", "awe", "Ukiyo_e", ()),
        ("bitter-sweet Post Impressionism", "bitter-sweet", "Post_Impressionism", ()),
        ("postimpressionist calm", "calm", "Post_Impressionism", ()),
        ("tender Naive Art", "tender", "Naive_Art_Primitivism", ()),
        ("tender naïve art", "tender", "Naive_Art_Primitivism", ()),
        ("primitivist wonder", "wonder", "Naive_Art_Primitivism", ()),
        ("the anger of the Fauves", "anger", "Fauvism", ("the", "of", "the")),
        ("mannerist unease", "unease", "Mannerism_Late_Renaissance", ()),
        ("art nouveau longing", "longing", "Art_Nouveau_Modern", ()),
        ("pop art fun", "fun", "Pop_Art", ()),
        ("action painters' rage", "rage", "Action_painting", ()),
        ("impressionistic dread", "dread", "Impressionism", ()),
        ("baroque drama", "drama", "Baroque", ()),
        ("synthetic cubist calm", "calm", "Synthetic_Cubism", ()),
    ],
)
def test_a_style_is_recognised_in_all_its_forms(
    text: str, feeling: str, style: str, ignored: tuple[str, ...]
) -> None:
    query = parse(text, KNOWN)
    assert query.emotions == (WeightedEmotion(feeling, 1.0),)
    assert query.where.style == (style,)
    assert query.ignored == ignored


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_found_by_its_folder_name(style: str) -> None:
    for name in (style, style.replace("_", " "), style.replace("_", "-").upper()):
        assert parse(f"gloomy {name}", KNOWN).where.style == (style,)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("calm impresionist", "Impressionism"),
        ("calm impressionnist", "Impressionism"),
        ("calm imprssionist", "Impressionism"),
        ("calm pointilist", "Pointillism"),
        ("calm pontillism", "Pointillism"),
        ("calm abstrct expresionist", "Abstract_Expressionism"),
        ("calm barroque", "Baroque"),
        ("calm rococco", "Rococo"),
        ("calm symbolisim", "Symbolism"),
        ("calm minimalsim", "Minimalism"),
    ],
)
def test_a_misspelt_style_is_recognised(text: str, style: str) -> None:
    query = parse(text, KNOWN)
    assert (query.emotions[0].word, query.where.style) == ("calm", (style,))


def test_several_styles_are_alternatives() -> None:
    query = parse("cubist or fauvist joy", KNOWN)
    assert query.where.style == ("Cubism", "Fauvism")
    assert query.ignored == ("or",)


def test_renaissance_means_every_renaissance_of_the_index() -> None:
    assert parse("renaissance awe", KNOWN).where.style == (
        "Early_Renaissance",
        "High_Renaissance",
        "Northern_Renaissance",
    )


@pytest.mark.parametrize(
    ("text", "artist"),
    [
        ("sad pictures by Monet", "Claude Monet"),
        ("sad claude monet", "Claude Monet"),
        ("Monet's sad days", "Claude Monet"),
        ("sad days, Claude Monnet", "Claude Monet"),
        ("sad van Gogh", "Vincent van Gogh"),
        ("sad works by van gough", "Vincent van Gogh"),
        ("sad works by Cezane", "Paul Cézanne"),
        ("sad works by Rembrant", "Rembrandt"),
        ("sad Renoir", "Pierre-Auguste Renoir"),
        ("sad Pierre Renoir", "Pierre-Auguste Renoir"),
        ("sad pierre auguste renoir", "Pierre-Auguste Renoir"),
        ("sad da Vinci", "Leonardo da Vinci"),
        ("sad Toulouse-Lautrec", "Henri de Toulouse-Lautrec"),
        ("sad Miro", "Joan Miró"),
        ("sad paintings by Still", "Clyfford Still"),
        ("sad Clyfford Still", "Clyfford Still"),
        ("sad paintings by Dix", "Otto Dix"),
        ("sad O'Keeffe", "Georgia O'Keeffe"),
    ],
)
def test_an_artist_is_recognised_by_full_name_and_surname(text: str, artist: str) -> None:
    query = parse(text, KNOWN)
    assert query.where.artist == (artist,)
    assert query.emotions[0].word in {"sad", "sad days"}


def test_a_surname_that_two_artists_share_means_both() -> None:
    both = ("Pieter Bruegel the Elder", "Pieter Bruegel the Younger")
    assert parse("cheerful Bruegel", KNOWN).where.artist == both
    assert parse("cheerful Bruegel the Younger", KNOWN).where.artist == both[1:]


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("lonely landscapes", "landscape"),
        ("a lonely still life", "still life"),
        ("lonely religious paintings", "religious painting"),
        ("lonely genre paintings", "genre painting"),
    ],
)
def test_a_genre_is_recognised_in_singular_and_plural(text: str, genre: str) -> None:
    query = parse(text, KNOWN)
    assert (query.emotions[0].word, query.where.genre) == ("lonely", (genre,))


@pytest.mark.parametrize("word", sorted({*FEELINGS, *ORDINARY}))
def test_no_feeling_or_ordinary_word_is_mistaken_for_a_name(word: str) -> None:
    query = parse(f"{word} calm", KNOWN)
    assert query.emotions[0].word == f"{word} calm"
    assert (query.where.style, query.where.artist, query.where.genre) == ((), (), ())


def test_no_two_feelings_together_are_mistaken_for_a_name() -> None:
    words = [*FEELINGS, *reversed(FEELINGS)]
    for first, second in zip(words, chain(words[7:], words[:7]), strict=True):
        assert [span.role for span in divide(f"{first} {second}", KNOWN)] == ["feeling"]


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("the calm after a storm", "calm after a storm"),
        ("Show me paintings that make me feel full of dread, please!", "full of dread"),
        ("  Quiet\n\tJOY ", "quiet joy"),
        ("bitter-sweet", "bitter-sweet"),
        ("don't worry", "don't worry"),
        ("fear of the unknown", "fear of the unknown"),
        ("the joy of painting by hand", "joy of painting by hand"),
        ("calm Impressionist sea", "calm sea"),
        ("悲しみ", "悲しみ"),
        ("joie de vivre", "joie de vivre"),
    ],
)
def test_a_feeling_keeps_its_inner_words_and_loses_fillers_at_its_edges(text: str, feeling: str) -> None:
    assert parse(text, KNOWN).emotions == (WeightedEmotion(feeling, 1.0),)


def test_the_text_of_a_query_is_kept_as_it_was_typed() -> None:
    assert parse("  Sad  Monet ", KNOWN).text == "  Sad  Monet "


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_query_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QueryError, match="is empty; name a feeling, as in 'melancholy"):
        parse(text, KNOWN)


@pytest.mark.parametrize("text", ["Impressionist paintings", "pictures by Monet", "!?!", "the", "😊"])
def test_a_query_without_a_feeling_is_refused_by_name(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(text, KNOWN)
    assert f"'{text}' names no feeling; add one" in str(refusal.value)


def test_a_long_query_is_refused_without_being_echoed() -> None:
    with pytest.raises(QueryError, match="has 10,000 characters; give at most 1,000") as refusal:
        parse("sadness " * 1250, KNOWN)
    assert len(str(refusal.value)) < 160


def test_a_query_of_the_full_length_is_understood() -> None:
    assert len(parse("sad " * (MAX_QUERY_LENGTH // 4), KNOWN).emotions[0].word) == MAX_QUERY_LENGTH - 1


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(QueryError, match="not UTF-8"):
        parse("sad \udcff", KNOWN)


def test_an_index_without_names_leaves_every_word_to_the_feeling() -> None:
    assert parse("sad Monet", KnownValues()).emotions[0].word == "sad monet"
