"""One filter of two: what a text says, and what was given beside it."""

from collections.abc import Callable, Sequence

from indexer.store.base import Filter
from search_api.errors import QueryError
from search_api.parsing.names import KnownValues


def join(said: Filter, given: Filter, known: KnownValues) -> Filter:
    """Alternatives within a field add up, so do exclusions, and years must fit both.

    The given values are matched like words of a text.

    Raises:
        QueryError: the index has no such value, or the given years run backwards.
    """
    if given.year_from is not None and given.year_to is not None and given.year_from > given.year_to:
        raise QueryError(f"The years {given.year_from} to {given.year_to} hold none; swap them.")
    resolve = known.names.resolve
    return Filter(
        style=_either(said.style, given.style, lambda value: resolve("style", value)),
        artist=_either(said.artist, given.artist, lambda value: resolve("artist", value)),
        genre=_either(said.genre, given.genre, lambda value: resolve("genre", value)),
        year_from=_of_both(max, said.year_from, given.year_from),
        year_to=_of_both(min, said.year_to, given.year_to),
        without_style=_either(said.without_style, given.without_style, lambda value: resolve("style", value)),
        without_artist=_either(
            said.without_artist, given.without_artist, lambda value: resolve("artist", value)
        ),
        without_genre=_either(said.without_genre, given.without_genre, lambda value: resolve("genre", value)),
        without_ids=(*said.without_ids, *given.without_ids),
    )


def _either(
    said: Sequence[str], given: Sequence[str], resolve: Callable[[str], Sequence[str]]
) -> tuple[str, ...]:
    resolved = [known for value in given for known in resolve(value)]
    return tuple(dict.fromkeys([*said, *resolved]))


def _of_both(stricter: Callable[[int, int], int], said: int | None, given: int | None) -> int | None:
    if said is None or given is None:
        return given if said is None else said
    return stricter(said, given)
