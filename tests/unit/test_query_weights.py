import pytest

from search_api.parsing.degrees import DEGREES, MOST_WEIGHT
from search_api.parsing.denials import DENIALS, FIRST_WORDS
from search_api.parsing.feeling_words import LONGEST_FEELING, named_feeling, spelling
from search_api.parsing.query import parse
from tests.unit.gallery_names import KNOWN


def weight_of(text: str) -> float:
    [emotion] = parse(text, KNOWN).emotions
    assert emotion.word == "sad"
    return emotion.weight


@pytest.mark.parametrize("form", sorted(DEGREES), ids=" ".join)
def test_every_degree_multiplies_the_weight_of_a_feeling(form: tuple[str, ...]) -> None:
    assert weight_of(f"{' '.join(form)} sad") == DEGREES[form]


@pytest.mark.parametrize("form", sorted(DENIALS), ids=" ".join)
def test_every_denial_makes_a_feeling_one_to_avoid(form: tuple[str, ...]) -> None:
    assert weight_of(f"{' '.join(form)} sad") < 0


def test_weights_follow_the_order_of_the_degrees() -> None:
    words = ["slightly", "somewhat", "quite", "very", "extremely"]
    assert [weight_of(f"{word} sad") for word in words] == [0.5, 0.75, 1.0, 1.25, 1.5]


def test_the_more_is_denied_the_less_is_said_against_it() -> None:
    words = ["extremely", "very", "", "somewhat", "slightly"]
    weights = [weight_of(f"not {word} sad") for word in words]
    assert weights == pytest.approx([-1 / 1.5, -1 / 1.25, -1.0, -1 / 0.75, -2.0])


def test_degrees_heap_up_to_a_limit() -> None:
    assert weight_of("very very sad") == 1.25**2
    assert weight_of("very " * 100 + "sad") == MOST_WEIGHT


def test_two_denials_are_none() -> None:
    assert weight_of("not without sad") == 1.0


def test_a_word_asked_for_twice_has_the_greater_weight_and_opposite_weights_add_up() -> None:
    assert weight_of("sad, very sad") == 1.25
    assert weight_of("sad but not very sad") == pytest.approx(0.2)


def test_every_denial_is_looked_for_by_its_first_word() -> None:
    assert {form[0] for form in DENIALS} == FIRST_WORDS


@pytest.mark.parametrize(
    ("words", "emotion"),
    [
        ("sad", "sadness"),
        ("bitterly sad", "sadness"),
        ("joie de vivre", "joie de vivre"),
        ("quiet joy", "joy"),
    ],
)
def test_words_that_all_name_emotions_name_the_last(words: str, emotion: str) -> None:
    found = named_feeling(tuple(words.split()))
    assert found is not None
    assert found.word == emotion


@pytest.mark.parametrize("words", ["", "war", "sad war", "bitterly", "sad bitterly", "the sea"])
def test_other_words_name_none(words: str) -> None:
    assert named_feeling(tuple(words.split())) is None


def test_the_vocabulary_spells_a_compound() -> None:
    assert spelling(("light", "hearted")) == "light-hearted"
    assert spelling(("high", "spirits")) == "high spirits"
    assert spelling(("bitter", "sweet")) is None
    assert LONGEST_FEELING == 4
