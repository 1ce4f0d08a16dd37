"""Titles, file names and utterances of the sample gallery."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.words.emotions import ARTEMIS_EMOTIONS, ARTEMIS_NAMED
from indexer.sources.painting_names import is_wikiart_name, parse_name
from trainer.sample.colour import Colour
from trainer.sample.lexicon import FEELINGS
from trainer.sample.painters import PAINTERS
from trainer.sample.scenes import SUBJECTS
from trainer.sample.sketch import sketch
from trainer.sample.titles import ARTISTS, TITLES, YEARS, make_label, slugify, unique
from trainer.sample.utterances import Content, name_colour, utter

CONTENT = Content(("water", "sky"), ("grey", "dark blue"), ("the dim light",), ("the loose dabs",))


def utterances(emotion: str, count: int) -> list[str]:
    rng = np.random.default_rng(0)
    return [utter(emotion, CONTENT, rng) for _ in range(count)]


@pytest.mark.parametrize("emotion", ARTEMIS_EMOTIONS)
def test_an_utterance_is_an_english_sentence(emotion: str) -> None:
    for sentence in utterances(emotion, 300):
        assert re.fullmatch(r"[A-Z][a-zA-Z' ,-]+\.", sentence), sentence
        assert 4 <= len(sentence.split()) <= 40, sentence


def test_thousands_of_utterances_differ() -> None:
    paintings = [sketch(0, number) for number in range(120)]
    spoken = [sentence for painting in paintings for sentence in painting.exhibit()[1]]
    assert len(spoken) > 600
    assert len(set(spoken)) > 0.98 * len(spoken)
    assert len(set(utterances("awe", 4_000))) > 1_000  # of one single picture


@pytest.mark.parametrize("emotion", ARTEMIS_NAMED)
def test_viewers_seldom_repeat_the_emotion_they_chose(emotion: str) -> None:
    named = [sentence for sentence in utterances(emotion, 2_000) if emotion in sentence.lower()]
    assert 0 < len(named) < 0.05 * 2_000


def test_utterances_point_at_what_is_in_the_picture() -> None:
    pointing = [
        sentence
        for sentence in utterances("fear", 500)
        if re.search("water|sky|grey|blue|light|dabs", sentence)
    ]
    assert len(pointing) > 0.85 * 500


def test_no_emotion_borrows_the_words_of_another() -> None:
    for emotion, feeling in FEELINGS.items():
        others = {
            adjective for other in FEELINGS if other != emotion for adjective in FEELINGS[other].adjectives
        }
        assert not others & set(feeling.adjectives)


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        (Colour(0.5, 0.0, 0), "grey"),
        (Colour(0.1, 0.01, 200), "black"),
        (Colour(0.95, 0.01, 200), "white"),
        (Colour(0.85, 0.06, 250), "pale blue"),
        (Colour(0.35, 0.12, 27), "dark red"),
        (Colour(0.5, 0.08, 60), "brown"),
        (Colour(0.5, 0.10, 105), "olive"),
        (Colour(0.6, 0.2, 27), "bright red"),
        (Colour(0.6, 0.04, 150), "dull green"),
        (Colour(0.6, 0.1, 350), "pink"),
    ],
)
def test_colours_have_plain_names(colour: Colour, name: str) -> None:
    assert name_colour(colour) == name


def test_every_style_has_artists_and_years_and_every_subject_titles() -> None:
    assert ARTISTS.keys() == YEARS.keys() == PAINTERS.keys()
    assert TITLES.keys() == {*SUBJECTS, ""}
    assert all(len(set(artists)) >= 5 for artists in ARTISTS.values())


def test_a_label_is_read_back_from_its_file_name() -> None:
    rng = np.random.default_rng(1)
    labels = [make_label("Impressionism", "sea", rng) for _ in range(50)]
    for label in labels:
        assert is_wikiart_name(label.slug)
        name = parse_name(label.slug)
        assert name.artist is not None
        assert slugify(name.artist) == slugify(label.artist)
        assert name.year == label.year
    assert 0.4 < np.mean([label.year is not None for label in labels]) < 0.9


def test_titles_do_not_name_feelings() -> None:
    rng = np.random.default_rng(2)
    feelings = {word for feeling in FEELINGS.values() for word in (*feeling.airs, *feeling.nouns)} | set(
        ARTEMIS_NAMED
    )
    for style in PAINTERS:
        for subject in TITLES:
            assert not feelings & set(slugify(make_label(style, subject, rng).title).split("-"))


@given(st.lists(st.sampled_from(["a", "b", "a-1"]), max_size=12))
def test_namesakes_get_different_names(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        taken.add(unique(name, taken))
    assert len(taken) == len(names)
