"""From screen colours to CIELAB, where distances are about as large as they look (CIE 15, D65)."""

import numpy as np
import numpy.typing as npt

SRGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = SRGB_TO_XYZ.sum(axis=1, keepdims=True)
TO_RELATIVE_XYZ = (SRGB_TO_XYZ / WHITE).astype(np.float32)


def _linear_light() -> npt.NDArray[np.float32]:
    code = np.arange(256) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4).astype(np.float32)


LINEAR_LIGHT = _linear_light()


def to_lab(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """sRGB (3, ...) -> L*, a*, b* (3, ...), all divided by 100: L* in [0, 1], a* and b* within [-1.1, 1]."""
    red, green, blue = LINEAR_LIGHT[rgb]
    x, y, z = (_respond(r * red + g * green + b * blue) for r, g, b in TO_RELATIVE_XYZ)
    return np.stack([np.float32(1.16) * y - np.float32(0.16), 5 * (x - y), 2 * (y - z)])


def _respond(light: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    dark = np.float32(7.787) * light + np.float32(16 / 116)
    return np.where(light > np.float32(0.008856), np.cbrt(light), dark)
