"""Where requests get the searcher: opened when it can be, and not before."""

from collections.abc import Callable
from threading import Lock

from search_api.searcher import Searcher


class Desk:
    """Opens a searcher once; until that succeeds every request tries again, so serving may start first."""

    def __init__(self, open_searcher: Callable[[], Searcher]) -> None:
        self._open = open_searcher
        self._opening = Lock()
        self._searcher: Searcher | None = None

    def searcher(self) -> Searcher:
        """The one searcher; raises what opening it raises."""
        with self._opening:
            if self._searcher is None:
                self._searcher = self._open()
            return self._searcher

    def close(self) -> None:
        """Close what was opened."""
        with self._opening:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None
