"""Hills, ground, trees and flowers."""

import math

from trainer.sample.colour import Colour
from trainer.sample.scenes import forms
from trainer.sample.scenes.scene import UPRIGHT, Part, Shape
from trainer.sample.scenes.setting import Setting

Point = tuple[float, float]


def hills(s: Setting, horizon: float) -> Part:
    """Two to four ranges, paler with distance; mountains where the picture is vast or angular."""
    p, c = s.palette, s.character
    count = s.count(2, 4)
    tall = 0.05 + 0.28 * c.vastness**2 + 0.14 * c.angularity
    ranges = []
    for i in range(count):
        nearness = i / (count - 1)
        foot = horizon + 0.02 + 0.2 * (1 - horizon) * nearness
        height = tall * s.between(0.6, 1.2) * (1 - 0.5 * nearness)
        colour = s.about(p.haze.towards(p.far, 0.45 + 0.5 * nearness), 0.02)
        outline = forms.ridge(s.rng, s.aspect, foot, height, c.angularity)
        ranges.append(Shape(outline, colour, colour.towards(p.near, 0.3), s.between(-0.4, 0.4)))
    return Part(tuple(ranges), ("mountains" if c.vastness + c.angularity > 0.8 else "hills",))


def ground(s: Setting, top: float) -> Part:
    """The foreground with its patches and, in murky pictures, stains."""
    p, c = s.palette, s.character
    soil = Shape(
        forms.ridge(s.rng, s.aspect, top + 0.05, 0.06, c.angularity, 4), p.near.lighter(0.07), p.near
    )
    patches = []
    for _ in range(s.count(3, 7)):
        y = s.between(top + 0.2 * (1 - top), 1.0)
        width = s.between(0.2, 0.8) * (0.4 + y)
        outline = forms.blob(s.rng, s.across(0, 1), y, width, width * 0.12, c.angularity * 0.6)
        patches.append(Shape(outline, s.about(p.near, 0.07), grain=s.between(-0.2, 0.2), has_contour=False))
    return Part((soil, *patches)) + stains(s, top)


def stains(s: Setting, top: float) -> Part:
    """Rimmed blotches, as many as the picture is murky."""
    p = s.palette
    blotches: list[Shape] = []
    for _ in range(int(16 * max(0.0, s.character.murk - 0.15))):
        x, y, size = s.across(0, 1), s.between(top, 1.0), s.between(0.02, 0.11)
        colour = s.either(0.5, p.accent, p.dark.towards(p.near, 0.4)).lighter(s.between(-0.1, 0.1))
        rim = forms.blob(s.rng, x, y, size * 1.35, size * 0.95, 0.25)
        core = forms.blob(s.rng, x + size * 0.05, y, size * 0.8, size * 0.5, 0.25)
        blotches += [
            Shape(rim, colour, grain=1.2, has_contour=False),
            Shape(core, colour.lighter(-0.12), colour),
        ]
    return Part(tuple(blotches), ("stains",) if blotches else ())


def trees(s: Setting, low: float, high: float, count: int, scale: float, horizon: float) -> Part:
    """Trees whose feet stand between two heights of the picture, taller towards the foreground."""
    shapes: list[Shape] = []
    for foot in s.rows(low, high, count):
        shapes += _tree(s, s.across(0.02, 0.98), foot, scale * s.between(0.75, 1.3) * (0.05 + foot - horizon))
    return Part(tuple(shapes), ("bare trees" if s.is_bare else "trees",) if count else ())


def flowers(s: Setting, top: float, count: int) -> Part:
    """Small blooms in the accents, larger towards the foreground."""
    p = s.palette
    blooms = []
    for y in s.rows(top, 1.0, count):
        size = 0.012 + 0.03 * (y - top) / (1.001 - top)
        colour = s.about(s.either(0.6, p.accent, p.counter), 0.06)
        outline = forms.blob(s.rng, s.across(0, 1), y, size * 1.3, size, s.character.angularity * 0.5, 9)
        blooms.append(Shape(outline, colour.lighter(0.05), colour))
    return Part(tuple(blooms), ("flowers",))


def _tree(s: Setting, x: float, foot: float, height: float) -> list[Shape]:
    bark = s.about(s.palette.dark.lighter(0.05))
    tilt = s.rng.normal(0, 0.05 + 0.25 * s.character.lean) * height
    top = (x + tilt, foot - height * 0.6)
    outline = forms.limb((x, foot), top, height * 0.09, height * 0.04, s.rng.normal(0, 0.05))
    above = _branches(s, top, -UPRIGHT, height * 0.42, bark) if s.is_bare else _crown(s, top, height)
    return [Shape(outline, bark, grain=UPRIGHT), *above]


def _crown(s: Setting, top: Point, height: float) -> list[Shape]:
    p, c = s.palette, s.character
    leaf = s.about(p.near.towards(p.far, 0.3), 0.06)
    puffs = []
    for i in range(s.count(4, 7)):
        x = top[0] + s.rng.normal(0, 0.15) * height
        y = top[1] + (s.rng.normal(0, 0.10) + 0.15 * c.droop) * height
        size = height * s.between(0.28, 0.5)
        colour = leaf.lighter(-0.05 + 0.03 * i)
        outline = forms.blob(s.rng, x, y, size, size * (0.8 + 0.5 * c.droop), c.angularity)
        puffs.append(Shape(outline, colour.towards(p.light, 0.2), colour.lighter(-0.1), s.between(0.5, 2.5)))
    return puffs


def _branches(
    s: Setting, start: Point, heading: float, reach: float, bark: Colour, forks: int = 2
) -> list[Shape]:
    """Three branches from here, each with three more, sagging where the picture droops."""
    droop = s.character.droop
    shapes: list[Shape] = []
    for spread in (-0.7, 0.1, 0.75):
        turn = heading + spread * s.between(0.6, 1.3)
        far = reach * s.between(0.55, 1.0)
        end = (start[0] + far * math.cos(turn), start[1] + far * math.sin(turn) + droop * 0.35 * reach)
        bend = s.rng.normal(0, 0.08) + math.copysign(0.1 * droop, math.cos(turn))
        shapes.append(Shape(forms.limb(start, end, reach * 0.09, reach * 0.03, bend), bark, grain=turn))
        if forks > 1:
            shapes += _branches(s, end, turn, reach * 0.6, bark, forks - 1)
    return shapes
