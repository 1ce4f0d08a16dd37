"""Errors of annotations, training and painting: one sentence with the value and the remedy."""

from encoders.errors import MoodseumError


class AnnotationError(MoodseumError):
    """An annotation file is missing, not of a known kind, or fits none of the paintings."""


class TrainingError(MoodseumError):
    """There is too little to learn from, or the place for the model is taken."""


class GalleryError(MoodseumError):
    """A sample gallery cannot be painted as asked, or not where asked."""


class LexiconError(MoodseumError):
    """A lexicon is missing, holds no valences of words, or is damaged."""


class ReportError(MoodseumError):
    """A report cannot be written where it was asked for."""
