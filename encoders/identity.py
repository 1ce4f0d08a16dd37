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
    """Hash tensors by type, shape and content; their names are a library's business and may change."""
    return digest(sorted(_tensor_digest(tensor) for tensor in tensors.values()))


def _tensor_digest(tensor: "torch.Tensor") -> str:
    import torch

    tensor = tensor.detach().cpu().contiguous()
    sha = hashlib.sha256(f"{tensor.dtype} {tuple(tensor.shape)}".encode())
    sha.update(tensor.flatten().view(torch.uint8).numpy().data)
    return sha.hexdigest()
