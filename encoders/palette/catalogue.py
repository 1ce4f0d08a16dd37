"""The features of a picture, by name: what the offline backbone looks at."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from encoders.palette import colour, composition, light, patterns, texture
from encoders.palette.family import Family, Group
from encoders.palette.view import View

FEATURE_VERSION = 1
"""Raised whenever any feature's value changes: vectors of different versions must not be compared."""

FAMILIES: tuple[Family, ...] = (
    *colour.FAMILIES,
    *light.FAMILIES,
    *texture.FAMILIES,
    *patterns.FAMILIES,
    *composition.FAMILIES,
)
FEATURE_NAMES: tuple[str, ...] = tuple(name for family in FAMILIES for name in family.feature_names)
FEATURE_GROUPS: tuple[Group, ...] = tuple(family.group for family in FAMILIES for _ in family.labels)
"""The group of each of FEATURE_NAMES."""


def features(image: Image.Image) -> npt.NDArray[np.float32]:
    """What can be measured of a picture, (len(FEATURE_NAMES),) float32, each in [-1, 1].

    0 is an ordinary painting's value, above it is more of what the name says. Any size and mode will
    do; the same pixels always give the same values. In the line of Machajdik & Hanbury, "Affective
    image classification using features inspired by psychology and art theory" (2010).
    """
    view = View.of(image)
    return np.concatenate([family.read(view) for family in FAMILIES])
