"""What every source of paintings promises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from indexer.painting import Painting

Kind = Literal["wikiart", "folder", "table", "shards", "parquet"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a source that was not as it should be, and what was done about it."""

    place: str
    text: str


Complain = Callable[[str], None]
"""Is told in half a sentence what is wrong with the file that is read."""


class Source(Protocol):
    """A collection of paintings with unique keys, read anew each time it is iterated, in a stable order."""

    @property
    def name(self) -> str:
        """The absolute path of the folder, table or shard."""

    @property
    def kind(self) -> Kind: ...

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What there is to say of it; of files that hold pictures, once they have been read to the end."""

    def __iter__(self) -> Iterator[Painting]: ...
