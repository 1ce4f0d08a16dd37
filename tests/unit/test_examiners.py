from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from encoders.fake import FakeEncoder
from encoders.vectors import unit
from indexer.checking.examiners import CANARIES, HITS, FacetExaminer, RecallExaminer
from indexer.painting import Painting
from indexer.store.base import Point
from tests.placed import hung, placed

ENCODER = FakeEncoder()


def points_near(word: str, count: int) -> list[Point]:
    """The nearest is the first."""
    vector = ENCODER.read(word).vector
    away = unit([*(vector[1:]), vector[0]])
    feelings = unit([vector + 0.1 * n * away for n in range(count)])
    return [
        Point(Painting(f"{word} {n}", Path("x"), ""), unit([1.0] * 8), feeling, "")
        for n, feeling in enumerate(feelings)
    ]


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_store_that_finds_everything_recalls_everything(count: int, batch: int) -> None:
    points = points_near("fear", count)
    examiner = RecallExaminer(ENCODER)
    for start in range(0, count, batch):
        examiner.see(points[start : start + batch])
    check = examiner.conclude(hung(*points))
    assert (check.passed, check.found) == (True, f"recall@{HITS} 1.000 of {len(CANARIES)} words")


def test_one_true_neighbour_that_no_word_finds_is_too_many() -> None:
    points = points_near("fear", HITS)  # all of them are among the nearest of every word
    examiner = RecallExaminer(ENCODER)
    examiner.see(points)
    check = examiner.conclude(hung(*points[1:]))
    assert (check.passed, check.found) == (False, f"recall@{HITS} 0.917 of {len(CANARIES)} words")


def test_of_paintings_that_are_equally_near_any_may_be_found() -> None:
    (point,) = points_near("fear", 1)
    twins = [replace(point, painting=replace(point.painting, key=str(n))) for n in range(2 * HITS)]
    examiner = RecallExaminer(ENCODER)
    examiner.see(twins)
    assert examiner.conclude(hung(*twins[HITS:])).passed


def test_a_style_that_the_store_counts_too_often_is_told() -> None:
    cubist, nameless = placed("A", style="Cubism"), placed("B")
    examiner = FacetExaminer()
    examiner.see([cubist])
    examiner.see([nameless])
    sound, unsound = examiner.conclude(hung(cubist, nameless)), examiner.conclude(hung(nameless))
    assert (sound.passed, sound.found) == (True, "style and artist and genre counted rightly")
    assert (unsound.passed, unsound.found) == (False, "style counted wrongly")
