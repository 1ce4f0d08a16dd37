"""Errors that a user can mend: each message is one sentence that names the value and the remedy."""


class MoodseumError(Exception):
    """Base of every error that Moodseum raises on purpose; `str(error)` is meant for the user."""

    field: str | None = None
    """The parameter that is to blame, where that is known."""


class ImageError(MoodseumError):
    """An image file is missing, no image, truncated, or larger than the pixel limit."""


class WordError(MoodseumError):
    """An emotion word is empty or too long to be encoded."""


class OutputError(MoodseumError):
    """A file cannot be written where it was asked for."""


class BackboneError(MoodseumError):
    """A backbone cannot be had: unknown, unreachable, damaged, or without an image or a text side."""


class ModelError(MoodseumError):
    """A model folder is missing, incomplete, or written by a newer Moodseum."""
