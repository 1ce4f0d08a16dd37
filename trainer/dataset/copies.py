"""Which pictures show one work, so that they stay together wherever paintings are divided."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from encoders.images import IMAGE_SUFFIXES
from encoders.vectors import Vectors
from indexer.making.duplicates import near_duplicates
from indexer.sources.painting_names import is_wikiart_name

MOST_NAMES = 4
"""That one work goes by in a collection."""


def work_name(key: str) -> str:
    """What copies of a work share by name: a WikiArt name, whatever its folder, else the whole key."""
    path = PurePosixPath(key)
    stem = path.stem if path.suffix.lower() in IMAGE_SUFFIXES else path.name
    return stem if is_wikiart_name(stem) else key


def name_works(keys: Sequence[str], looks: Vectors) -> list[str]:
    """The work that each painting shows: pictures of one name, or of all but the same look, show one.

    `looks` (n, look_size) are as from one backbone. Of several names a work takes the first by the alphabet.
    Where more than `MOST_NAMES` names look alike they are no copies, but plain pictures that the backbone
    cannot tell apart, and only names count.
    """
    names = [work_name(key) for key in keys]
    known_as = {name: name for name in names}
    for row, other in near_duplicates(looks):
        one, two = sorted((_settled(known_as, names[row]), _settled(known_as, names[other])))
        known_as[two] = one
    works = {name: _settled(known_as, name) for name in known_as}
    size = Counter(works.values())
    return [works[name] if size[works[name]] <= MOST_NAMES else name for name in names]


def _settled(known_as: dict[str, str], name: str) -> str:
    while known_as[name] != name:
        name = known_as[name]
    return name
