"""The smallest shapes of brushwork: local binary patterns of light and of colour."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from encoders.palette.family import Family, Values, each
from encoders.palette.view import SCALES, View

RING = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))
"""The eight neighbours of the middle of 3 x 3 places, in order around it."""
KINDS = (*(f"{count} of 8 brighter" for count in range(9)), "irregular")


def tone_patterns(view: View) -> Values:
    """Shares of the patterns of luma at the three finer scales; steps too small to see are left out."""
    luma, _, _ = view.ycbcr
    return [share for reduce in (1, 2, 4) for share in pattern_shares(luma.reduce(reduce), margin=2)]


def colour_patterns(view: View) -> Values:
    """Shares of the patterns of blueness, then of redness, at the two scales that JPEG files keep."""
    _, *colours = view.ycbcr
    return [
        share
        for plane in colours
        for reduce in (2, 4)
        for share in pattern_shares(plane.reduce(reduce), margin=0)
    ]


def pattern_shares(grey: Image.Image, margin: int) -> npt.NDArray[np.float64]:
    """(len(KINDS),) square roots of the shares of rotation-invariant uniform patterns (Ojala et al. 2002).

    A pattern is the number of neighbours that are brighter by more than `margin`, where they stand
    together; where they do not, it is irregular.
    """
    plane = np.asarray(grey)
    height, width = plane.shape[0] - 2, plane.shape[1] - 2
    limit = np.minimum(plane[1:-1, 1:-1], 255 - margin) + np.uint8(margin)
    pattern = np.zeros_like(limit)
    for bit, (down, right) in enumerate(RING):
        brighter = plane[down : down + height, right : right + width] > limit
        pattern |= brighter.view(np.uint8) << np.uint8(bit)
    counts = np.bincount(KIND_OF_PATTERN[pattern].ravel(), minlength=len(KINDS))
    shares: npt.NDArray[np.float64] = np.sqrt(counts / pattern.size)
    return shares


def _kinds_of_patterns() -> npt.NDArray[np.intp]:
    bits = np.arange(256)[:, None] >> np.arange(8) & 1
    changes = (bits != np.roll(bits, 1, axis=1)).sum(axis=1)
    return np.where(changes <= 2, bits.sum(axis=1), len(KINDS) - 1)


KIND_OF_PATTERN = _kinds_of_patterns()

FAMILIES = (
    Family(
        "tone patterns",
        "texture",
        each(*SCALES[:3], of=KINDS),
        tone_patterns,
        ordinary=3 * (0.41, 0.35, 0.3, 0.35, 0.35, 0.24, 0.19, 0.21, 0.14, 0.42),
        reach=3 * (0.12, 0.04, 0.05, 0.06, 0.06, 0.05, 0.05, 0.05, 0.05, 0.07),
    ),
    Family(
        "colour patterns",
        "texture",
        each("blue fine", "blue middle", "red fine", "red middle", of=KINDS),
        colour_patterns,
        ordinary=4 * (0.38, 0.3, 0.31, 0.43, 0.41, 0.28, 0.19, 0.19, 0.13, 0.35),
        reach=4 * (0.16, 0.04, 0.05, 0.07, 0.09, 0.06, 0.05, 0.06, 0.05, 0.09),
    ),
)
