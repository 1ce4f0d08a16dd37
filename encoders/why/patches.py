"""Which of CLIP's patches carry a picture's similarity to a word, estimated for many pictures at once."""

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image
from torch.nn.functional import normalize

from encoders.model import EmotionModel
from encoders.projection import IMAGE, head
from encoders.vectors import Vector
from encoders.why.opening import clip_of, seen_by
from encoders.why.regions import Regions


def weigh_patches(model: EmotionModel, images: Sequence[Image.Image], vector: Vector) -> list[Regions]:
    """Estimate what n similarities to a word's vector (d',) would lose if a patch were like the average one.

    Gradient x activation where CLIP's patches enter its layers, with their mean as the baseline (in the line
    of Shrikumar, Greenside & Kundaje, "Learning important features", 2017). About three looks a picture,
    where `occlude` takes one for each region, and less exact.

    Raises:
        ModelError: the model does not look through CLIP.
    """
    with torch.enable_grad():
        patches, similarities = _look(model, images, torch.from_numpy(vector))
        [slopes] = torch.autograd.grad(similarities.sum(), patches)
    apart = patches - patches.mean(1, keepdim=True)
    carried = (slopes * apart).sum(-1).detach()  # (n, rows x columns)
    across = round(carried.shape[1] ** 0.5)
    grids = carried.reshape(-1, across, across).numpy()
    seen = [seen_by(model, image) for image in images]
    return [Regions(grid, box, "gradients") for grid, box in zip(grids, seen, strict=True)]


def _look(
    model: EmotionModel, images: Sequence[Image.Image], word: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Patches (n, rows x columns, width) as they enter the layers, and the similarities (n,) they lead to."""
    clip, layer = clip_of(model), head(model.heads, IMAGE)
    vision = clip.vision_model
    pixels = torch.from_numpy(np.stack([model.prepare(image) for image in images]))
    entering = vision.pre_layrnorm(vision.embeddings(pixels)).detach()
    whole, patches = entering[:, :1], entering[:, 1:].requires_grad_()
    leaving = vision.encoder(inputs_embeds=torch.cat([whole, patches], 1)).last_hidden_state
    looks = normalize(clip.visual_projection(vision.post_layernorm(leaving[:, 0])))
    return patches, normalize(layer(looks)) @ word
