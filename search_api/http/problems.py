"""The kinds of problems that HTTP answers can be, each with a lasting address (RFC 9457)."""

from dataclasses import dataclass

from encoders.errors import ImageError, MoodseumError, WordError
from search_api.errors import CursorGoneError, PaintingNotFoundError, PictureGoneError, QueryError


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same whenever this happens; the sentence beside it tells of the one time."""

    name: str
    status: int
    title: str
    remedy: str

    @property
    def address(self) -> str:
        """Relative to the server."""
        return f"/problems/{self.name}"


UNREADABLE_BODY = Kind("unreadable-body", 400, "The body cannot be read", "Send what /openapi.json shows.")
UNKNOWN_PATH = Kind("unknown-path", 404, "Nothing is there", "See /openapi.json for what there is.")
UNKNOWN_PAINTING = Kind("unknown-painting", 404, "No such painting", "Take an id from a search.")
PICTURE_GONE = Kind("picture-gone", 404, "The picture is gone", "Index the collection again.")
WRONG_METHOD = Kind("wrong-method", 405, "Method not offered", "See the Allow header.")
CURSOR_GONE = Kind(
    "cursor-gone", 410, "The answer has changed since", "Ask for the first page again, without a cursor."
)
UNSAID_LENGTH = Kind("unsaid-length", 411, "Length not said", "Send Content-Length.")
TOO_LARGE = Kind("too-large", 413, "Too large", "Send a smaller picture.")
WRONG_MEDIA_TYPE = Kind(
    "wrong-media-type", 415, "Media type not taken", "Send the Content-Type that /openapi.json shows."
)
MISSING_PARAMETER = Kind("missing-parameter", 422, "A parameter is missing", "Give it.")
UNKNOWN_PARAMETER = Kind(
    "unknown-parameter", 422, "No such parameter", "Leave it out; see /openapi.json for those there are."
)
WRONG_VALUE = Kind(
    "wrong-value", 422, "A value cannot be used", "Give a value as /openapi.json describes it."
)
UNANSWERABLE = Kind(
    "unanswerable", 422, "The question cannot be answered", "Change what the sentence beside it names."
)
UNUSABLE_PICTURE = Kind(
    "unusable-picture", 422, "The picture cannot be used", "Send a whole picture in a usual format."
)
FAILED = Kind("failed", 500, "Something went wrong inside", "The server's log has the details.")
NOT_READY = Kind(
    "not-ready", 503, "Nothing is served yet", "Try again later; the server's log says what is missing."
)

KINDS = {
    kind.name: kind
    for kind in (
        UNREADABLE_BODY,
        UNKNOWN_PATH,
        UNKNOWN_PAINTING,
        PICTURE_GONE,
        WRONG_METHOD,
        CURSOR_GONE,
        UNSAID_LENGTH,
        TOO_LARGE,
        WRONG_MEDIA_TYPE,
        MISSING_PARAMETER,
        UNKNOWN_PARAMETER,
        WRONG_VALUE,
        UNANSWERABLE,
        UNUSABLE_PICTURE,
        FAILED,
        NOT_READY,
    )
}

_BY_ERROR: dict[type[MoodseumError], Kind] = {
    PictureGoneError: PICTURE_GONE,
    PaintingNotFoundError: UNKNOWN_PAINTING,
    CursorGoneError: CURSOR_GONE,
    QueryError: UNANSWERABLE,
    WordError: UNANSWERABLE,
    ImageError: UNUSABLE_PICTURE,
}
"""Special ones before what they are a kind of."""


def kind_of(error: MoodseumError) -> Kind:
    """What the asker can mend is 4xx; an index or a model that is not there yet is 503."""
    return next((kind for known, kind in _BY_ERROR.items() if isinstance(error, known)), NOT_READY)


def is_ours(error: MoodseumError) -> bool:
    """Whether the server rather than the asker has to mend it."""
    return kind_of(error).status >= 500
