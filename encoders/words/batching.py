"""Encoding words that several threads ask for at the same time in one batch."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock

from encoders.vectors import Vector, Vectors


class Batcher:
    """Encodes one word at a time for each caller, and together all that wait while others are encoded.

    Only one thread encodes at a time, so `encode` needs not be safe to run twice at once. Nobody waits for
    company: a word that comes alone is encoded alone, at once.

    Args:
        encode: words, n of them -> their vectors (n, d').
    """

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._encoding = Lock()
        self._queueing = Lock()
        self._waiting: dict[str, Future[Vector]] = {}

    def __call__(self, word: str) -> Vector:
        """The word's vector (d',); raises what encoding raises."""
        with self._queueing:
            future = self._waiting.setdefault(word, Future())
        with self._encoding:
            if not future.done():
                self._encode_waiting()
        return future.result()

    def _encode_waiting(self) -> None:
        with self._queueing:
            waiting, self._waiting = self._waiting, {}
        try:
            vectors = self._encode(list(waiting))
        except BaseException as error:
            for future in waiting.values():
                future.set_exception(error)
        else:
            for future, vector in zip(waiting.values(), vectors, strict=True):
                future.set_result(vector)
