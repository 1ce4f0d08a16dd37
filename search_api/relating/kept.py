"""Results of slow work that are asked for again soon."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")

LOCKS = 16
"""What is worked on at the same time goes by so many locks: two different things seldom share one."""


class Kept(Generic[Result]):
    """The latest `most` results. Who asks for what is being worked on waits for that."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[Hashable, Result] = OrderedDict()
        self._looking = Lock()  # never held for long
        self._working = tuple(Lock() for _ in range(LOCKS))

    def get(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """What was kept under the key, or what the work gives; raises what that raises, and keeps nothing."""
        with self._working[hash(key) % LOCKS]:
            with self._looking:
                if key in self._results:
                    self._results.move_to_end(key)
                    return self._results[key]
            result = work()
            with self._looking:
                self._results[key] = result
                if len(self._results) > self._most:
                    self._results.popitem(last=False)
            return result
