"""The heads: two linear layers, one for pictures and one for texts, that lead into the space of feelings."""

import numpy as np
import torch
from sentence_transformers.base.modules import Dense, Module, Router
from torch import nn

from encoders.vectors import Vectors, unit

IMAGE = "image"
TEXT = "text"


def make_heads(look_size: int, text_size: int, seed: int = 0) -> Router:
    """Untrained heads into a space as wide as the texts.

    They are sentence-transformers' own `Router` over `Dense` layers, dispatched on the features'
    `modality`, so that a saved model loads without any code of ours. Where both widths are equal both
    layers are the identity and the model is the backbone itself; otherwise the image layer starts as a
    random orthogonal map.
    """
    weight = torch.empty(text_size, look_size)
    if look_size == text_size:
        nn.init.eye_(weight)
    else:
        nn.init.orthogonal_(weight, generator=torch.Generator().manual_seed(seed))
    image = _linear(look_size, text_size, weight)
    text = _linear(text_size, text_size, torch.eye(text_size))
    routes: dict[str, list[Module]] = {IMAGE: [image], TEXT: [text]}
    return Router(routes, route_mappings={(None, name): name for name in routes}, allow_empty_key=False)


def as_heads(module: Module) -> Router:
    """The module itself, if it is a pair of heads.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(module, Router) or set(module.sub_modules) != {IMAGE, TEXT}:
        raise ValueError(f"{type(module).__name__} is no pair of heads")
    return module


def head(heads: Router, modality: str) -> nn.Linear:
    """The linear layer of one modality."""
    (dense,) = heads.sub_modules[modality].children()
    assert isinstance(dense, Dense)
    return dense.linear


def is_identity(layer: nn.Linear) -> bool:
    """Whether a layer gives what it is given, as one that starts from the backbone itself does."""
    return torch.equal(layer.weight, torch.eye(*layer.weight.shape)) and not layer.bias.any()


def project(heads: Router, modality: str, vectors: Vectors) -> Vectors:
    """Looks or text embeddings (n, d) -> feelings (n, d'), rows of unit length."""
    if not len(vectors):
        return np.empty((0, head(heads, modality).out_features), np.float32)
    with torch.inference_mode():
        return unit(head(heads, modality)(torch.from_numpy(vectors)).numpy())


def _linear(inputs: int, outputs: int, weight: torch.Tensor) -> Dense:
    return Dense(
        inputs, outputs, activation_function=None, init_weight=weight, init_bias=torch.zeros(outputs)
    )
