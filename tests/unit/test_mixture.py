import numpy as np
import pytest
from PIL import Image

from encoders.errors import WordError
from encoders.fake import FakeEncoder
from encoders.words.emotions import ARTEMIS_NAMED, families, vocabulary
from indexer.viewers import Voices
from search_api.answer import EmotionScore
from search_api.errors import QueryError
from search_api.relating.anchors import Anchor
from search_api.relating.lexis import Lexis
from search_api.relating.mixture import balance, denied_valence, families_of, mixture, shares_of_eight
from search_api.relating.spread import spread_of

ENCODER = FakeEncoder()
LEXIS = Lexis.read(ENCODER)
NAVY = Anchor.of_image(ENCODER, Image.new("RGB", (8, 8), "navy"), "navy.png")


def score(emotion: str, coherence: float, seen: bool = True) -> EmotionScore:
    return EmotionScore(emotion, coherence, 50.0, 0.0, seen)


def test_a_lexis_is_the_vocabulary_unless_other_words_are_asked_for() -> None:
    assert [reading.word for reading in LEXIS.readings] == list(vocabulary())
    some = Lexis.read(ENCODER, ["Awe", "the calm after a storm", "awe "])
    assert [reading.word for reading in some.readings] == ["awe", "the calm after a storm"]
    with pytest.raises(WordError):
        Lexis.read(ENCODER, [" "])


@pytest.mark.parametrize("words", [[], ["awe"] * 101])
def test_no_word_and_too_many_are_refused(words: list[str]) -> None:
    with pytest.raises(QueryError, match="give 1 to 100, or none for the vocabulary"):
        Lexis.read(ENCODER, words)


def test_many_feelings_are_scored_as_each_alone() -> None:
    feelings = np.stack([NAVY.feeling, -NAVY.feeling])
    alone = [[score.coherence for score in LEXIS.scores(feeling)] for feeling in feelings]
    assert LEXIS.coherences(feelings) == pytest.approx(np.array(alone), abs=1e-6)


def test_a_mixture_scores_every_word_once_and_says_of_what() -> None:
    mixed = mixture(LEXIS, NAVY)
    assert mixed.name == "navy.png"
    assert {one.emotion for one in mixed.scores} == set(vocabulary())


def test_words_that_somebody_asks_for_are_ranked_as_asked() -> None:
    some = Lexis.read(ENCODER, [*list(vocabulary())[:99], "the calm after a storm"])
    coherences = [one.coherence for one in mixture(some, NAVY).scores]
    percentiles = [one.percentile for one in mixture(some, NAVY, "percentile").scores]
    assert coherences == sorted(coherences, reverse=True)
    assert percentiles == sorted(percentiles, reverse=True)


def test_of_the_vocabulary_unseen_words_of_the_valence_that_is_denied_come_last() -> None:
    mixed = mixture(LEXIS, NAVY)
    denied = denied_valence(mixed.scores)
    behind = [not one.seen and vocabulary()[one.emotion].valence == denied for one in mixed.scores]
    assert behind == sorted(behind)
    assert 100 < sum(behind) < 400
    for part in (True, False):
        coherences = [one.coherence for one, last in zip(mixed.scores, behind, strict=True) if last == part]
        assert coherences == sorted(coherences, reverse=True)


def test_the_valence_with_the_lower_mean_percentile_is_denied() -> None:
    def read(emotion: str, percentile: float) -> EmotionScore:
        return EmotionScore(emotion, 0.5, percentile, 0.0, True)

    scores = [read("joy", 90), read("calm", 20), read("fear", 50), read("surprise", 99)]
    assert denied_valence(scores) == "negative"  # 50 against 55
    assert denied_valence([*scores, read("grief", 70)]) == "positive"
    assert denied_valence([*scores, read("grief", 60)]) is None
    assert denied_valence(scores[:2]) is None


def test_families_hold_every_word_once_and_stand_by_their_strongest() -> None:
    mixed = mixture(LEXIS, NAVY)
    assert {family.name for family in mixed.families} == set(families())
    assert sum(len(family.scores) for family in mixed.families) == len(vocabulary())
    assert mixed.families[0].strongest == mixed.scores[0]
    places = [mixed.scores.index(family.strongest) for family in mixed.families]
    assert places == sorted(places)


def test_an_unknown_word_is_its_own_family_without_valence() -> None:
    [sad, storm] = families_of([score("grief", 0.2), score("calm after a storm", 0.1)])
    assert (sad.name, sad.valence) == ("sadness", "negative")
    assert (storm.name, storm.valence) == ("calm after a storm", "neither")


def test_the_balance_weighs_mean_chances_not_numbers_of_words() -> None:
    scores = [score("joy", 0.2), score("awe", 0.4), score("fear", 0.1), score("surprise", 0.9)]
    assert balance(scores) == pytest.approx((0.3 - 0.1) / (0.3 + 0.1))
    assert balance(scores[:2]) is None


def test_the_eight_are_shares_of_their_sum_in_artemis_order() -> None:
    chances = dict(zip(ARTEMIS_NAMED, [0.1, 0.2, 0.05, 0.05, 0.02, 0.03, 0.03, 0.02], strict=True))
    shares = shares_of_eight([score(word, chance) for word, chance in reversed(chances.items())])
    assert [one.emotion for one in shares] == list(ARTEMIS_NAMED)
    assert [one.share for one in shares] == pytest.approx([0.2, 0.4, 0.1, 0.1, 0.04, 0.06, 0.06, 0.04])


def test_there_are_no_shares_unless_all_eight_were_asked_for_and_learned() -> None:
    scores = [score(word, 0.1) for word in ARTEMIS_NAMED]
    assert shares_of_eight(scores[:7]) == ()
    assert shares_of_eight([*scores[:7], score("sadness", 0.1, seen=False)]) == ()


def test_a_mixture_shows_what_viewers_said_where_that_is_known() -> None:
    said = spread_of(Voices({"awe": 5}))
    assert mixture(LEXIS, NAVY, viewers=said).viewers == said
    assert mixture(LEXIS, NAVY).viewers is None
