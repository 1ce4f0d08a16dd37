"""Threads that compute on one core each."""

import os
import threading
import time

import pytest
import torch

from encoders.seeing.workers import cores, one_core_each


def test_as_many_cores_as_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert cores() == 3


@pytest.mark.parametrize("said", ["", "0", "4,2"])
def test_all_cores_where_it_says_nothing(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", said)
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_a_worker_computes_alone_and_afterwards_all_is_as_before() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with one_core_each(2) as pool:
            assert pool.submit(torch.get_num_threads).result() == 1
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_what_was_not_begun_is_dropped() -> None:
    begun, go = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        go.wait(10)

    with one_core_each(1) as pool:
        pool.submit(wait)
        waiting = pool.submit(time.sleep, 100)
        waiting.add_done_callback(lambda _: go.set())
        begun.wait(10)
    assert waiting.cancelled()
