"""Abstract expressionism: gestures, drips and splatters without a subject."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from trainer.sample.canvas import Size, emboss, noise, to_image, weave
from trainer.sample.colour import RGB, Colour, Floats
from trainer.sample.painters.study import Study

FINER = 2  # paint is thrown at twice the size, then reduced


@dataclass(frozen=True, slots=True)
class Floor:
    """The canvas on the floor, and who throws paint at it."""

    study: Study
    pen: ImageDraw.ImageDraw
    size: Size

    def somewhere(self) -> Floats:
        """A place (2,) in pixels."""
        place: Floats = self.study.rng.uniform(0, 1, 2) * self.size
        return place

    def trace(self, way: Floats, colour: RGB, width: int) -> None:
        """Draw along a way (n, 2)."""
        self.pen.line([(x, y) for x, y in way.tolist()], fill=colour, width=width, joint="curve")

    def drop(self, x: float, y: float, radius: float, colour: RGB) -> None:
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def paint(study: Study) -> Image.Image:
    """Broad gestures over one another, or a web of thrown threads; splatters and drips on both."""
    c, rng = study.character, study.rng
    large = _ground(study).resize((study.size[0] * FINER, study.size[1] * FINER))
    floor = Floor(study, ImageDraw.Draw(large), large.size)
    (_gesticulate if rng.random() < 0.55 else _throw_threads)(floor)
    for _ in range(int(3 + 12 * c.energy + 10 * c.bustle)):
        _splatter(floor)
    for _ in range(int(2 + 16 * c.droop)):
        _drip(floor)
    picture = large.resize(study.size, Image.Resampling.BOX)
    return weave(emboss(np.asarray(picture), np.asarray(picture.convert("L")), 0.25), rng, 1.2)


def _ground(study: Study) -> Image.Image:
    p = study.palette
    cloud = np.clip(0.5 + 0.35 * noise(study.rng, study.size, 3, 3), 0, 1)[..., None]
    return to_image((1 - cloud) * p.sky.towards(p.far, 0.4).rgb + cloud * p.haze.rgb)


def _gesticulate(floor: Floor) -> None:
    """Broad strokes first, narrower ones over them."""
    rng, energy = floor.study.rng, floor.study.character.energy
    for breadth in np.geomspace(0.30, 0.03, int(20 + 14 * energy)):
        way = _way(floor, rng.uniform(0.4, 0.8) + 0.5 * energy * rng.random(), 26)
        _stroke(floor, way, breadth * rng.uniform(0.6, 1.2) * min(floor.size), _colour(floor.study))


def _stroke(floor: Floor, way: Floats, breadth: float, colour: Colour) -> None:
    """One stroke of a wide brush, hair by hair; each has its own tone and runs dry where it will."""
    rng = floor.study.rng
    tangent = np.gradient(way, axis=0)
    across = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1) / (np.hypot(*tangent.T)[:, None] + 1e-6)
    hairs = max(4, int(breadth / 3.5))
    for place in rng.permutation(np.linspace(-0.5, 0.5, hairs)).tolist():
        first, last = int(rng.integers(0, 4)), len(way) - int(rng.exponential(3.5))
        hair = (way + place * breadth * across)[first:last]
        if len(hair) > 1:
            floor.trace(hair, colour.lighter(rng.normal(0, 0.028)).rgb, max(2, round(breadth / hairs * 1.5)))


def _throw_threads(floor: Floor) -> None:
    """Long threads of thrown paint that swell where the hand slows."""
    rng, c = floor.study.rng, floor.study.character
    for _ in range(int(26 + 40 * c.energy + 14 * c.bustle)):
        way, colour = _way(floor, rng.uniform(0.8, 2.2 + c.energy), 120), _colour(floor.study).rgb
        swelling = np.interp(np.arange(12), np.arange(4) * 4, rng.uniform(1.5, 9.0, 4))
        for part, width in enumerate(swelling.tolist()):
            floor.trace(way[10 * part : 10 * part + 11], colour, round(width))


def _splatter(floor: Floor) -> None:
    """Drops around a centre, smaller the farther they flew."""
    rng, colour = floor.study.rng, _colour(floor.study).rgb
    flight = rng.exponential(28, (int(rng.integers(6, 26)), 2)) * rng.choice([-1, 1], 2)
    radii = 7 / (1 + 0.05 * np.hypot(*flight.T)) * rng.uniform(0.3, 1.4, len(flight))
    for (x, y), radius in zip((floor.somewhere() + flight).tolist(), radii.tolist(), strict=True):
        floor.drop(x, y, radius, colour)


def _drip(floor: Floor) -> None:
    rng, colour = floor.study.rng, _colour(floor.study).rgb
    x, y = floor.somewhere().tolist()
    end = y + rng.uniform(0.08, 0.5) * floor.size[1]
    floor.trace(np.array([[x, y], [x + rng.normal(0, 2), end]]), colour, int(rng.integers(2, 5)))
    floor.drop(x, end, 4, colour)


def _way(floor: Floor, reach: float, steps: int) -> Floats:
    """A hand's way over the canvas (steps, 2) in pixels: arcs when round, slashes when angular."""
    rng, c = floor.study.rng, floor.study.character
    turning = rng.normal(0, 1.2 / steps, steps).cumsum() + rng.normal(0, 3.0 / steps)
    corners = (rng.random(steps) < 3.0 * c.angularity / steps) * rng.normal(0, 1.8, steps)
    first = rng.uniform(0, 2 * np.pi) if c.lean < 0.35 else rng.choice([-0.8, 0.8]) + rng.normal(0, 0.25)
    heading = first + ((1 - 0.85 * c.angularity) * turning + corners).cumsum()
    drift = np.stack([np.cos(heading), np.sin(heading) + 0.4 * c.droop], axis=1)
    way = drift.cumsum(axis=0) * reach * min(floor.size) / steps
    centred: Floats = way - way.mean(axis=0) + floor.somewhere()
    return centred


def _colour(study: Study) -> Colour:
    """A colour of the palette, the dark more often where the picture is dark and stark."""
    p, c, rng = study.palette, study.character, study.rng
    if rng.random() < 0.12 + 0.3 * c.contrast * (1 - c.lightness):
        return p.dark.lighter(rng.normal(0, 0.03))
    return p.pick(rng).lighter(rng.normal(0, 0.05)).turned(rng.normal(0, 5 + 20 * c.variety))
