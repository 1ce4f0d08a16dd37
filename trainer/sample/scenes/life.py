"""Houses, boats, people, flags and balloons."""

import numpy as np

from trainer.sample.colour import Colour, Floats
from trainer.sample.scenes import forms
from trainer.sample.scenes.scene import UPRIGHT, Part, Shape
from trainer.sample.scenes.setting import Setting

HULL = np.array([[-0.6, -0.12], [0.7, -0.12], [0.45, 0.1], [-0.42, 0.1]])
MAST = np.array([[-0.02, -0.1], [0.02, -0.1], [0.02, -1.3], [-0.02, -1.3]])
MAINSAIL = np.array([[0.06, -0.2], [0.06, -1.25], [0.35, -0.7], [0.62, -0.22]])
JIB = np.array([[-0.06, -0.2], [-0.06, -1.1], [-0.5, -0.2]])
SKIRT = np.array([[-0.15, 0.0], [-0.07, -0.5], [0.07, -0.5], [0.15, 0.0]])


def house(s: Setting, left: float, foot: float, width: float, height: float, lit: float) -> list[Shape]:
    """A gabled house that leans as the picture does; each window is lit with the chance `lit`."""
    p, c = s.palette, s.character
    wall = s.about(p.haze.towards(p.accent, s.between(0.0, 0.5 * c.variety + 0.15)), 0.06).lighter(-0.06)
    roof = s.about(p.counter.towards(p.dark, 0.35), 0.05)
    lean = s.rng.normal(0, 0.16) * c.lean * height
    right, eaves = left + width, foot - height * s.between(0.55, 0.75)
    ridge = ((left + right) / 2 + 1.6 * lean, foot - height * (1 + 0.4 * c.angularity))
    body = np.array([[left, foot], [left + lean, eaves], [right + lean, eaves], [right, foot]])
    gable = np.array([[left - 0.008 + lean, eaves], ridge, [right + 0.008 + lean, eaves]])
    return [
        Shape(body, wall.lighter(0.03), wall.lighter(-0.06), UPRIGHT),
        Shape(gable, roof, roof.lighter(-0.08), 0.7),
        *_windows(s, left + lean * 0.5, eaves, width, foot - eaves, lit),
    ]


def tower(s: Setting, x: float, foot: float, height: float) -> Part:
    """A church tower with its spire."""
    p = s.palette
    wall, roof = s.about(p.far.towards(p.haze, 0.3)), s.about(p.dark.towards(p.counter, 0.3))
    half, lean = height * 0.09, s.rng.normal(0, 0.1) * s.character.lean * height
    eaves = foot - height * 0.6
    body = np.array([[x - half, foot], [x - half + lean, eaves], [x + half + lean, eaves], [x + half, foot]])
    spire = np.array(
        [[x - 1.2 * half + lean, eaves], [x + 1.7 * lean, foot - height], [x + 1.2 * half + lean, eaves]]
    )
    shapes = (Shape(body, wall, wall.lighter(-0.06), UPRIGHT), Shape(spire, roof, grain=UPRIGHT))
    return Part(shapes, ("church tower",))


def boat(s: Setting, x: float, y: float, size: float) -> list[Shape]:
    """A sailing boat, heeling as the picture leans, with its blurred reflection."""
    p, c = s.palette, s.character
    heel = s.rng.normal(0, 0.6) * c.lean + 0.1
    hull = s.about(p.dark.towards(p.counter, 0.4))
    sail = s.about(s.either(c.bustle, p.accent, p.light), 0.05)
    reflection = forms.blob(s.rng, x, y + size * 0.3, size * 0.8, size * 0.3, 0.3)
    parts = ((HULL, hull), (MAST, p.dark), (MAINSAIL, sail), (JIB, sail.lighter(-0.06)))
    return [
        Shape(reflection, p.water.towards(sail, 0.35), p.water, has_contour=False),
        *(
            Shape(forms.moved(forms.rotated(form * size, heel), x, y), colour, grain=1.4)
            for form, colour in parts
        ),
    ]


