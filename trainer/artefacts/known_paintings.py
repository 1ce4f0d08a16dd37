"""Which paintings a model learned from and which were held out: a list kept in its folder."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.dataset.copies import work_name
from trainer.dataset.split import Split

FILE = "paintings.csv"
HEADER = ("painting", "side")
TRAIN = "train"
HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class KnownPaintings:
    """The names of a training run's paintings; files of one name in several style folders show one work."""

    train: frozenset[str]
    """Learned from."""
    held_out: frozenset[str]
    """Used to choose the best epoch and to calibrate, not to learn from."""


def write_known(folder: Path, keys: Sequence[str], split: Split) -> None:
    """Write every painting's key and side, in the order of the keys."""
    held_out = set(split.held_out.tolist())
    with (folder / FILE).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows((key, HELD_OUT if row in held_out else TRAIN) for row, key in enumerate(keys))


def read_known(folder: Path) -> tuple[list[str], KnownPaintings]:
    """The keys in their order, and who is on which side.

    Raises:
        OSError, ValueError: the list is missing or is none.
    """
    with (folder / FILE).open(newline="", encoding="utf-8") as stream:
        header, *rows = csv.reader(stream)
    if tuple(header) != HEADER or not all(len(row) == 2 and row[1] in (TRAIN, HELD_OUT) for row in rows):
        raise ValueError(f"{FILE} is no list of paintings and sides")
    train, held_out = (
        frozenset(work_name(key) for key, its in rows if its == side) for side in (TRAIN, HELD_OUT)
    )
    return [key for key, _ in rows], KnownPaintings(train, held_out)
