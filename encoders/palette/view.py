"""A picture as the measures see it: a small square of fixed size, taken apart into planes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image

from encoders.palette.cielab import to_lab
from encoders.palette.planes import Plane, halve, length, ordered

FINE = 192
"""Side of the square on which texture is measured."""
COARSE = FINE // 2
"""Side of the square on which colour and composition are measured."""
SCALES = ("finest", "fine", "middle", "coarse")
"""The scales of texture; each is half as fine as the one before."""


@dataclass(frozen=True)
class View:
    """One picture, drawn to a square so that places and scales mean the same in every picture."""

    square: Image.Image
    """RGB, FINE x FINE."""

    @classmethod
    def of(cls, image: Image.Image) -> "View":
        """View any picture, down to a single pixel; other modes are converted to RGB."""
        rgb = image if image.mode == "RGB" else image.convert("RGB")
        return cls(rgb.resize((FINE, FINE), Image.Resampling.BILINEAR, reducing_gap=2.0))

    @cached_property
    def rgb(self) -> npt.NDArray[np.uint8]:
        """(3, COARSE, COARSE)."""
        pixels = np.asarray(self.square.reduce(FINE // COARSE))
        return np.ascontiguousarray(np.moveaxis(pixels, -1, 0))

    @cached_property
    def ycbcr(self) -> tuple[Image.Image, Image.Image, Image.Image]:
        """Luma, blueness and redness as 8-bit pictures, FINE x FINE."""
        luma, blue, red = self.square.convert("YCbCr").split()
        return luma, blue, red

    @cached_property
    def luma(self) -> Plane:
        """(FINE, FINE), from black at 0 to white at 1."""
        return np.asarray(self.ycbcr[0], dtype=np.float32) / np.float32(255)

    @cached_property
    def gradients(self) -> tuple[tuple[Plane, Plane], ...]:
        """At each of SCALES the change of luma to the right and downwards, over two pixels."""
        pairs, plane = [], self.luma
        for _ in SCALES:
            pairs.append((plane[1:-1, 2:] - plane[1:-1, :-2], plane[2:, 1:-1] - plane[:-2, 1:-1]))
            plane = halve(plane)
        return tuple(pairs)

    @cached_property
    def slopes(self) -> tuple[Plane, ...]:
        """At each of SCALES the length of the gradient."""
        return tuple(length(right, down) for right, down in self.gradients)

    @cached_property
    def detail(self) -> Plane:
        """(COARSE, COARSE), how much happens at each place."""
        return halve(np.pad(self.slopes[0], 1, mode="edge"))

    @cached_property
    def _lab(self) -> tuple[Plane, Plane, Plane]:
        lightness, red, yellow = to_lab(self.rgb)
        return lightness, red, yellow

    @property
    def lightness(self) -> Plane:
        """(COARSE, COARSE), L* / 100."""
        return self._lab[0]

    @property
    def red(self) -> Plane:
        """(COARSE, COARSE), redness against greenness, a* / 100."""
        return self._lab[1]

    @property
    def yellow(self) -> Plane:
        """(COARSE, COARSE), yellowness against blueness, b* / 100."""
        return self._lab[2]

    @cached_property
    def chroma(self) -> Plane:
        """(COARSE, COARSE), the distance from grey, / 100."""
        return length(self.red, self.yellow)

    @cached_property
    def brightness(self) -> Plane:
        """(COARSE, COARSE), the value of HSV, in [0, 1]."""
        brightest: Plane = self.rgb.max(axis=0).astype(np.float32) / np.float32(255)
        return brightest

    @cached_property
    def saturation(self) -> Plane:
        """(COARSE, COARSE), the saturation of HSV, in [0, 1]; black has none."""
        darkest: Plane = self.rgb.min(axis=0).astype(np.float32) / np.float32(255)
        visible: Plane = np.maximum(self.brightness, np.float32(1 / 255))
        return (self.brightness - darkest) / visible

    @cached_property
    def lightness_order(self) -> Plane:
        """(COARSE ** 2,), lightness from the darkest place to the lightest."""
        return ordered(self.lightness)

    @cached_property
    def chroma_order(self) -> Plane:
        """(COARSE ** 2,), chroma from the greyest place to the strongest."""
        return ordered(self.chroma)
