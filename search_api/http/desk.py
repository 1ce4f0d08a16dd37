"""Where requests borrow the searcher of the release that is being served."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from search_api.answer import ReleaseName
from search_api.searcher import Searcher


@dataclass(slots=True)
class _Lent:
    """A searcher, and how many have it now."""

    searcher: Searcher
    borrowers: int = 0


class Desk:
    """Lends one searcher to all; `refresh` replaces it when another build is served.

    The first is opened when it can be, and not before: until that succeeds every request tries again, so
    serving may start first. A new one is opened before it takes the place of the old one, which is closed
    when the last that borrowed it has given it back.

    Args:
        open_searcher: opens a searcher of the release that is served now.
        served_build: the name of the build that is served now, None where nothing is; must be cheap.
    """

    def __init__(
        self, open_searcher: Callable[[], Searcher], served_build: Callable[[], str | None] = lambda: None
    ) -> None:
        self._open = open_searcher
        self._served_build = served_build
        self._opening = Lock()  # held while a searcher is opened, which takes seconds
        self._counting = Lock()  # never held for long
        self._present: _Lent | None = None

    @property
    def ready(self) -> bool:
        """Whether a searcher can be borrowed without waiting for one to be opened."""
        return self._present is not None

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """Borrow the searcher for one request; raises what opening it raises."""
        lent = self._borrow()
        try:
            yield lent.searcher
        finally:
            self._give_back(lent)

    def open(self) -> None:
        """Open the first searcher before anybody asks for it; raises what opening it raises."""
        with self.searcher():
            pass

    def refresh(self) -> ReleaseName | None:
        """Take up the release that is served now and return its name; None if it is the one before.

        Raises what opening it raises; then the one before stays.
        """
        with self._opening:
            name = self._served_build()
            if self._present is None or name in (None, self._present.searcher.release.build):
                return None
            new = self._open()
            self._replace(_Lent(new))
            return new.release

    def close(self) -> None:
        """Close what was opened, at once if nobody has it."""
        with self._opening:
            self._replace(None)

    def _borrow(self) -> _Lent:
        while True:
            with self._counting:
                if self._present is not None:
                    self._present.borrowers += 1
                    return self._present
            with self._opening:
                if self._present is None:
                    self._replace(_Lent(self._open()))

    def _give_back(self, lent: _Lent) -> None:
        with self._counting:
            lent.borrowers -= 1
        self._close_if_done(lent)

    def _replace(self, new: _Lent | None) -> None:
        with self._counting:
            old, self._present = self._present, new
        if old is not None:
            self._close_if_done(old)

    def _close_if_done(self, lent: _Lent) -> None:
        with self._counting:
            done = lent is not self._present and not lent.borrowers
        if done:
            lent.searcher.close()
