"""Romanticism: glazes without visible strokes, air and vapour, light against a darkened rim."""

import numpy as np
from PIL import Image, ImageFilter

from trainer.sample.canvas import bend, noise, to_image, weave
from trainer.sample.painters.study import Study
from trainer.sample.rough import lay_in, spread
from trainer.sample.scenes import Glow


def paint(study: Study) -> Image.Image:
    """Soften the rough, veil its sky in vapour, set one light, darken the rim."""
    organic = bend(lay_in(study.scene, study.size).picture, 1.1, 60, study.rng)
    sharp, soft = organic.filter(ImageFilter.GaussianBlur(0.7)), organic.filter(ImageFilter.GaussianBlur(5))
    veiled = _veil(Image.blend(sharp, soft, 0.3), study)
    lit = spread(veiled, study.scene.glow or _light(study))
    return weave(_darken_rim(lit, study), study.rng, 0.7)


def _light(study: Study) -> Glow:
    """A light in the sky for scenes that have none of their own."""
    rng, scene = study.rng, study.scene
    x, y = rng.uniform(0.2, 0.8) * scene.aspect, rng.uniform(0.4, 0.9) * scene.horizon
    return Glow(x, y, 0.3, study.palette.light, 0.15 + 0.4 * study.character.contrast)


def _veil(picture: Image.Image, study: Study) -> Image.Image:
    """Lighten and darken the sky in drifts, thicker where the picture is restless, and grain the ground."""
    p = study.palette
    height = np.linspace(0, 1, picture.height)[:, None]
    above = 1 / (1 + np.exp(np.clip((height - study.scene.horizon) * 14, -30, 30)))
    drifts = noise(study.rng, picture.size, 3, 5, 2.0) * (0.16 + 0.22 * study.character.energy)
    vapour = (np.clip(drifts, -0.4, 0.45) * above)[..., None]
    tint = np.where(vapour > 0, p.haze.lighter(0.08).rgb, p.sky.lighter(-0.12).rgb)
    pixels = np.asarray(picture) * (1 - abs(vapour)) + abs(vapour) * tint
    leaves = noise(study.rng, picture.size, 50, 2, 1.5) * (1 - above)
    return to_image(pixels * (1 + 0.05 * leaves)[..., None])


def _darken_rim(picture: Image.Image, study: Study) -> Image.Image:
    width, height = picture.size
    rows, columns = np.ogrid[:height, :width]
    away = np.hypot((columns / width - 0.5) * 1.9, (rows / height - 0.5) * 1.9)
    share = ((0.15 + 0.4 * study.character.contrast) * np.clip(away - 0.45, 0, 1) ** 1.4)[..., None]
    return to_image(np.asarray(picture) * (1 - share) + share * study.palette.dark.rgb)
