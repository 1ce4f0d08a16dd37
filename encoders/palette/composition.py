"""Where things are in the picture: light, colour and detail over its field, its middle and its axes."""

import numpy as np
import numpy.typing as npt

from encoders.palette.family import Family, Values, each
from encoders.palette.planes import Plane, cells
from encoders.palette.view import COARSE, View

CELLS = 4
"""The field has CELLS x CELLS cells."""
ROWS = ("top", "upper", "lower", "bottom")
COLUMNS = ("left", "left middle", "right middle", "right")
FIELD = each(*ROWS, of=COLUMNS)
LEAST_DETAIL = 0.005
"""Detail that cannot be seen; cells without more do not differ."""
MIRRORED = 24
"""Symmetry is judged on MIRRORED x MIRRORED cells, so that it forgives small shifts."""
LEAST_VARIANCE = 1e-6
"""A plane that varies less is flat, and neither symmetrical nor not."""


def light_field(view: View) -> Values:
    """Lightness of each cell against the whole picture's."""
    return _against_mean(view.lightness)


def colour_field(view: View) -> Values:
    """Redness, then yellowness, of each cell against the whole picture's."""
    return [*_against_mean(view.red), *_against_mean(view.yellow)]


def _against_mean(plane: Plane) -> Values:
    return [*(cells(plane, CELLS) - plane.mean()).ravel()]


def contrast_field(view: View) -> Values:
    """Standard deviation of lightness within each cell."""
    squares, means = cells(view.lightness**2, CELLS), cells(view.lightness, CELLS)
    return [*np.sqrt(np.maximum(squares - means**2, 0)).ravel()]


def detail_field(view: View) -> Values:
    """log10 of each cell's detail against the whole picture's."""
    detail = view.detail + np.float32(LEAST_DETAIL)
    return [*np.log10(cells(detail, CELLS) / detail.mean()).ravel()]


def balance(view: View) -> Values:
    """Of light, redness, yellowness, chroma, detail: middle, thirds, right and bottom against the rest."""
    planes = np.stack([view.lightness, view.red, view.yellow, view.chroma, view.detail])
    return [*(planes.reshape(len(planes), -1) @ PLACES.T).ravel()]


def _places() -> npt.NDArray[np.float64]:
    """Weights (4, COARSE ** 2) of the middle, the crossings of the thirds, the right and the bottom.

    Each row sums to 0, its positive part to 1.
    """
    down, right = np.mgrid[-1 : 1 : COARSE * 1j, -1 : 1 : COARSE * 1j]
    middle = np.exp(-(right**2 + down**2) / 0.35)
    thirds = np.exp(-((np.abs(right) - 1 / 3) ** 2 + (np.abs(down) - 1 / 3) ** 2) / 0.03)
    weights = np.stack([middle, thirds, right, down]).reshape(4, -1)
    weights -= weights.mean(axis=1, keepdims=True)
    normed: npt.NDArray[np.float64] = 2 * weights / np.abs(weights).sum(axis=1, keepdims=True)
    return normed


PLACES = _places()


def symmetry(view: View) -> Values:
    """Correlation of light, chroma and detail with their mirror images, left-right then top-bottom."""
    values: list[float] = []
    for plane in (view.lightness, view.chroma, view.detail):
        field = cells(plane, MIRRORED)
        field = field - field.mean()
        variance = max((field * field).mean(), LEAST_VARIANCE)
        values += [(field * mirrored).mean() / variance for mirrored in (field[:, ::-1], field[::-1])]
    return values


FAMILIES = (
    Family("light field", "composition", FIELD, light_field, ordinary=0.0, reach=0.13),
    Family(
        "colour field",
        "composition",
        each("red", "yellow", of=FIELD),
        colour_field,
        ordinary=0.0,
        reach=(*(16 * (0.06,)), *(16 * (0.1,))),
    ),
    Family("contrast field", "composition", FIELD, contrast_field, ordinary=0.14, reach=0.08),
    Family("detail field", "composition", FIELD, detail_field, ordinary=0.0, reach=0.2),
    Family(
        "balance",
        "composition",
        each("light", "red", "yellow", "chroma", "detail", of=("middle", "thirds", "right", "bottom")),
        balance,
        ordinary=0.0,
        reach=(*(4 * (0.12,)), *(4 * (0.06,)), *(4 * (0.09,)), *(4 * (0.07,)), *(4 * (0.03,))),
    ),
    Family(
        "symmetry",
        "composition",
        each("light", "chroma", "detail", of=("left-right", "top-bottom")),
        symmetry,
        ordinary=0.2,
        reach=0.35,
    ),
)
