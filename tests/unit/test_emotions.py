import subprocess
import sys
from typing import get_args

import pytest
from hypothesis import strategies as st

from encoders.words.emotions import (
    ARTEMIS_EMOTIONS,
    ARTEMIS_NAMED,
    ARTEMIS_NEGATIVE,
    ARTEMIS_POSITIVE,
    Emotion,
    Valence,
    families,
    find,
    vocabulary,
)
from encoders.words.prompts import clean_word

SOURCES = {
    "Ekman 1992": "anger disgust fear happiness sadness surprise",
    "Plutchik 1980": """
        serenity joy ecstasy acceptance trust admiration apprehension fear terror distraction surprise
        amazement pensiveness sadness grief boredom disgust loathing annoyance anger rage interest
        anticipation vigilance
        love submission awe disapproval remorse contempt aggressiveness optimism
        guilt curiosity despair unbelief envy cynicism pride hope fatalism
        delight sentimentality shame outrage pessimism morbidness dominance anxiety
    """,
    "Mikels et al. 2005": "amusement anger awe contentment disgust excitement fear sadness",
    "Parrott 2001": """
        love affection adoration fondness liking attraction caring tenderness compassion sentimentality
        lust arousal desire passion infatuation longing
        joy cheerfulness amusement bliss gaiety glee jolliness joviality delight enjoyment gladness
        happiness jubilation elation satisfaction ecstasy euphoria zest enthusiasm zeal excitement thrill
        exhilaration contentment pleasure pride triumph optimism eagerness hope enthrallment rapture relief
        surprise amazement astonishment
        anger irritation aggravation agitation annoyance grouchiness grumpiness exasperation frustration
        rage outrage fury wrath hostility ferocity bitterness hate loathing scorn spite vengefulness dislike
        resentment disgust revulsion contempt envy jealousy torment
        sadness suffering agony hurt anguish depression despair hopelessness gloom glumness unhappiness
        grief sorrow woe misery melancholy disappointment dismay displeasure shame guilt regret remorse
        neglect alienation isolation loneliness rejection homesickness defeat dejection insecurity
        embarrassment humiliation insult sympathy pity
        fear horror alarm shock fright terror panic hysteria mortification
        nervousness anxiety tenseness uneasiness apprehension worry distress dread
    """,
    "GoEmotions": """
        admiration amusement anger annoyance approval caring confusion curiosity desire disappointment
        disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness optimism
        pride realization relief remorse sadness surprise
    """,
    "ArtEmis": "amusement awe contentment excitement anger disgust fear sadness",
    "WikiArt-Emotions": """
        agreeableness anger anticipation arrogance disagreeableness disgust fear gratitude happiness
        humility love optimism pessimism regret sadness shame shyness surprise trust
    """,
}
ENTRIES = list(vocabulary().values())
emotions = st.sampled_from(ENTRIES)


def emotion(text: str) -> Emotion:
    found = find(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_is_credited_with_just_the_words_of_its_table(source: str) -> None:
    words = SOURCES[source].split()
    assert sorted(entry.word for entry in ENTRIES if source in entry.sources) == sorted(words)


def test_every_word_comes_from_a_source_or_is_curated() -> None:
    assert all(set(entry.sources) <= {*SOURCES, "curated"} for entry in ENTRIES)
    assert all(
        entry.sources and ("curated" not in entry.sources or len(entry.sources) == 1) for entry in ENTRIES
    )


def test_the_nine_answers_stand_in_the_order_of_artemis() -> None:
    answers = "amusement, awe, contentment, excitement, anger, disgust, fear, sadness, something else"
    assert ", ".join(ARTEMIS_EMOTIONS) == answers


def test_the_named_answers_are_valued_as_artemis_values_them() -> None:
    valued = {word: vocabulary()[word].valence for word in ARTEMIS_NAMED}
    assert valued == dict.fromkeys(ARTEMIS_POSITIVE, "positive") | dict.fromkeys(ARTEMIS_NEGATIVE, "negative")


def test_answers_that_name_no_emotion_are_left_out() -> None:
    assert find("something else") is None
    assert find("neutral") is None


def test_there_are_several_hundred_words() -> None:
    assert 400 <= len(vocabulary()) <= 600
    assert list(vocabulary()) == [entry.word for entry in ENTRIES]


def test_no_text_stands_for_two_emotions() -> None:
    texts = [text for entry in ENTRIES for text in (entry.word, *entry.synonyms)]
    assert sorted(set(texts)) == sorted(texts)


def test_every_text_is_a_clean_word_and_finds_its_emotion() -> None:
    for entry in ENTRIES:
        for text in (entry.word, *entry.synonyms):
            assert clean_word(text) == text
            assert find(text) is entry


def test_words_are_found_in_any_case_and_spacing() -> None:
    assert emotion("  The\tSUBLIME ").word == "sublimity"
    assert emotion("Tranquility").word == "tranquillity"
    assert find("") is None
    assert find("purple") is None


@pytest.mark.parametrize(
    ("adjective", "noun"),
    [("sad", "sadness"), ("melancholic", "melancholy"), ("eerie", "eeriness"), ("serene", "serenity")],
)
def test_an_adjective_names_the_emotion_of_its_noun(adjective: str, noun: str) -> None:
    assert emotion(adjective).word == noun


def test_every_family_begins_with_the_word_that_names_it() -> None:
    assert all(kin[0].word == name == kin[0].family for name, kin in families().items())
    assert sorted(entry.word for kin in families().values() for entry in kin) == sorted(vocabulary())


def test_valences_are_set_only_where_they_are_clear() -> None:
    assert {entry.valence for entry in ENTRIES} == set(get_args(Valence))
    for word in ("surprise", "pensiveness", "anticipation", "nostalgia", "solitude"):
        assert vocabulary()[word].valence == "neither"


def test_an_emotion_may_differ_in_valence_from_its_family() -> None:
    assert (emotion("arrogance").family, emotion("arrogance").valence) == ("pride", "negative")
    assert (emotion("triumph").family, emotion("triumph").valence) == ("pride", "positive")


def test_opposites_name_each_other_once_and_are_of_opposite_valence() -> None:
    for entry in ENTRIES:
        assert len(set(entry.opposites)) == len(entry.opposites)
        for opposite in (vocabulary()[word] for word in entry.opposites):
            assert entry.word in opposite.opposites
            assert "neither" in (entry.valence, opposite.valence) or entry.valence != opposite.valence


def test_the_vocabulary_loads_without_heavy_libraries() -> None:
    program = (
        "import sys; from encoders.words.emotions import vocabulary; vocabulary(); "
        "print(sorted({'numpy', 'pandas', 'torch', 'sentence_transformers'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
