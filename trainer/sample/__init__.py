"""The sample gallery: paintings made by this program, with simulated viewers, in the formats of real life."""

from trainer.sample.gallery import Gallery, paint_gallery

__all__ = ["Gallery", "paint_gallery"]
