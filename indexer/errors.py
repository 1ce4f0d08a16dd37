"""Errors of sources and indexes; messages are one sentence with the value and the remedy."""

from encoders.errors import MoodseumError


class SourceError(MoodseumError):
    """A source of paintings is missing, empty, or lacks what is needed."""


class IndexNotFoundError(MoodseumError):
    """There is no finished index to answer from."""


class IndexBusyError(MoodseumError):
    """Another process holds the embedded index open."""


class ServerError(MoodseumError):
    """A Qdrant server cannot be reached, refuses the key or the request, or is too old."""


class EngineError(MoodseumError):
    """A cluster that pictures are to be embedded on is not there, lacks something, or failed."""


class ModelMismatchError(MoodseumError):
    """An index was made with another model than the one that asks."""


class ExportError(MoodseumError):
    """The points of an index cannot be written as asked."""


class VerificationError(MoodseumError):
    """A build does not hold what it should, so it is not served."""


class IndexFormatError(MoodseumError):
    """A build's record is damaged or was written by a newer Moodseum."""
