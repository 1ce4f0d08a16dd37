"""The check of a heatmap: hiding the regions that it points at must cost more than hiding others.

After Petsiuk, Das & Saenko, "RISE" (2018), and Samek et al. (2017).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageStat

from encoders.encoder import Encoder
from encoders.vectors import Vector
from encoders.why.regions import Regions, Veil

Order = npt.NDArray[np.intp]  # (regions,), the first is hidden first


def strongest_first(regions: Regions) -> Order:
    return np.argsort(-regions.grid.ravel(), kind="stable")


def lost(
    encoder: Encoder,
    image: Image.Image,
    vector: Vector,
    regions: Regions,
    order: Order,
    shares: Sequence[float] = (0.1, 0.2, 0.3, 0.4, 0.5),
) -> npt.NDArray[np.float64]:
    """What the similarity loses when these shares of the regions get the picture's mean colour, (shares,).

    Regions are found under another cover, so the check does not repeat the finding.
    """
    grey = Image.new("RGB", image.size, tuple(round(mean) for mean in ImageStat.Stat(image).mean))
    veil, shape = Veil(image, regions.box, under=grey), regions.grid.shape
    copies = [image]
    for share in shares:
        hidden = np.zeros(len(order), np.bool_)
        hidden[order[: round(share * len(order))]] = True
        copies.append(veil.over(hidden.reshape(shape)))
    whole, *rest = encoder.feeling(encoder.look(copies)) @ vector
    return np.asarray(whole - np.array(rest), np.float64)
