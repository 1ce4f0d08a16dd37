"""Painters: one for each style, under WikiArt's name of it."""

from collections.abc import Callable

from PIL import Image

from trainer.sample.painters import (
    abstract_expressionism,
    color_field,
    cubism,
    expressionism,
    impressionism,
    pointillism,
    romanticism,
    ukiyo_e,
)
from trainer.sample.painters.study import Study

__all__ = ["PAINTERS", "WITHOUT_SUBJECT", "Study"]

PAINTERS: dict[str, Callable[[Study], Image.Image]] = {
    "Abstract_Expressionism": abstract_expressionism.paint,
    "Color_Field_Painting": color_field.paint,
    "Cubism": cubism.paint,
    "Expressionism": expressionism.paint,
    "Impressionism": impressionism.paint,
    "Pointillism": pointillism.paint,
    "Romanticism": romanticism.paint,
    "Ukiyo_e": ukiyo_e.paint,
}

WITHOUT_SUBJECT = frozenset({"Abstract_Expressionism", "Color_Field_Painting"})
