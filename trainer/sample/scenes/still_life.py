"""Still lifes: a table with a vase of flowers or twigs, perhaps a bottle, and fruit."""

import math

import numpy as np

from trainer.sample.scenes import forms
from trainer.sample.scenes.nature import stains
from trainer.sample.scenes.scene import NOTHING, UPRIGHT, Part, Scene, Shape
from trainer.sample.scenes.setting import Setting

BOTTLE = np.array([[0.045, 0.0], [0.045, -0.18], [0.016, -0.24], [0.016, -0.34]])  # its right side


def still_life(s: Setting) -> Scene:
    """Set the table."""
    edge = s.between(0.55, 0.68)
    x, foot = s.across(0.35, 0.65), edge + s.between(0.08, 0.16)
    part = wall(s) + _table(s, edge) + _bouquet(s, x, foot) + _vase(s, x, foot)
    if s.happens(0.5):
        side = 1 if x < s.aspect / 2 else -1
        part += _bottle(s, x + side * s.between(0.22, 0.32), foot - 0.02)
    return Scene.of("still life", s.aspect, edge, part + _fruits(s, edge) + stains(s, edge))


def wall(s: Setting) -> Part:
    """A wall, perhaps with a door or a curtain in another tone."""
    p, lean = s.palette, s.character.lean
    plain = Shape(
        forms.band(s.aspect, -0.02, 1.02), p.sky, p.haze.towards(p.far, 0.4), UPRIGHT, has_contour=False
    )
    if s.happens(0.45):
        return Part((plain,))
    left = s.across(0.0, 0.6)
    panel = forms.box(left, -0.02, left + s.between(0.3, 0.6), 1.02)
    panel[:2, 0] += s.rng.normal(0, 0.25) * lean
    tone = s.about(p.far.towards(p.sky, 0.35), 0.05)
    return Part((plain, Shape(panel, tone, tone.lighter(-0.05), UPRIGHT, has_contour=False)))


def _table(s: Setting, edge: float) -> Part:
    p, c = s.palette, s.character
    slant, right = s.rng.normal(0, 0.10) * c.lean, s.aspect + 0.02
    board = np.array([[-0.02, edge - slant], [right, edge + slant], [right, 1.02], [-0.02, 1.02]])
    wood = p.near.towards(p.haze, 0.25)
    cloth = forms.blob(s.rng, s.across(0.4, 0.6), edge + 0.24, 0.8, 0.3, c.angularity * 0.6)
    shapes = (
        Shape(board, wood.lighter(0.05), wood.lighter(-0.05)),
        Shape(cloth, p.haze.lighter(0.08), p.haze, 0.3),
    )
    return Part(shapes, ("table",))


def _vase(s: Setting, x: float, foot: float) -> Part:
    glaze = s.about(s.palette.counter, 0.05)
    rise = np.linspace(0, 1, 14)
    belly = 0.035 + 0.05 * np.sin(np.pi * np.clip(rise * 1.15, 0, 1)) + 0.012 * (rise > 0.9)
    side = np.stack([x + belly, foot - 0.24 * rise], axis=1)
    shine = forms.limb((x - 0.03, foot - 0.06), (x - 0.025, foot - 0.17), 0.012, 0.008)
    shapes = (
        Shape(forms.closed_by_mirror(side, x), glaze, glaze.lighter(-0.1), UPRIGHT),
        Shape(shine, s.palette.light, has_contour=False),
    )
    return Part(shapes, ("vase",))


def _bouquet(s: Setting, x: float, foot: float) -> Part:
    """Stems that fan out and hang where the picture droops; the bare ones have lost their flowers."""
    p, droop = s.palette, s.character.droop
    green = p.near.towards(p.dark, 0.3)
    stems: list[Shape] = []
    blooms: list[Shape] = []
    for _ in range(s.count(6, 11)):
        angle, reach = s.rng.normal(0, 0.55), s.between(0.16, 0.34)
        sag = droop * reach * 0.9 * abs(math.sin(angle))
        tip = (x + reach * math.sin(angle), foot - 0.22 - reach * math.cos(angle) + sag)
        stem = forms.limb((x, foot - 0.2), tip, 0.012, 0.007, math.copysign(0.35 * droop, angle))
        stems.append(Shape(stem, green, grain=UPRIGHT))
        if not (s.is_bare and s.happens(0.55)):
            blooms += _bloom(s, *tip)
    return Part((*stems, *blooms), ("withered flowers" if s.is_bare else "flowers",))


def _bloom(s: Setting, x: float, y: float) -> list[Shape]:
    p, c = s.palette, s.character
    size = s.between(0.06, 0.12) * (1 - 0.3 * c.droop)
    colour = s.about(s.either(0.65, p.accent, p.counter), 0.07)
    petals = forms.blob(s.rng, x, y, size, size, min(1.0, c.angularity + 0.15), 14)
    heart = colour.towards(p.light, 0.6) if c.murk < 0.5 else p.dark
    return [
        Shape(petals, colour.lighter(0.04), colour.lighter(-0.05)),
        Shape(forms.blob(s.rng, x, y, size * 0.4, size * 0.4, 0, 9), heart, has_contour=False),
    ]


def _bottle(s: Setting, x: float, foot: float) -> Part:
    p = s.palette
    glass = p.dark.towards(p.near, 0.35)
    label = forms.box(x - 0.04, foot - 0.13, x + 0.04, foot - 0.06)
    outline = forms.closed_by_mirror(forms.moved(BOTTLE, x, foot), x)
    return Part((Shape(outline, glass.lighter(0.06), glass, UPRIGHT), Shape(label, p.haze)), ("bottle",))


def _fruits(s: Setting, edge: float) -> Part:
    part = NOTHING
    for y in s.rows(edge + 0.14, 0.92, s.count(3, 6)):
        part += _fruit(s, s.across(0.12, 0.88), y, s.between(0.08, 0.12))
    return part + Part((), ("fruit",))


def _fruit(s: Setting, x: float, y: float, size: float) -> Part:
    """A fruit with its shadow and its shine, and a rotten spot where the picture is murky."""
    p, c = s.palette, s.character
    peel = s.about(s.either(0.6, p.accent, p.counter), 0.06)
    shadow = forms.blob(s.rng, x + 0.03, y + size * 0.42, size * 1.2, size * 0.3)
    body = forms.blob(s.rng, x, y, size, size * s.between(0.85, 1.05), c.angularity * 0.5)
    shine = forms.blob(s.rng, x - size * 0.18, y - size * 0.2, size * 0.25, size * 0.2, 0, 9)
    part = Part(
        (
            Shape(shadow, p.dark.towards(p.near, 0.5), p.near, has_contour=False),
            Shape(body, peel.lighter(0.06), peel.lighter(-0.12), 1.0),
            Shape(shine, peel.towards(p.light, 0.7), peel, has_contour=False),
        )
    )
    if s.happens(c.murk):
        rot = forms.blob(s.rng, x + size * 0.1, y + size * 0.1, size * 0.5, size * 0.4, 0.3)
        part += Part((Shape(rot, p.dark, has_contour=False),), ("rotten fruit",))
    return part
