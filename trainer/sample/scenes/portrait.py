"""Portraits: a head and shoulders, whose brows, mouth and bearing follow the character."""

import numpy as np

from trainer.sample.colour import Colour
from trainer.sample.scenes import forms
from trainer.sample.scenes.life import festoon, skin_of
from trainer.sample.scenes.nature import stains
from trainer.sample.scenes.scene import NOTHING, Glow, Part, Scene, Shape
from trainer.sample.scenes.setting import Setting
from trainer.sample.scenes.still_life import wall


def portrait(s: Setting) -> Scene:
    """A sitter before a wall, lower in the picture and more slumped the more it droops."""
    c = s.character
    x, y = s.across(0.42, 0.58) + 0.04 * c.droop, 0.38 + 0.07 * c.droop
    face = x + s.rng.normal(0, 0.02 + 0.03 * c.lean)
    lit_from = -1 if s.happens(0.5) else 1
    part = wall(s) + (festoon(s, 0.1) if s.happens(c.bustle - 0.3) else NOTHING)
    part += _bust(s, x, y, face) + _features(s, face, y, -lit_from) + _headdress(s, face, y) + stains(s, 0.7)
    glow = Glow(x + lit_from * 0.3, y - 0.1, 0.35, s.palette.light, 0.15 + 0.25 * c.vastness)
    return Scene.of("portrait", s.aspect, 0.7, part, glow)


def _bust(s: Setting, x: float, y: float, face: float) -> Part:
    """Hair, neck, shoulders and the oval of the face."""
    c = s.character
    slope, skin, hair = 0.32 + 0.12 * c.droop, skin_of(s), _hair_of(s)
    coat = s.about(s.either(0.5, s.palette.counter, s.palette.accent), 0.05).lighter(-0.08 * (1 - c.bustle))
    left = np.array([[x - 0.08, y + 0.2], [x - 0.24, y + slope], [x - 0.36, 1.03]])
    locks = forms.blob(s.rng, x, y + 0.02, 0.4, s.between(0.52, 0.72), c.angularity)
    neck = forms.limb((face, y + 0.08), (x, y + 0.3), 0.13, 0.17)
    shapes = (
        Shape(locks, hair, hair.lighter(-0.05), 1.4),
        Shape(neck, skin.lighter(-0.08), skin.lighter(-0.14)),
        Shape(forms.closed_by_mirror(left, x), coat, coat.lighter(-0.1), 1.2),
        Shape(forms.blob(s.rng, face, y, 0.29, 0.40, c.angularity * 0.25), skin, skin.lighter(-0.06), 1.4),
    )
    return Part(shapes, ("bowed head" if c.droop > 0.6 else "face", "coat"))


def _features(s: Setting, x: float, y: float, shaded: int) -> Part:
    """The shaded cheek, eyes, nose and mouth."""
    p, c = s.palette, s.character
    skin = skin_of(s)
    shade = skin.lighter(-0.07 - 0.1 * c.contrast)
    cheek = np.array([[0, -0.19], [0.09, -0.16], [0.14, 0], [0.09, 0.15], [0, 0.2], [0.03, 0.03]])
    nose = np.array([[0, -0.02], [0.026, 0.06], [-0.008, 0.065]])
    lips = p.accent.towards(skin, 0.45).lighter(-0.12)
    smile = c.bustle + 0.3 * c.lightness + 0.25 - c.droop - 0.9 * c.angularity
    mouth = forms.limb(
        (x - 0.045, y + 0.115), (x + 0.045, y + 0.115), 0.012, 0.012, 0.14 * float(np.clip(smile, -1, 1))
    )
    shapes = (
        Shape(forms.moved(cheek * [shaded, 1], x, y), shade, shade.lighter(-0.03), 1.4, has_contour=False),
        *(shape for side in (-1, 1) for shape in _eye(s, x, y, side, skin)),
        Shape(forms.moved(nose * [shaded, 1], x, y), shade.lighter(-0.08), grain=1.4, has_contour=False),
        Shape(mouth, lips, has_contour=False),
    )
    return Part(shapes, ("eyes",))


def _eye(s: Setting, face: float, y: float, side: int, skin: Colour) -> list[Shape]:
    """An eye, wide when the picture is pale and stark, under a brow that frowns when it is jagged."""
    p, c = s.palette, s.character
    x, y = face + side * 0.062, y - 0.02 + 0.01 * c.droop
    wide = 0.6 * c.contrast + 0.5 * (1 - c.droop) - 0.4 * c.chroma * c.angularity
    frown = c.angularity - 1.1 * c.droop
    inner, outer = (x - side * 0.032, y - 0.035 + 0.025 * frown), (x + side * 0.036, y - 0.04 - 0.018 * frown)
    ball = forms.blob(s.rng, x, y, 0.055, 0.014 + 0.022 * wide, 0, 12)
    pupil = forms.blob(s.rng, x, y + 0.004 * c.droop, 0.022, 0.012 + 0.014 * wide, 0, 10)
    return [
        Shape(ball, skin.lighter(0.12), has_contour=False),
        Shape(pupil, p.dark.lighter(-0.03), has_contour=False),
        Shape(forms.limb(inner, outer, 0.014, 0.008, -0.1 * side), p.dark, has_contour=False),
    ]


def _headdress(s: Setting, x: float, y: float) -> Part:
    """A fringe and, on every third sitter, a hat."""
    p, c = s.palette, s.character
    hair = _hair_of(s)
    fringe = Shape(forms.blob(s.rng, x, y - 0.17, 0.33, 0.15, c.angularity), hair.lighter(0.03), hair, 0.2)
    if s.happens(0.65):
        return Part((fringe,))
    felt = s.about(p.accent if c.bustle > 0.4 else p.dark, 0.04)
    crown = forms.blob(s.rng, x, y - 0.25, 0.28, 0.17, c.angularity * 0.3)
    brim = forms.blob(s.rng, x, y - 0.18, 0.5, 0.07, c.angularity * 0.3)
    return Part((fringe, Shape(crown, felt, felt.lighter(-0.05)), Shape(brim, felt.lighter(0.04))), ("hat",))


def _hair_of(s: Setting) -> Colour:
    return s.palette.dark.towards(s.palette.accent, 0.2 * s.character.variety)
