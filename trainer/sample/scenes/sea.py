"""The sea."""

from dataclasses import replace

import numpy as np

from trainer.sample.colour import Floats
from trainer.sample.scenes import forms
from trainer.sample.scenes.landscape import horizon_of
from trainer.sample.scenes.life import boat
from trainer.sample.scenes.nature import stains
from trainer.sample.scenes.scene import Part, Scene, Shape
from trainer.sample.scenes.setting import Setting
from trainer.sample.scenes.sky import luminary, sky, weather

WAVE_BACK = np.array(
    [[-0.1, 1.05], [-0.1, 0.62], [0.08, 0.3], [0.3, 0.08], [0.52, 0.0], [0.74, 0.05], [0.92, 0.2]]
)
WAVE_HOLLOW = np.array(
    [[0.98, 0.36], [0.84, 0.27], [0.66, 0.28], [0.52, 0.42], [0.48, 0.65], [0.62, 0.9], [0.85, 1.05]]
)

Depths = list[tuple[float, list[Shape]]]  # shapes by the height of their foot


def sea(s: Setting) -> Scene:
    """Water to the horizon: calm bands or rearing waves, perhaps boats and a coast."""
    p, c = s.palette, s.character
    horizon = horizon_of(s)
    light, glow = luminary(s, horizon)
    part = sky(s, horizon) + light
    if s.happens(0.5):
        part += _coast(s, horizon)
    surface = forms.band(s.aspect, horizon, 1.02)
    part += Part((Shape(surface, p.water.towards(p.haze, 0.35), p.water, has_contour=False),))
    if glow:
        part += _glitter(s, glow.x, horizon)
    boats = int(s.count(0, 2) + s.between(0, 3) * c.bustle)
    afloat = [
        (y, boat(s, s.across(0.1, 0.9), y, 0.06 + 0.3 * (y - horizon)))
        for y in s.rows(horizon + 0.04, 0.85, boats)
    ]
    breakers = [(0.8, _breaker(s))] if s.happens(c.energy - 0.25) else []
    part += Part(in_order(waves(s, horizon) + afloat + breakers), ("waves" if c.energy > 0.5 else "water",))
    part += Part((), ("boats",) if boats > 1 else ("boat",) * boats)
    part += stains(s, horizon + 0.2) + weather(s, horizon)
    return Scene.of("sea", s.aspect, horizon, part, glow)


def waves(s: Setting, horizon: float) -> Depths:
    """Crests with their foam: flat and long when calm, high and many when restless."""
    p, c = s.palette, s.character
    crests = []
    for depth in (np.linspace(0.04, 1.0, 5 + int(7 * c.energy)) ** 1.4).tolist():
        y = horizon + 0.02 + depth * (1.0 - horizon)
        swell = (0.008 + 0.16 * c.energy**2) * depth + 0.004
        line = forms.profile(
            s.rng, -0.05, s.aspect + 0.05, 0.35 + 0.6 * c.angularity, int(4 + 6 / (0.3 + depth))
        )
        line[:, 1] = y - swell * line[:, 1]
        colour = s.about(p.water, 0.045)
        foam = colour.towards(p.light, 0.35 + 0.4 * c.energy)
        body = Shape(_thick(line, swell * 1.2 + 0.012), colour.lighter(0.03), colour.lighter(-0.05))
        crests.append((y, [body, Shape(_thick(line, swell * 0.22 + 0.003), foam, colour, has_contour=False)]))
    return crests


def in_order(depths: Depths) -> tuple[Shape, ...]:
    """All shapes, the farthest first."""
    return tuple(shape for _, shapes in sorted(depths, key=lambda depth: depth[0]) for shape in shapes)


def _thick(line: Floats, thickness: float) -> Floats:
    return np.concatenate([line, forms.moved(line[::-1], 0, thickness)])


def _coast(s: Setting, horizon: float) -> Part:
    p, angularity = s.palette, s.character.angularity
    cliff = forms.ridge(s.rng, s.aspect, horizon, 0.06 + 0.16 * angularity, angularity, 5, horizon + 0.03)
    return Part((Shape(cliff, p.haze.towards(p.far, 0.6), p.far, 0.2),), ("coast",))


def _breaker(s: Setting) -> list[Shape]:
    """A great wave that rears from one side and curls over, with fingers of foam."""
    p, c = s.palette, s.character
    reach, rise = s.between(0.45, 0.75), s.between(0.45, 0.7)
    scale, place = np.array([reach, rise]), np.array([0, 1.07 - rise])
    outline = np.concatenate([WAVE_BACK, WAVE_HOLLOW]) * scale + place
    shapes = [Shape(outline, p.water.towards(p.light, 0.2), p.water.lighter(-0.1), 1.0)]
    lip = np.concatenate([WAVE_BACK[2:], WAVE_HOLLOW[:3]])
    for spot in s.rng.integers(0, len(lip), int(14 + 16 * c.energy)):
        x, y = ((lip[spot] + s.rng.normal(0, 0.05, 2)) * scale + place).tolist()
        foam = forms.blob(s.rng, x, y, s.between(0.03, 0.08), s.between(0.03, 0.07), c.angularity * 0.7, 14)
        shapes.append(Shape(foam, p.light, p.light.towards(p.water, 0.3), 1.0))
    if s.happens(0.5):
        return [replace(shape, outline=forms.mirrored(shape.outline, s.aspect / 2)) for shape in shapes]
    return shapes


def _glitter(s: Setting, x: float, horizon: float) -> Part:
    """The broken reflection of the sun or moon."""
    colour = s.palette.light.towards(s.palette.water, 0.2)
    flakes = []
    for depth in (s.rng.uniform(0, 1, 26) ** 1.3).tolist():
        place, y = x + s.rng.normal(0, 0.015 + 0.05 * depth), horizon + 0.01 + depth * (0.95 - horizon)
        flake = forms.blob(s.rng, place, y, 0.02 + 0.1 * depth * s.rng.random(), 0.006 + 0.008 * depth)
        flakes.append(Shape(flake, colour, has_contour=False))
    return Part(tuple(flakes), ("glittering water",))
