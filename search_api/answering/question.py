"""All that a search may be asked, checked as a whole."""

import math
from dataclasses import dataclass, fields

from encoders.identity import digest
from indexer.store.base import EVERYTHING, Filter
from search_api.errors import QueryError
from search_api.limits import TOP_K, check_top_k


@dataclass(frozen=True, slots=True)
class Question:
    """A text and what is wanted beside it.

    Args:
        where: filters that join those of the text.
        top_k: hits of a page, 1 to `limits.MOST_HITS`.
        fold: of paintings that look all but the same only the best answers.
        min_coherence: in [0, 1]; what is below does not answer.
        per_artist: so many works of one artist at most; None is no limit.
        diversity: in [0, 1]; how much hits are to differ in look, at the cost of coherence.
        facets: whether to count styles, artists and genres, too.
        cursor: where the page before ended, as its answer says.

    Raises:
        QueryError: a number is out of range.
    """

    text: str
    where: Filter = EVERYTHING
    top_k: int = TOP_K
    fold: bool = False
    min_coherence: float = 0.0
    per_artist: int | None = None
    diversity: float = 0.0
    facets: bool = False
    cursor: str | None = None

    def __post_init__(self) -> None:
        check_top_k(self.top_k)
        if self.per_artist is not None and self.per_artist < 1:
            raise QueryError(f"{self.per_artist} works per artist were asked for; ask for 1 or more.")
        _check_share("minimum coherence", self.min_coherence)
        _check_share("diversity", self.diversity)

    @property
    def identity(self) -> str:
        """Of all that decides on the order of the hits and where pages end."""
        where = [getattr(self.where, field.name) for field in fields(self.where)]
        wanted = (self.fold, self.min_coherence, self.per_artist, self.diversity)
        return digest("question 1", self.text, where, self.top_k, wanted)


def _check_share(name: str, value: float) -> None:
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise QueryError(f"The {name} {value} is out of range; give 0 to 1.")
