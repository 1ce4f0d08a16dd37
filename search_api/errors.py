"""Errors of queries and serving; messages are one sentence with the value and the remedy."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from encoders.errors import MoodseumError

QUOTED_LENGTH = 60
AROUND = re.compile(
    r"^(?:Input should be|List should have|Value error,) | after validation, not \d+$|, unable to .*$"
)
"""What pydantic says before and after the value that it wants."""


class QueryError(MoodseumError):
    """A query is empty, too long, without a feeling, or asks for what the index lacks."""


class CursorGoneError(QueryError):
    """A cursor belongs to an answer of a build that is not served any more."""


class PaintingNotFoundError(MoodseumError):
    """No painting of the index has this id, or its file is gone."""


class PictureGoneError(PaintingNotFoundError):
    """The index has the painting, but its file is gone."""


class SettingsError(MoodseumError):
    """A setting is unknown or has a value that cannot be used."""


class SheetError(MoodseumError):
    """A contact sheet cannot be written."""


@contextmanager
def blame(field: str, *kinds: type[MoodseumError]) -> Iterator[None]:
    """Name the parameter that errors of these kinds come from, unless it was named within."""
    try:
        yield
    except kinds as error:
        error.field = error.field or field
        raise


def quoted(text: str) -> str:
    """Quote what a user gave: on one line, printable, and never longer than a line."""
    line = "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))
    return f"'{line}'" if len(line) <= QUOTED_LENGTH else f"'{line[:QUOTED_LENGTH].rstrip()}...'"


def wrong_value(what: str, error: Mapping[str, object]) -> str:
    """One sentence from one of pydantic's error records; `what` names the value that was checked."""
    if error["type"] == "missing":
        return f"{what} is missing; give it."
    reason = AROUND.sub("", str(error["msg"]))
    wanted = "an object" if str(error["type"]).startswith("model_") else reason[0].lower() + reason[1:]
    number = "a number " if wanted.startswith(("greater", "less")) else ""
    return f"{what} is {quoted(str(error['input']))}; give {number}{wanted}."
