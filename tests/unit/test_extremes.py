import numpy as np

from trainer.metrics.extremes import Extreme, extremes

COHERENCES = np.array([0.1, 0.6, 0.5, 0.2, 0.3, 0.2])
VOTES = np.array([0, 3, 0, 4, 1, 2])
VIEWERS = np.array([5, 5, 5, 5, 1, 10])


def test_the_surest_have_the_highest_coherence_whatever_was_named() -> None:
    found = extremes(COHERENCES, VOTES, VIEWERS, most=2)
    assert found.surest == (Extreme(1, 0.6, 3, 5), Extreme(2, 0.5, 0, 5))


def test_imagined_is_what_nobody_named() -> None:
    assert [one.row for one in extremes(COHERENCES, VOTES, VIEWERS).imagined] == [2, 0]


def test_missed_is_what_more_viewers_named_than_was_expected() -> None:
    # gaps: 0.8 - 0.2; the second and the last were not missed, of the fifth there is one viewer only
    assert [one.row for one in extremes(COHERENCES, VOTES, VIEWERS).missed] == [3]


def test_of_equals_the_first_comes_first() -> None:
    found = extremes(np.full(4, 0.5), np.zeros(4, np.int64), np.full(4, 5), most=3)
    assert [one.row for one in found.surest] == [one.row for one in found.imagined] == [0, 1, 2]
    assert found.missed == ()
