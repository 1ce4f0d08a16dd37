"""Towns, along a street or a quay."""

from trainer.sample.scenes import forms
from trainer.sample.scenes.life import boat, festoon, house, people, tower
from trainer.sample.scenes.nature import stains
from trainer.sample.scenes.scene import Part, Scene, Shape
from trainer.sample.scenes.sea import in_order, waves
from trainer.sample.scenes.setting import Setting
from trainer.sample.scenes.sky import luminary, sky, weather


def town(s: Setting) -> Scene:
    """Two rows of houses, perhaps a tower behind them, and a street or water before them."""
    horizon = s.between(0.58, 0.72)
    light, glow = luminary(s, horizon * 0.6)
    part = sky(s, horizon) + light
    if s.happens(0.5):
        part += tower(s, s.across(0.2, 0.8), horizon + 0.02, s.between(0.45, 0.6))
    part += _quay(s, horizon) if s.happens(0.4) else _street(s, horizon)
    part += stains(s, horizon + 0.1) + weather(s, horizon * 0.6)
    if s.happens(s.character.bustle - 0.2):
        part += festoon(s, s.between(0.12, 0.3))
    return Scene.of("town", s.aspect, horizon, part, glow)


def _street(s: Setting, horizon: float) -> Part:
    p = s.palette
    paving = p.near.towards(p.haze, 0.35)
    floor = Shape(forms.band(s.aspect, horizon, 1.02), paving.lighter(0.06), paving, has_contour=False)
    count = s.count(0, 1) + int(6 * s.character.bustle)
    return Part((floor,), ("street",)) + _houses(s, horizon) + people(s, horizon + 0.12, 0.97, count, horizon)


def _quay(s: Setting, horizon: float) -> Part:
    water = s.palette.water
    surface = Shape(forms.band(s.aspect, horizon, 1.02), water.lighter(0.06), water, has_contour=False)
    y = s.between(0.8, 0.88)
    afloat = [(y, boat(s, s.across(0.2, 0.8), y, 0.12))]
    return (
        Part((surface,))
        + _houses(s, horizon)
        + Part(in_order(waves(s, horizon + 0.05) + afloat), ("boat", "harbour"))
    )


def _houses(s: Setting, horizon: float) -> Part:
    lit = 0.35 * s.is_night + 0.4 * s.character.bustle
    shapes: list[Shape] = []
    for row in (0, 1):
        left = -0.05
        while left < s.aspect:
            width, height = s.between(0.12, 0.22), s.between(0.2, 0.4) * (1 - 0.3 * row)
            shapes += house(s, left, horizon + 0.04 * row, width, height, lit)
            left += width * s.between(0.95, 1.0 + 1.2 * row)
    return Part(tuple(shapes), ("houses",))
