"""Which colours a picture holds, how strong they are, and how they stand against each other."""

import numpy as np
import numpy.typing as npt

from encoders.palette.colour_cube import LEVELS, PATCHES, TERMS, codes, patch_memberships, term_memberships
from encoders.palette.family import Family, Values
from encoders.palette.planes import Plane, cells
from encoders.palette.view import View

PERCENTILES = (10, 50, 90)
CHROMA_STEPS = 8
CHROMA_STEP = 0.08
HUE_SECTORS = 12
PATCHES_ACROSS = 24
LEAST_CHROMA = 0.01
"""Mean chroma below which a picture is grey, and what is said of its hues fades to nothing."""
WARMEST = np.deg2rad(50)
"""The hue angle of CIELAB, an orange, that counts as warmest; its opposite is coldest."""


def pleasure_arousal_dominance(view: View) -> Values:
    """What mean brightness and saturation do to the viewer (Valdez & Mehrabian 1994).

    Their weights are for standardised variables; here they weigh values in [0, 1], which keeps directions.
    """
    value, saturation = view.brightness.mean(), view.saturation.mean()
    return [
        0.69 * value + 0.22 * saturation,
        -0.31 * value + 0.60 * saturation,
        -0.76 * value + 0.32 * saturation,
    ]


def strength(view: View) -> Values:
    """Saturation's and chroma's means and spreads, chroma's percentiles, and colourfulness."""
    chroma = view.chroma
    return [
        view.saturation.mean(),
        view.saturation.std(),
        chroma.mean(),
        chroma.std(),
        *view.chroma_order[np.array(PERCENTILES) * chroma.size // 100],
        _colourfulness(view),
    ]


def _colourfulness(view: View) -> float:
    """Spread and strength of the opponent colours (Hasler & Süsstrunk 2003), 1 for a colourful picture."""
    red, green, blue = view.rgb.astype(np.float32)
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    spread = np.hypot(red_green.std(), yellow_blue.std())
    return float(spread + 0.3 * np.hypot(red_green.mean(), yellow_blue.mean())) / 100


def chroma_shares(view: View) -> Values:
    """Square roots of the areas in steps of chroma; the last is open."""
    steps = np.minimum(view.chroma / CHROMA_STEP, CHROMA_STEPS - 1).astype(np.intp)
    return [*np.sqrt(np.bincount(steps.ravel(), minlength=CHROMA_STEPS) / steps.size)]


def opponents(view: View) -> Values:
    """Means and spreads of redness and yellowness, and how these vary together and with lightness."""
    light, red, yellow, chroma = (
        plane - plane.mean() for plane in (view.lightness, view.red, view.yellow, view.chroma)
    )
    return [
        view.red.mean(),
        view.yellow.mean(),
        red.std(),
        yellow.std(),
        (red * yellow).mean(),
        (light * red).mean(),
        (light * yellow).mean(),
        (light * chroma).mean(),
    ]


def hue_circle(view: View) -> Values:
    """First and second circular moment of hue weighted by chroma: two axes and a length in [0, 1] each."""
    red, yellow, chroma = view.red, view.yellow, view.chroma
    total = _total(chroma)
    once = np.array([red.sum(), yellow.sum()]) / total
    safe = np.maximum(chroma, np.float32(1e-6))
    twice = np.array([((red * red - yellow * yellow) / safe).sum(), (2 * red * yellow / safe).sum()]) / total
    return [*once, np.hypot(*once), *twice, np.hypot(*twice)]


def term_shares(view: View) -> Values:
    """Square roots of the areas that the basic colour terms name."""
    return [*np.sqrt(_areas(view) @ term_memberships())]


def patch_shares(view: View) -> Values:
    """Square roots of the areas of each region of lightness, chroma and hue."""
    return [*np.sqrt(_areas(view) @ patch_memberships())]


def itten_contrasts(view: View) -> Values:
    """Itten's contrasts of colour (1961), measured in the line of Machajdik & Hanbury (2010).

    Hue: the evenness of the hues. Light-dark and saturation: from the 5th to the 95th percentile of
    lightness and of chroma. Cold-warm: the spread of warmth. Complementary: the share of hues that have
    their opposite. Simultaneous: how far neighbouring patches differ in colour. Extension: how evenly
    the basic colour terms share the area.
    """
    hues = _hue_shares(view)
    half = HUE_SECTORS // 2
    patches = np.stack([cells(view.red, PATCHES_ACROSS), cells(view.yellow, PATCHES_ACROSS)])
    steps = np.abs(np.diff(patches, axis=1)).mean() + np.abs(np.diff(patches, axis=2)).mean()
    return [
        _evenness(hues),
        _range(view.lightness_order),
        _warmth(view).std(),
        np.minimum(hues[:half], hues[half:]).sum() * 2,
        steps,
        _range(view.chroma_order),
        _evenness(_areas(view) @ term_memberships()),
    ]


def warmth(view: View) -> Values:
    """Mean warmth, and the areas that are clearly warm and clearly cold."""
    plane = _warmth(view)
    return [plane.mean(), (plane > 0.1).mean(), (plane < -0.03).mean()]


def _warmth(view: View) -> Plane:
    """Chroma towards the warmest hue; cold colours are negative."""
    return np.float32(np.cos(WARMEST)) * view.red + np.float32(np.sin(WARMEST)) * view.yellow


def _hue_shares(view: View) -> npt.NDArray[np.float64]:
    """(HUE_SECTORS,) weighted by chroma; they sum to 1, or to less where the picture is nearly grey."""
    turns = np.arctan2(view.yellow, view.red) / np.float32(2 * np.pi)
    sectors = np.floor(turns * HUE_SECTORS).astype(np.intp) % HUE_SECTORS
    mass = np.bincount(sectors.ravel(), weights=view.chroma.ravel(), minlength=HUE_SECTORS)
    return mass / _total(view.chroma)


def _total(chroma: Plane) -> float:
    return max(float(chroma.sum()), LEAST_CHROMA * chroma.size)


def _areas(view: View) -> npt.NDArray[np.float32]:
    """Share of the picture that each colour code covers."""
    code = codes(view.rgb)
    return (np.bincount(code.ravel(), minlength=LEVELS**3) / code.size).astype(np.float32)


def _evenness(shares: npt.NDArray[np.floating]) -> float:
    """Entropy, 0 for a single share and 1 for equal ones."""
    return float(-(shares * np.log(np.maximum(shares, 1e-9))).sum() / np.log(shares.size))


def _range(ordered: Plane) -> float:
    return float(ordered[ordered.size * 95 // 100] - ordered[ordered.size * 5 // 100])


FAMILIES = (
    Family(
        "effect",
        "colour",
        ("pleasure", "arousal", "dominance"),
        pleasure_arousal_dominance,
        ordinary=(0.47, 0.01, -0.34),
        reach=0.13,
    ),
    Family(
        "strength",
        "colour",
        (
            "saturation mean",
            "saturation spread",
            "chroma mean",
            "chroma spread",
            *(f"chroma percentile {rank}" for rank in PERCENTILES),
            "colourfulness",
        ),
        strength,
        ordinary=(0.33, 0.16, 0.18, 0.1, 0.06, 0.16, 0.33, 0.42),
        reach=(0.17, 0.07, 0.11, 0.06, 0.06, 0.11, 0.18, 0.25),
    ),
    Family(
        "chroma",
        "colour",
        tuple(f"step {step} of {CHROMA_STEPS}" for step in range(1, CHROMA_STEPS + 1)),
        chroma_shares,
        ordinary=(0.45, 0.5, 0.42, 0.3, 0.22, 0.15, 0.1, 0.05),
        reach=0.2,
    ),
    Family(
        "opponents",
        "colour",
        (
            "red mean",
            "yellow mean",
            "red spread",
            "yellow spread",
            "red with yellow",
            "light with red",
            "light with yellow",
            "light with chroma",
        ),
        opponents,
        ordinary=(0.03, 0.11, 0.08, 0.12, 0.002, -0.001, 0.005, 0.002),
        reach=(0.08, 0.12, 0.06, 0.07, 0.008, 0.007, 0.013, 0.011),
    ),
    Family(
        "hue circle",
        "colour",
        ("red axis", "yellow axis", "unity", "red-green axis", "orange-blue axis", "duality"),
        hue_circle,
        ordinary=(0.1, 0.6, 0.75, -0.5, 0.1, 0.65),
        reach=(0.4, 0.5, 0.25, 0.35, 0.45, 0.25),
    ),
    Family(
        "terms",
        "colour",
        tuple(TERMS),
        term_shares,
        ordinary=(0.18, 0.57, 0.27, 0.08, 0.08, 0.16, 0.2, 0.14, 0.07, 0.12, 0.5),
        reach=(0.18, 0.19, 0.22, 0.12, 0.12, 0.17, 0.18, 0.18, 0.11, 0.1, 0.23),
    ),
    Family(
        "patches",
        "colour",
        PATCHES,
        patch_shares,
        ordinary=(*(3 * (0.2, *(8 * (0.1,)))), *(16 * (0.05,))),
        reach=0.12,
    ),
    Family(
        "contrast",
        "colour",
        (
            "hue",
            "light-dark",
            "cold-warm",
            "complementary",
            "simultaneous",
            "saturation",
            "extension",
        ),
        itten_contrasts,
        ordinary=(0.52, 0.6, 0.11, 0.12, 0.08, 0.33, 0.59),
        reach=(0.22, 0.17, 0.07, 0.2, 0.05, 0.18, 0.17),
    ),
    Family(
        "warmth",
        "colour",
        ("mean", "warm area", "cold area"),
        warmth,
        ordinary=(0.1, 0.42, 0.13),
        reach=(0.11, 0.32, 0.22),
    ),
)
