from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.streaming import ahead, in_batches


@given(st.lists(st.integers(0, 99)), st.integers(0, 5))
def test_jobs_done_ahead_come_in_the_order_of_their_items(items: list[int], early: int) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert list(ahead(pool, lambda item: item * 2, items, early)) == [item * 2 for item in items]


def test_a_job_that_fails_ends_all_after_what_came_before_it() -> None:
    done: list[float] = []
    with ThreadPoolExecutor(1) as pool, pytest.raises(ZeroDivisionError):
        done.extend(ahead(pool, lambda item: 1 / item, [1, 2, 0, 4], 1))
    assert done == [1, 0.5]


@given(st.lists(st.integers(0, 9)), st.integers(1, 5), st.integers(1, 20))
def test_batches_keep_all_in_order_and_bound_number_and_weight(
    items: list[int], size: int, most: int
) -> None:
    batches = list(in_batches(items, size, lambda item: item, most))
    assert [item for batch in batches for item in batch] == items
    for batch in batches:
        assert 1 <= len(batch) <= size
        assert sum(batch[:-1]) < most
    for batch in batches[:-1]:
        assert len(batch) == size or sum(batch) >= most
