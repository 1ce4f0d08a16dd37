"""Color field painting: a few large areas of colour, soft or sharp at their edges, that fill the canvas."""

import numpy as np
from PIL import Image

from trainer.sample.canvas import noise, to_image, weave
from trainer.sample.colour import Colour, Floats
from trainer.sample.painters.study import Study

Areas = list[tuple[Floats, Colour]]  # how present a colour is, (height, width) in [0, 1]


def paint(study: Study) -> Image.Image:
    """Stacked slabs of colour, upright bands, or pools that have bled into each other."""
    layout = (_stack, _band, _pool)[study.rng.integers(3)]
    ground = study.palette.sky.towards(study.palette.near, study.rng.uniform(0, 0.6))
    pixels = _brushed(study, ground)
    for presence, colour in layout(study):
        pixels += presence[..., None] * (_brushed(study, colour) - pixels)
    return weave(to_image(pixels), study.rng, 1.2)


def _brushed(study: Study, colour: Colour) -> Floats:
    """The colour in thin and thick passages of scumbled paint, (height, width, 3)."""
    c = study.character
    depth = 0.02 + 0.035 * c.murk + 0.015 * c.energy
    scumble = noise(study.rng, study.size, 7 + 6 * c.energy, 3, 4.0) + noise(study.rng, study.size, 2, 2)
    dark, light = np.array(colour.lighter(-depth).rgb), np.array(colour.lighter(depth).rgb)
    brushed: Floats = dark + (light - dark) * (0.5 + 0.3 * scumble)[..., None]
    return brushed


def _choose(study: Study, count: int) -> list[Colour]:
    """Different colours of the palette; the dark and the light ones by the picture's character."""
    p, c = study.palette, study.character
    dark, light = 0.3 + 2 * c.contrast * (1 - c.lightness), 0.5 + c.lightness + c.vastness
    chances = np.array([2.0, 1.5 + c.bustle, 1.5, 0.6 + c.variety, 1.0, dark, light])
    colours = (p.sky, p.accent, p.near, p.counter, p.water, p.dark, p.light)
    return [
        colours[i] for i in study.rng.choice(len(colours), count, replace=False, p=chances / chances.sum())
    ]


def _grid(study: Study) -> tuple[Floats, Floats]:
    """Coordinates x and y (height, width), a little unsteady, and turned when the picture leans."""
    width, height = study.size
    c, rng = study.character, study.rng
    rows, columns = np.mgrid[:height, :width] / height
    unsteady = 0.003 + 0.008 * c.energy + 0.004 * c.murk
    turn = c.lean * rng.choice([-1, 1]) * rng.uniform(0.12, 0.3)
    x = columns + unsteady * noise(rng, study.size, 8, 3) - turn * (rows - 0.5)
    y = rows + unsteady * noise(rng, study.size, 8, 3) + turn * (columns - width / height / 2)
    return x, y


def _softness(study: Study) -> float:
    """How far an edge fades, in parts of the height: hard where the picture is angular."""
    return 0.002 + 0.009 * (1 - study.character.angularity) ** 2


def _fade(inside: Floats, softness: float) -> Floats:
    """From 0 well outside to 1 well inside an edge."""
    faded: Floats = 1 / (1 + np.exp(-np.clip(inside / softness, -30, 30)))
    return faded


def _slab(study: Study, left: float, top: float, right: float, bottom: float) -> Floats:
    x, y = _grid(study)
    inside = np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
    return _fade(inside, _softness(study))


def _stack(study: Study) -> Areas:
    rng, aspect = study.rng, study.size[0] / study.size[1]
    count, margin = int(rng.integers(2, 5)), rng.uniform(0.05, 0.09)
    cuts = margin + (1 - 2 * margin) * np.append(0, rng.dirichlet(np.full(count, 4.0)).cumsum())
    return [
        (0.94 * _slab(study, margin, top + 0.012, aspect - margin, bottom - 0.012), colour)
        for colour, top, bottom in zip(_choose(study, count), cuts[:-1], cuts[1:], strict=True)
    ]


def _band(study: Study) -> Areas:
    rng, aspect = study.rng, study.size[0] / study.size[1]
    areas = []
    for i, colour in enumerate(_choose(study, int(rng.integers(2, 5)))):
        width = rng.uniform(0.02, 0.1) if i else rng.uniform(0.25, 0.6)
        left = rng.uniform(0, aspect - width)
        areas.append((_slab(study, left, -1, left + width, 2), colour))
    return areas


def _pool(study: Study) -> Areas:
    """Stains with ragged shores, drawn out downwards where the picture droops."""
    rng, c, aspect = study.rng, study.character, study.size[0] / study.size[1]
    areas = []
    for colour in _choose(study, int(rng.integers(3, 6))):
        x, y = _grid(study)
        reach = rng.uniform(0.15, 0.42)
        dx = (x - rng.uniform(0.1, 0.9) * aspect) / reach
        dy = (y - rng.uniform(0.1, 0.9)) / (reach * rng.uniform(0.5, 1.2))
        away = np.hypot(dx, np.where(dy > 0, dy * (1 - 0.6 * c.droop), dy))
        shore = 1 - away + 0.13 * noise(rng, study.size, 3 + 6 * c.angularity, 3)
        areas.append((0.95 * _fade(shore, 0.03 + _softness(study)), colour))
    return areas
