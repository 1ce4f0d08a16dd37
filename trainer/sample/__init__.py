"""The sample gallery: paintings made by this program, with simulated viewers, in the formats of real life."""

from trainer.sample.gallery import Gallery, GalleryError, paint_gallery

__all__ = ["Gallery", "GalleryError", "paint_gallery"]
