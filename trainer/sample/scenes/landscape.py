"""Landscapes and woods."""

import numpy as np

from trainer.sample.scenes import forms
from trainer.sample.scenes.life import house, people
from trainer.sample.scenes.nature import flowers, ground, hills, trees
from trainer.sample.scenes.scene import NOTHING, UPRIGHT, Part, Scene, Shape
from trainer.sample.scenes.setting import Setting
from trainer.sample.scenes.sky import luminary, sky, weather


def landscape(s: Setting) -> Scene:
    """Hills under a sky, perhaps a river and a house, a few trees and what lives there."""
    horizon = horizon_of(s)
    top = horizon + 0.28 * (1 - horizon)
    light, glow = luminary(s, horizon)
    part = sky(s, horizon) + light + hills(s, horizon) + ground(s, top)
    if s.happens(0.5):
        part += _river(s, top)
    if s.happens(0.45):
        shapes = house(s, s.across(0.1, 0.8), _below(top, 0.2), 0.13, 0.13, lit=0.5 * s.is_night)
        part += Part(tuple(shapes), ("house",))
    count = 1 if s.character.vastness > 0.8 else s.count(0, 3)
    part += trees(s, _below(top, 0.2), 0.97, count, 1.2, horizon)
    part += _inhabitants(s, top) + weather(s, horizon)
    return Scene.of("landscape", s.aspect, horizon, part, glow)


def wood(s: Setting) -> Scene:
    """Trunks before a lit or a dark depth, with a path between them."""
    horizon = s.between(0.52, 0.66)
    part = _depth(s) + ground(s, horizon) + _path(s, horizon)
    part += trees(s, horizon + 0.02, 0.98, s.count(6, 10), 1.0, horizon - 0.75)
    part += _inhabitants(s, horizon) + weather(s, horizon)
    return Scene.of("wood", s.aspect, horizon, part)


def horizon_of(s: Setting) -> float:
    """Low where the picture is vast, so that most of it is sky."""
    return s.between(0.36, 0.52) + 0.2 * s.character.vastness


def _below(top: float, share: float) -> float:
    return top + share * (1 - top)


def _river(s: Setting, top: float) -> Part:
    p = s.palette
    bend = float(s.rng.choice([-0.12, 0.12]))
    bed = forms.limb((s.across(0.3, 0.7), top), (s.across(0.2, 0.8), 1.05), 0.02, 0.4, bend)
    return Part((Shape(bed, p.water.towards(p.haze, 0.5), p.water, 0.1),), ("river",))


def _depth(s: Setting) -> Part:
    """The light between the trunks, and masses of leaves in it."""
    p = s.palette
    light = p.sky if s.is_night else p.haze.towards(p.far, 0.4)
    backdrop = forms.band(s.aspect, -0.02, 1.02)
    shapes = [Shape(backdrop, light.towards(p.sky, 0.3), p.haze, UPRIGHT, has_contour=False)]
    for _ in range(6):
        outline = forms.blob(s.rng, s.across(0, 1), s.between(0.0, 0.5), 0.5, 0.35, s.character.angularity)
        shade = s.about(p.far.towards(p.near, s.between(0, 0.6)), 0.05)
        shapes.append(Shape(outline, shade, shade.lighter(-0.05), 1.2, has_contour=False))
    return Part(tuple(shapes))


def _path(s: Setting, top: float) -> Part:
    p = s.palette
    outline = forms.limb(
        (s.across(0.4, 0.6), top), (s.across(0.3, 0.7), 1.05), 0.04, 0.32, s.rng.normal(0, 0.12)
    )
    light, dark = p.haze.towards(p.near, 0.35), p.haze.towards(p.near, 0.6)
    return Part((Shape(outline, light, dark, 1.2, has_contour=False),), ("path",))


def _inhabitants(s: Setting, top: float) -> Part:
    """Flowers and people where the picture bustles, a single small figure where it is vast."""
    c = s.character
    part = NOTHING
    if s.happens(c.bustle + 0.1 - 0.5 * c.droop):
        part += flowers(s, _below(top, 0.2), int(20 + 60 * c.bustle))
    if s.happens(0.3 + 0.4 * c.vastness):
        low = _below(top, 0.3)
        part += people(s, low, float(np.clip(low + 0.1, 0, 0.97)), 1 + int(3 * c.bustle), top)
    return part
