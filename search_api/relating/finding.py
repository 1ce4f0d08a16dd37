"""Finding the painting that somebody names, who will not type a whole id."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.painting import Painting, id_of
from indexer.store.base import Point, Store
from search_api.errors import PaintingNotFoundError, quoted

NO_ID = "00000000-0000-0000-0000-000000000000"
SHORT = 8
SHORTEST = 4


def short_id(painting: Painting) -> str:
    """The beginning of a painting's id, as tables show it."""
    return painting.id[:SHORT]


def find_points(store: Store, ids: Sequence[str]) -> tuple[Point, ...]:
    """The points of the paintings with these ids, in their order.

    Raises:
        PaintingNotFoundError: the index lacks one of them.
    """
    points = {point.painting.id: point for point in store.get(ids)}
    for id_ in ids:
        if id_ not in points:
            raise PaintingNotFoundError(f"The index has no painting {quoted(id_)}; take an id from a search.")
    return tuple(points[id_] for id_ in ids)


def find_painting(store: Store, name: str) -> Painting:
    """The painting that a name means.

    That is its id, or so many letters of it, four at least, as no other id begins with; its key, such as
    "Impressionism/claude-monet_haystacks"; or the file that it was indexed from.

    Raises:
        PaintingNotFoundError: the index has none, or several.
    """
    found = [*_named(store, name), *_filed(store, Path(name)), *_begun(store, name)]
    if not found:
        raise PaintingNotFoundError(
            f"The index has no painting {quoted(name)}; take an id from a search, or give the indexed file."
        )
    return found[0]


def find_file(store: Store, path: Path) -> Painting | None:
    """The painting that was indexed from a file, if there is one."""
    return next(_filed(store, path), None)


def _named(store: Store, name: str) -> Iterator[Painting]:
    for point in store.get([name, id_of(name)]):
        yield point.painting


def _filed(store: Store, path: Path) -> Iterator[Painting]:
    """By its key, which for folders is the end of the path, with or without the suffix."""
    if not path.is_file():
        return
    whole = path.resolve()
    ends = [Path(*whole.parts[start:]) for start in range(1, len(whole.parts))]
    keys = [key.as_posix() for end in ends for key in (end, end.with_suffix(""))]
    for point in store.get([id_of(key) for key in keys]):
        if point.painting.path.resolve() == whole:
            yield point.painting


def _begun(store: Store, beginning: str) -> Iterator[Painting]:
    """The one whose id begins so; raises PaintingNotFoundError where there are several."""
    beginning = beginning.lower()
    start = beginning + NO_ID[len(beginning) :]
    if len(beginning) < SHORTEST or re.sub("[1-9a-f]", "0", start) != NO_ID:
        return
    points = next(store.scan(2, start), [])
    fitting = [point.painting for point in points if point.painting.id.startswith(beginning)]
    if len(fitting) > 1:
        ids = " and ".join(painting.id for painting in fitting)
        raise PaintingNotFoundError(f"Several ids begin with {quoted(beginning)}, as {ids}; give more of it.")
    yield from fitting
