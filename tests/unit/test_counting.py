from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trainer.annotations.counting import Numbering, Sums

batches = st.lists(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), min_size=1), max_size=8)


@given(st.lists(st.lists(st.text())))
def test_things_are_numbered_in_the_order_in_which_they_come(groups: list[list[str]]) -> None:
    numbering = Numbering[str]()
    numbers = [numbering.number(group).tolist() for group in groups]
    things = numbering.things()
    assert things == tuple(dict.fromkeys(thing for group in groups for thing in group))
    assert [[things[number] for number in group] for group in numbers] == groups
    assert len(numbering) == len(things)


@given(batches)
def test_sums_hold_what_was_added_and_nothing_else(groups: list[list[tuple[int, int]]]) -> None:
    sums, expected = Sums(2), Counter[tuple[int, int]]()
    for group in groups:
        first, second = np.array(group).T
        sums.add(first, second, counts=first + 1)
        for place in group:
            expected[place] += place[0] + 1
    found = sums.within(50, 13)
    assert {place: found[place] for place in np.ndindex(found.shape) if found[place]} == expected
    assert sums.totals(50).tolist() == found.sum(axis=1).tolist()


def test_rows_of_counts_are_added_at_all_places_of_a_row() -> None:
    sums = Sums(2)
    sums.add(np.array([[1], [0], [1]]), np.arange(2), counts=np.array([[1, 2], [3, 4], [5, 6]]))
    assert sums.within(2, 2).tolist() == [[3, 4], [6, 8]]
