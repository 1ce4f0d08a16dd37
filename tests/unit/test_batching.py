import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from encoders.vectors import Vectors
from encoders.words.batching import Batcher

PATIENCE = 10.0


class Slow:
    """Encodes a word as its length, and the first batch only once it may."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.go = Event(), Event()

    def __call__(self, words: Sequence[str]) -> Vectors:
        self.batches.append(list(words))
        self.begun.set()
        assert self.go.wait(PATIENCE)
        return np.array([[len(word)] for word in words], np.float32)


def test_words_that_come_while_another_is_encoded_are_encoded_together() -> None:
    slow = Slow()
    batcher = Batcher(slow)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(batcher, "awe")
        assert slow.begun.wait(PATIENCE)
        others = [pool.submit(batcher, word) for word in ("fear", "anger", "fear", "sadness")]
        until = time.monotonic() + PATIENCE
        while len(batcher._waiting) < 3 and time.monotonic() < until:
            time.sleep(0.001)
        slow.go.set()
        assert first.result() == [3]
        assert [other.result() for other in others] == [[4], [5], [4], [7]]
    assert slow.batches[0] == ["awe"]
    assert sorted(slow.batches[1]) == ["anger", "fear", "sadness"]
    assert len(slow.batches) == 2


def test_a_word_that_comes_alone_does_not_wait() -> None:
    slow = Slow()
    slow.go.set()
    batcher = Batcher(slow)
    assert [batcher(word)[0] for word in ("awe", "fear", "awe")] == [3, 4, 3]
    assert slow.batches == [["awe"], ["fear"], ["awe"]]


def test_a_failure_reaches_everyone_who_waited_and_nobody_after() -> None:
    failing = True

    def encode(words: Sequence[str]) -> Vectors:
        if failing:
            raise RuntimeError("no memory")
        return np.ones((len(words), 1), np.float32)

    batcher = Batcher(encode)
    with pytest.raises(RuntimeError, match="no memory"):
        batcher("awe")
    failing = False
    assert batcher("awe") == [1]


def test_many_threads_get_their_own_words() -> None:
    batcher = Batcher(lambda words: np.array([[len(word)] for word in words], np.float32))
    words = ["a" * (1 + n % 40) for n in range(2000)]
    with ThreadPoolExecutor(16) as pool:
        assert [vector[0] for vector in pool.map(batcher, words)] == [len(word) for word in words]
