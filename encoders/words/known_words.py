"""The vectors of the vocabulary's words, kept in a model's folder so that common words cost no encoding."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from encoders.vectors import Vector

WORDS = "words.safetensors"


def save_words(folder: Path, words: Mapping[str, Vector], space_id: str) -> None:
    """Write headwords and their vectors (d',) in the space of that identity."""
    metadata = {"space_id": space_id, "words": json.dumps(list(words))}
    save_file({"vectors": np.stack(list(words.values()))}, folder / WORDS, metadata)


def load_words(folder: Path, space_id: str) -> dict[str, Vector]:
    """What was kept; nothing where there is no file or it is of another space.

    Raises:
        ValueError, KeyError, SafetensorError: the file is damaged.
    """
    if not (folder / WORDS).exists():
        return {}
    with safe_open(folder / WORDS, framework="numpy") as file:
        metadata = file.metadata()
        if metadata["space_id"] != space_id:
            return {}
        return dict(zip(json.loads(metadata["words"]), file.get_tensor("vectors"), strict=True))
