"""How light and how dark a picture is, and how its tones are spread."""

import numpy as np

from encoders.palette.family import Family, Values
from encoders.palette.view import View

PERCENTILES = (5, 25, 50, 75, 95)
TONES = 12
DEEP_SHADOW, HIGHLIGHT = 0.25, 0.85
LEAST_SPREAD = 0.02
"""Below this spread of lightness a picture is flat, and its skew fades to nothing."""


def tone_moments(view: View) -> Values:
    """Mean, standard deviation and skewness of L*."""
    tones = view.lightness
    mean, spread = tones.mean(), tones.std()
    apart = (tones - mean) / max(spread, LEAST_SPREAD)
    skew = (apart * apart * apart).mean()
    return [mean, spread, skew]


def tone_percentiles(view: View) -> Values:
    """L* below which 5, 25, 50, 75 and 95 percent of the picture lie."""
    return [*view.lightness_order[np.array(PERCENTILES) * view.lightness.size // 100]]


def tone_shares(view: View) -> Values:
    """Square roots of the areas in twelve equal steps of L*."""
    steps = np.clip(view.lightness * TONES, 0, TONES - 1).astype(np.intp)
    return [*np.sqrt(np.bincount(steps.ravel(), minlength=TONES) / steps.size)]


def brightness(view: View) -> Values:
    """Mean and spread of HSV's value, then the areas of deep shadow and of highlight."""
    tones = view.lightness
    return [
        view.brightness.mean(),
        view.brightness.std(),
        (tones < DEEP_SHADOW).mean(),
        (tones > HIGHLIGHT).mean(),
    ]


FAMILIES = (
    Family(
        "lightness",
        "light",
        ("mean", "spread", "skew"),
        tone_moments,
        ordinary=(0.53, 0.19, -0.1),
        reach=(0.18, 0.06, 1.0),
    ),
    Family(
        "lightness",
        "light",
        tuple(f"percentile {rank}" for rank in PERCENTILES),
        tone_percentiles,
        ordinary=(0.21, 0.38, 0.54, 0.7, 0.83),
        reach=(0.16, 0.2, 0.2, 0.18, 0.13),
    ),
    Family(
        "tones",
        "light",
        tuple(f"{step} of {TONES}" for step in range(1, TONES + 1)),
        tone_shares,
        ordinary=(0.08, 0.18, 0.23, 0.27, 0.29, 0.3, 0.3, 0.3, 0.3, 0.28, 0.22, 0.1),
        reach=0.16,
    ),
    Family(
        "brightness",
        "light",
        ("mean", "spread", "shadow", "highlight"),
        brightness,
        ordinary=(0.58, 0.19, 0.15, 0.1),
        reach=(0.18, 0.06, 0.2, 0.18),
    ),
)
