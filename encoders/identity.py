"""Identities: which backbone, which space, which reading made a number."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """What a vector or a score was made with; each id is 16 hexadecimal digits.

    `look_id` names the backbone and its preprocessing, `space_id` that plus the heads,
    `reading_id` that plus prompts, calibration and reference bank. Vectors may be compared
    only under one `space_id`, looks under one `look_id`, scores under one `reading_id`.
    """

    look_id: str
    space_id: str
    reading_id: str


def digest(*parts: object) -> str:
    """Hash JSON-serialisable parts into one id; the order of mapping keys does not matter."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]


def tensors_digest(tensors: Mapping[str, "torch.Tensor"]) -> str:
    """Hash named tensors by name, type, shape and content."""
    sha = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name].detach().cpu().contiguous()
        sha.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        sha.update(tensor.flatten().view(dtype=_bytes_type()).numpy().tobytes())
    return sha.hexdigest()[:ID_LENGTH]


def _bytes_type() -> "torch.dtype":
    import torch

    return torch.uint8
