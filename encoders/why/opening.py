"""What of a model can be opened: palette's features, CLIP, and what CLIP sees of a picture."""

from math import isqrt

from PIL import Image
from sentence_transformers.base.modules import Transformer
from transformers import CLIPModel

from encoders.errors import ModelError
from encoders.model import EmotionModel
from encoders.seeing.eyes import find_measures
from encoders.why.regions import SHAPE, WHOLE, Box

MOST_ACROSS = 8
"""Regions in a row, as each region costs a look."""


def measures_features(model: EmotionModel) -> bool:
    """Whether what the model prepares of a picture are the features that palette names."""
    return find_measures(model.backbone.modules[:-1]) is not None


def looks_through_clip(model: EmotionModel) -> bool:
    """Whether there are patches to be weighed."""
    return _clip_module(model) is not None


def clip_of(model: EmotionModel) -> CLIPModel:
    """The CLIP that a model looks through.

    Raises:
        ModelError: it looks through something else.
    """
    transformer = _clip_module(model)
    if transformer and isinstance(transformer.model, CLIPModel):
        return transformer.model
    raise ModelError(
        f"The model {model.name} does not look through CLIP, so it has no patches to weigh; "
        "hide regions of the picture instead, or train a model with --backbone clip-ViT-B-32."
    )


def grid_of(model: EmotionModel) -> tuple[int, int]:
    """Rows and columns of regions; CLIP's are whole patches, or several where it has many."""
    if not _clip_module(model):
        return SHAPE
    patches = isqrt(clip_of(model).vision_model.embeddings.num_patches)
    across = max(count for count in range(1, MOST_ACROSS + 1) if patches % count == 0)
    return across, across


def seen_by(model: EmotionModel, image: Image.Image) -> Box:
    """The part of a picture that reaches the model: CLIP cuts off what lies outside the middle square."""
    transformer = _clip_module(model)
    if not transformer:
        return WHOLE
    settings = transformer.processor.image_processor.to_dict()
    short = (settings.get("size") or {}).get("shortest_edge")
    if not (short and settings.get("do_center_crop")):
        return WHOLE
    scale, crop = short / min(image.size), settings["crop_size"]
    across = (1 - min(1.0, crop["width"] / (scale * image.width))) / 2
    down = (1 - min(1.0, crop["height"] / (scale * image.height))) / 2
    return across, down, 1 - across, 1 - down


def _clip_module(model: EmotionModel) -> Transformer | None:
    first = model.backbone.modules[0]
    return first if isinstance(first, Transformer) and isinstance(first.model, CLIPModel) else None