def people(s: Setting, low: float, high: float, count: int, horizon: float) -> Part:
    """Figures seen from afar, larger towards the foreground."""
    shapes: list[Shape] = []
    for foot in s.rows(low, high, count):
        shapes += _person(s, s.across(0.08, 0.92), foot, 0.07 + 0.27 * (foot - horizon))
    names = () if count == 0 else ("lonely figure",) if count == 1 else ("people",)
    return Part(tuple(shapes), names)


def festoon(s: Setting, y: float) -> Part:
    """A sagging line of small flags in many colours."""
    flags = []
    for share in np.linspace(0, 1, 15).tolist():
        x, top = share * s.aspect, y + 0.08 * (1 - (2 * share - 1) ** 2)
        colour = s.about(s.palette.pick(s.rng).towards(s.palette.accent, 0.5), 0.08)
        flags.append(Shape(np.array([[x - 0.022, top], [x + 0.022, top], [x, top + 0.055]]), colour))
    return Part(tuple(flags), ("flags",))


def balloons(s: Setting, horizon: float) -> Part:
    """A few balloons that have got away."""
    p = s.palette
    shapes: list[Shape] = []
    for _ in range(s.count(2, 5)):
        x, y, size = s.across(0.1, 0.9), s.between(0.08, 0.8) * horizon, s.between(0.03, 0.07)
        colour = s.about(s.either(0.5, p.accent, p.counter), 0.08)
        string = forms.limb(
            (x, y + size * 0.5), (x + s.rng.normal(0, 0.02), y + size * 1.8), 0.004, 0.003, 0.1
        )
        shapes += [
            Shape(string, p.dark),
            Shape(forms.blob(s.rng, x, y, size, size * 1.2), colour.lighter(0.08), colour),
        ]
    return Part(tuple(shapes), ("balloons",))


def skin_of(s: Setting) -> Colour:
    """Skin in the light of this picture."""
    c = s.character
    return Colour(0.36 + 0.48 * c.lightness, 0.03 + 0.05 * c.chroma, 58).towards(s.palette.light, 0.25)


def _windows(s: Setting, left: float, top: float, width: float, height: float, lit: float) -> list[Shape]:
    rows, columns = max(1, round(height / 0.075)), max(1, round(width / 0.06))
    panes = []
    for row in range(rows):
        for column in range(columns):
            x, y = left + width * (column + 0.3) / columns, top + height * (row + 0.2) / rows
            outline = forms.box(x, y, x + 0.4 * width / columns, y + 0.5 * height / rows)
            colour = s.either(lit, s.palette.light, s.palette.dark.lighter(0.06))
            panes.append(Shape(outline, colour, grain=UPRIGHT, has_contour=False))
    return panes


def _person(s: Setting, x: float, foot: float, height: float) -> list[Shape]:
    """A standing figure, bowed when things droop, arms up when they bustle."""
    p, c = s.palette, s.character
    dress = s.about(s.either(0.3 + 0.6 * c.bustle, p.accent, p.dark.towards(p.counter, 0.3)), 0.05)
    skin, bow = skin_of(s), c.droop * height * 0.10
    neck = (x + bow, foot - height * 0.82)
    head = neck[0] + bow * 0.6
    lift = -0.35 if s.happens(c.bustle * 0.7) else 0.32
    return [
        Shape(forms.moved(SKIRT * height, x, foot), dress, dress.lighter(-0.08), UPRIGHT),
        Shape(
            forms.limb((x, foot - height * 0.45), neck, height * 0.16, height * 0.2),
            dress.lighter(0.04),
            dress,
        ),
        *(Shape(_arm(neck, side, lift, height), dress) for side in (-1, 1)),
        Shape(forms.blob(s.rng, head, neck[1] - height * 0.07, height * 0.14, height * 0.17), skin),
        Shape(forms.blob(s.rng, head, neck[1] - height * 0.11, height * 0.15, height * 0.11), p.dark),
    ]


def _arm(neck: tuple[float, float], side: int, lift: float, height: float) -> Floats:
    shoulder = (neck[0] + side * 0.08 * height, neck[1] + 0.04 * height)
    hand = (neck[0] + side * 0.2 * height, neck[1] + lift * height)
    return forms.limb(shoulder, hand, 0.07 * height, 0.05 * height)
