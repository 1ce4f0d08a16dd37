import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.errors import MoodseumError, WordError
from encoders.vectors import unit
from encoders.words.emotions import vocabulary
from encoders.words.prompts import MAX_WORD_LENGTH, Prompts, clean_word, ensemble


def test_a_word_is_put_into_every_template() -> None:
    prompts = Prompts(("{word}", "a picture full of {word}"))
    assert prompts.sentences("mistiness") == ["mistiness", "a picture full of mistiness"]


def test_an_emotion_and_its_synonyms_take_turns_in_the_templates() -> None:
    prompts = Prompts(("{word}", "full of {word}", "it makes me feel {word}", "so {word}", "{word}, I think"))
    assert vocabulary()["boredom"].synonyms == ("bored", "boring")
    assert prompts.sentences("boredom") == [
        *("boredom", "full of bored", "it makes me feel boring", "so boredom", "bored, I think")
    ]


@pytest.mark.parametrize("name", ["bored", "boring", "Boredom"])
def test_all_names_of_an_emotion_read_alike(name: str) -> None:
    assert Prompts().sentences(name) == Prompts().sentences("boredom")


def test_no_two_emotions_share_a_sentence() -> None:
    """So a word that is held out leaves none of its names behind in the prompts of the others."""
    sentences = [sentence for word in vocabulary() for sentence in set(Prompts().sentences(word))]
    assert len(set(sentences)) == len(sentences)


def test_one_sentence_each_takes_the_templates_in_turn() -> None:
    prompts = Prompts(("{word}", "so {word}"))
    assert prompts.one_each(["mist", "fog", "boredom"]) == ["mist", "so fog", "boredom"]


def test_braces_in_a_word_are_only_text() -> None:
    assert Prompts(("feels {word}",)).sentences("{0}{word}") == ["feels {0}{word}"]


def test_a_template_without_its_placeholder_is_refused() -> None:
    with pytest.raises(ValueError, match="placeholder"):
        Prompts(("a painting",))


@pytest.mark.parametrize("word", ["", "   ", "\n\t", "!?", "--"])
def test_an_empty_word_is_refused_with_an_example(word: str) -> None:
    with pytest.raises(WordError, match="serenity"):
        clean_word(word)


def test_ten_thousand_characters_are_refused_without_repeating_them() -> None:
    with pytest.raises(WordError) as error:
        clean_word("sad" * 3333 + "s")
    assert "10000 characters" in str(error.value)
    assert len(str(error.value)) < 200


@given(st.text())
def test_cleaning_refuses_or_gives_a_short_lower_case_word(text: str) -> None:
    try:
        word = clean_word(text)
    except MoodseumError:
        return
    assert 0 < len(word) <= MAX_WORD_LENGTH
    assert word == " ".join(word.split())


def test_the_ensemble_is_the_normalised_mean_over_templates() -> None:
    vectors = unit([[[1, 0], [0, 1]], [[1, 0], [1, 0]]])
    np.testing.assert_allclose(ensemble(vectors), unit([[1, 1], [1, 0]]), rtol=1e-6)
