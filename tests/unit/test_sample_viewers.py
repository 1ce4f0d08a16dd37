"""The simulated viewers disagree as ArtEmis' do. Votes only, no picture is painted."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from encoders.words.emotions import ARTEMIS_EMOTIONS, ARTEMIS_NAMED, SOMETHING_ELSE
from trainer.sample.moods import Mood, draw_mood
from trainer.sample.viewers import Reception, show

PAINTINGS = 6_000
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Votes:
    """Measures of the disagreement in votes (n, 9), as ArtEmis' are published."""

    counts: Counts

    @property
    def viewers(self) -> Counts:
        return np.asarray(self.counts.sum(axis=1))

    def agreement(self) -> float:
        """Chance that two viewers of one painting answer the same."""
        return agreement(self.counts)

    def kappa(self) -> float:
        return kappa(self.counts)

    def kappa_of_valence(self) -> float:
        """Fleiss' kappa of positive against negative, "something else" left out."""
        return kappa(np.stack([self.counts[:, :4].sum(axis=1), self.counts[:, 4:8].sum(axis=1)], axis=1))

    def matches_majority(self) -> float:
        """Share of viewers who match the strict majority of the painting's others, where these have one."""
        asked = matched = 0
        for emotion in range(len(ARTEMIS_EMOTIONS)):
            others = self.counts.copy()
            others[:, emotion] -= 1
            decided = (self.counts[:, emotion] > 0) & (others.max(axis=1) * 2 > others.sum(axis=1))
            asked += self.counts[decided, emotion].sum()
            matched += self.counts[decided & (others.argmax(axis=1) == emotion), emotion].sum()
        return float(matched / asked)

    def mixed(self) -> float:
        """Share of paintings with positive and negative votes."""
        return float(((self.counts[:, :4] > 0).any(axis=1) & (self.counts[:, 4:8] > 0).any(axis=1)).mean())

    def dominated(self) -> float:
        """Share of paintings with one emotion that has more than half of the votes."""
        return float((self.counts.max(axis=1) * 2 > self.viewers).mean())


def agreement(counts: Counts) -> float:
    counts = counts[counts.sum(axis=1) > 1]
    viewers = counts.sum(axis=1)
    return float(((counts * (counts - 1)).sum(axis=1) / (viewers * (viewers - 1))).mean())


def kappa(counts: Counts) -> float:
    by_chance = float(np.square(counts.sum(axis=0) / counts.sum()).sum())
    return (agreement(counts) - by_chance) / (1 - by_chance)


@pytest.fixture(scope="module")
def receptions() -> list[Reception]:
    chances = (np.random.default_rng([0, number]) for number in range(PAINTINGS))
    return [show(draw_mood(rng), rng) for rng in chances]


@pytest.fixture(scope="module")
def votes(receptions: list[Reception]) -> Votes:
    return Votes(np.array([reception.votes for reception in receptions]))


@pytest.mark.parametrize(
    ("measure", "of_artemis", "tolerance"),
    [
        (Votes.agreement, 0.25, 0.015),
        (Votes.kappa, 0.115, 0.015),
        (Votes.kappa_of_valence, 0.24, 0.02),
        (Votes.matches_majority, 0.42, 0.03),
        (Votes.mixed, 0.61, 0.02),
        (Votes.dominated, 0.38, 0.02),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_viewers_disagree_as_those_of_artemis(
    votes: Votes, measure: Callable[[Votes], float], of_artemis: float, tolerance: float
) -> None:
    assert measure(votes) == pytest.approx(of_artemis, abs=tolerance)


def test_the_measures_are_right_on_a_case_worked_by_hand() -> None:
    counts = np.zeros((2, 9), dtype=np.int64)
    counts[0, [0, 7]] = 4, 1
    counts[1, [0, 6]] = 2, 3
    votes = Votes(counts)
    assert votes.agreement() == pytest.approx((12 / 20 + 8 / 20) / 2)
    assert votes.kappa() == pytest.approx((0.5 - 0.46) / (1 - 0.46))  # chance: .6² + .1² + .3²
    assert votes.kappa_of_valence() == pytest.approx((0.5 - 0.52) / (1 - 0.52))
    assert votes.matches_majority() == pytest.approx(
        4 / 7
    )  # of the second painting, only the two have one to meet
    assert votes.mixed() == 1
    assert votes.dominated() == 1


def test_every_painting_has_five_viewers_or_more_and_about_one_in_a_hundred_a_crowd(votes: Votes) -> None:
    assert votes.viewers.min() == 5
    assert (votes.viewers == 5).mean() > 0.8
    assert (votes.viewers >= 41).mean() == pytest.approx(0.0088, abs=0.004)
    assert votes.viewers.mean() == pytest.approx(454_684 / 80_031, abs=0.25)


def test_the_shares_of_valence_are_those_of_artemis(votes: Votes) -> None:
    shares = votes.counts.sum(axis=0) / votes.counts.sum()
    assert shares[:4].sum() == pytest.approx(0.62, abs=0.02)
    assert shares[4:8].sum() == pytest.approx(0.26, abs=0.02)
    assert shares[8] == pytest.approx(0.117, abs=0.01)
    assert shares.argmax() == ARTEMIS_EMOTIONS.index("contentment")


@pytest.mark.parametrize("emotion", ARTEMIS_NAMED)
def test_a_pure_mood_makes_its_emotion_the_likeliest_answer(emotion: str) -> None:
    rng = np.random.default_rng(3)
    receptions = [show(Mood.pure(emotion), rng) for _ in range(40)]
    chances = np.mean([reception.chances for reception in receptions], axis=0)
    assert ARTEMIS_EMOTIONS[chances.argmax()] == emotion


def test_the_chances_of_the_answers_sum_to_one(receptions: list[Reception]) -> None:
    sums = np.array([reception.chances.sum() for reception in receptions])
    assert np.allclose(sums, 1)


def test_answers_and_votes_tell_the_same(receptions: list[Reception]) -> None:
    for reception in receptions[:50]:
        assert [reception.emotions.count(emotion) for emotion in ARTEMIS_EMOTIONS] == reception.votes.tolist()
    assert any(SOMETHING_ELSE in reception.emotions for reception in receptions[:50])


def test_the_weights_of_a_mood_sum_to_one_and_sharpening_keeps_its_leader() -> None:
    rng = np.random.default_rng(0)
    for mood in (draw_mood(rng) for _ in range(200)):
        assert sum(mood.weights) == pytest.approx(1)
        assert ARTEMIS_NAMED[mood.sharpened.argmax()] == mood.leading
        assert mood.sharpened.max() >= max(mood.weights)
