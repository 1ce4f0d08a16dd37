from collections import Counter

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.annotations.annotations import Utterance
from trainer.annotations.utterance_sample import UtteranceSample


def sample(rows: range, most: int, at_once: int) -> UtteranceSample:
    """Of one utterance in each of these rows, "7" in row 7, given so many at once."""
    kept = UtteranceSample(most)
    for start in range(0, len(rows), at_once):
        part = np.array(rows[start : start + at_once])
        kept.add(part * 10, part % 3, pd.Series(part.astype(str), index=part))
    return kept


@settings(max_examples=40)
@given(st.integers(1, 100), st.integers(1, 50), st.integers(1, 100))
def test_the_sample_does_not_depend_on_how_many_utterances_come_at_once(
    utterances: int, most: int, at_once: int
) -> None:
    rows = range(2, utterances + 2)
    kept, whole = sample(rows, most, at_once), sample(rows, most, utterances)
    assert kept.utterances() == whole.utterances()
    assert kept.heard == utterances
    assert len(kept.utterances()) == min(utterances, most)


@settings(max_examples=40)
@given(st.integers(1, 200), st.integers(1, 50))
def test_what_stays_is_whole_and_in_the_order_of_the_file(utterances: int, most: int) -> None:
    kept = sample(range(utterances), most, at_once=7).utterances()
    rows = [int(said.text) for said in kept]
    assert rows == sorted(set(rows))
    assert kept == tuple(Utterance(row * 10, row % 3, str(row)) for row in rows)


def test_of_as_many_as_may_stay_all_do() -> None:
    assert len(sample(range(1000), most=1000, at_once=300).utterances()) == 1000


def test_every_part_of_the_file_is_sampled_alike() -> None:
    kept = sample(range(100_000), most=10_000, at_once=4096).utterances()
    tenths = Counter(int(said.text) // 10_000 for said in kept)
    # of 10,000 rows each stays with a chance of 0.1: 1,000 do, give or take four standard deviations of 30
    assert all(880 < tenths[tenth] < 1120 for tenth in range(10))


def test_without_utterances_the_sample_is_empty() -> None:
    assert UtteranceSample().utterances() == ()
