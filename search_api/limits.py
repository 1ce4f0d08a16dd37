"""How much may be asked for at once."""

from search_api.errors import QueryError

TOP_K = 12
"""Hits of a search that does not say how many."""
ROWS = 12
"""Words or values that a table shows where nobody says how many."""
MOST_HITS = 1000
MOST_WORDS = 100
MOST_SEARCHES = 100
EARLIEST, LATEST = -9999, 9999
"""Years of a filter."""
CONTRAST_POOL = 100
"""Among how many of the nearest by look contrasts are looked for, unless it is said."""


def check_top_k(top_k: int) -> None:
    """Raise QueryError unless so many hits may be asked for."""
    if not 1 <= top_k <= MOST_HITS:
        raise QueryError(f"{top_k} hits were asked for; ask for 1 to {MOST_HITS}.")
