"""Between the untrained heads and the trained ones: how much of what was learned to take."""

import copy

import torch
from sentence_transformers.base.modules import Router

from encoders.projection import IMAGE, TEXT, head, is_identity


def interpolate(untrained: Router, trained: Router, weight: float) -> Router:
    """New heads, layer by layer (1 - weight) * untrained + weight * trained.

    WiSE-FT (Wortsman et al. 2022): on the line between a model and what was tuned from it there often are
    weights that know what either knows. So it is with a layer that started as the identity, as the backbone
    itself. One that started at random, the image layer where the backbone's two sides are not equally wide,
    knew nothing, and is taken as trained whatever the weight.

    Raises:
        ValueError: the weight is not in [0, 1].
    """
    if not 0 <= weight <= 1:
        raise ValueError(f"Heads blend by a weight in [0, 1], not {weight}.")
    blended = copy.deepcopy(trained)
    for modality in (IMAGE, TEXT):
        start, layer = head(untrained, modality), head(blended, modality)
        if is_identity(start):
            with torch.no_grad():
                layer.weight.lerp_(start.weight, 1 - weight)
                layer.bias.lerp_(start.bias, 1 - weight)
    return blended
