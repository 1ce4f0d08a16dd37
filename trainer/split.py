"""Which paintings are learned from and which are kept to choose and calibrate by."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt

from encoders.images import IMAGE_SUFFIXES
from indexer.painting_names import is_wikiart_name
from trainer.annotations.annotations import Side, Sides

Rows = npt.NDArray[np.int64]

HELD_OUT_SHARE = 0.1
HELD_OUT_LEAST = 120
HELD_OUT_MOST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Split:
    """Rows of the paintings to train on and of those held out; together they are all."""

    train: Rows
    held_out: Rows


def split(keys: Sequence[str], seed: int, sides: Sides | None = None) -> Split:
    """Divide by painting: a tenth is held out, of small collections up to a quarter.

    Where `sides` (n,) name some for validation, but not all, those are held out and the others trained on.
    Copies of one work in several style folders (see `work_name`) stay together. Both sides are in the order
    of the draw, so that their first rows are a random sample. A painting's side depends on its name, the
    seed and the collection, not on the order of the keys.
    """
    draws = [_draw(key, seed) for key in keys]
    ranked = np.array(sorted(range(len(keys)), key=lambda row: (draws[row], keys[row])), np.int64)
    held_out = np.zeros(len(keys), bool) if sides is None else sides[ranked] == Side.VAL
    if held_out.any() and not held_out.all():
        return Split(train=ranked[~held_out], held_out=ranked[held_out])
    share = max(HELD_OUT_SHARE * len(keys), min(HELD_OUT_LEAST, HELD_OUT_MOST_SHARE * len(keys)))
    size = max(1, round(share))
    while size < len(keys) and draws[ranked[size]] == draws[ranked[size - 1]]:
        size += 1
    return Split(train=ranked[size:], held_out=ranked[:size])


def honour(keys: Sequence[str], sides: Sides) -> Sides:
    """The sides that annotations give (n,), but files of one name go where the strictest of them goes.

    They show one work, and nothing that is tested on may have been seen in training.
    """
    names = [work_name(key) for key in keys]
    strictest: dict[str, int] = {}
    for name, side in zip(names, sides.tolist(), strict=True):
        strictest[name] = max(side, strictest.get(name, Side.TRAIN))
    return np.array([strictest[name] for name in names], np.int8)


def work_name(key: str) -> str:
    """What copies of a work share: a WikiArt name, whatever its folder, else the whole key."""
    path = PurePosixPath(key)
    stem = path.stem if path.suffix.lower() in IMAGE_SUFFIXES else path.name
    return stem if is_wikiart_name(stem) else key


def _draw(key: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {work_name(key)}".encode()).hexdigest()
