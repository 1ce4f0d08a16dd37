"""Errors of annotations and training; messages are one sentence with the value and the remedy."""

from encoders.errors import MoodseumError


class AnnotationError(MoodseumError):
    """An annotation file is missing, not of a known kind, or fits none of the paintings."""


class TrainingError(MoodseumError):
    """There is too little to learn from, or the place for the model is taken."""
