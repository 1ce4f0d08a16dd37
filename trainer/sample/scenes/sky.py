"""The sky: its clouds, its lights and its weather."""

from trainer.sample.scenes import forms
from trainer.sample.scenes.life import balloons
from trainer.sample.scenes.scene import NOTHING, UPRIGHT, Glow, Part, Shape
from trainer.sample.scenes.setting import Setting


def sky(s: Setting, horizon: float) -> Part:
    """A graded sky down to the horizon, and one to four clouds."""
    slant = s.character.lean * 0.5
    backdrop = forms.band(s.aspect, -0.02, horizon + 0.02)
    part = Part((Shape(backdrop, s.palette.sky, s.palette.haze, slant, has_contour=False),), ("sky",))
    for y in s.rows(0.08, horizon * 0.85, s.count(1, 4)):
        part += _cloud(s, s.across(0, 1), y, s.between(0.12, 0.4))
    return part


def luminary(s: Setting, horizon: float) -> tuple[Part, Glow | None]:
    """A sun or moon with its halo, larger the vaster the picture; sometimes none."""
    c = s.character
    if not s.happens(0.35 + 0.6 * c.vastness - 0.3 * c.droop):
        return NOTHING, None
    radius = s.between(0.03, 0.05) + 0.04 * c.vastness
    x, y = s.across(0.15, 0.85), s.between(0.12, 0.9) * horizon
    body = s.palette.light.lighter(0.12)
    fullness = s.between(0.1, 0.4) if s.is_night and s.happens(0.5) else 1.0
    disc = Shape(forms.crescent(x, y, radius, fullness), body)
    glow = Glow(x, y, radius * (3 + 5 * c.vastness), body, 0.25 + 0.5 * c.vastness)
    return Part((disc,), ("moon" if s.is_night else "sun",)), glow


def weather(s: Setting, horizon: float) -> Part:
    """Rain where things droop, lightning where they are dark and jagged, birds, balloons in a bustle."""
    c = s.character
    part = NOTHING
    if s.happens(0.5 * c.droop):
        part += _rain(s)
    if c.lightness < 0.5 and s.happens(0.5 * c.angularity):
        part += _lightning(s, horizon)
    if s.happens(0.3):
        part += _birds(s, horizon)
    if s.happens(c.bustle - 0.45):
        part += balloons(s, horizon)
    return part


def _cloud(s: Setting, x: float, y: float, width: float) -> Part:
    """Puffs over a common base, lit from above; flat, torn and slanting where the picture is restless."""
    p, c = s.palette, s.character
    lit = p.haze.towards(p.light, 0.55 - 0.5 * c.droop)
    shade = p.sky.towards(p.haze, 0.4).lighter(-0.10 * (c.contrast + c.droop))
    puffs = []
    for _ in range(s.count(4, 7)):
        dx = s.between(-0.5, 0.5)
        across = width * s.between(0.45, 0.65) * (1 - abs(dx))
        high = across * s.between(0.45, 0.7) * (1 - 0.5 * c.energy)
        rise = 0.4 * high + c.lean * dx * width * 0.5
        outline = forms.blob(s.rng, x + dx * width, y - rise, across, high, c.angularity)
        puffs.append(Shape(outline, s.about(lit), shade, -c.lean * 0.5, has_contour=c.energy < 0.3))
    return Part(tuple(puffs))


def _rain(s: Setting) -> Part:
    colour = s.palette.haze.lighter(0.05)
    slant = 0.05 + 0.4 * s.character.lean
    streaks = []
    for _ in range(36):
        x, y, length = s.across(0, 1), s.between(-0.05, 0.85), s.between(0.06, 0.16)
        streak = forms.limb((x, y), (x - slant * length, y + length), 0.0035, 0.002)
        streaks.append(Shape(streak, colour, grain=UPRIGHT, has_contour=False))
    return Part(tuple(streaks), ("rain",))


def _lightning(s: Setting, horizon: float) -> Part:
    colour = s.palette.light.lighter(0.15)
    x, y = s.across(0.2, 0.8), 0.02
    flashes = []
    while y < horizon:
        end = (x + s.rng.normal(0, 0.06), y + s.between(0.05, 0.12))
        flashes.append(Shape(forms.limb((x, y), end, 0.012, 0.007), colour, grain=UPRIGHT, has_contour=False))
        x, y = end
    return Part(tuple(flashes), ("lightning",))


def _birds(s: Setting, horizon: float) -> Part:
    """Distant birds as pairs of wings."""
    wings = []
    for _ in range(s.count(2, 8)):
        x, y = s.across(0.05, 0.95), s.between(0.06, 0.8) * horizon
        span, lift = s.between(0.012, 0.03), s.between(0.2, 0.9)
        for side in (-1, 1):
            wing = forms.limb((x, y), (x + side * span, y - span * lift), 0.008, 0.003, -side * 0.2)
            wings.append(Shape(wing, s.palette.dark))
    return Part(tuple(wings), ("birds",))
