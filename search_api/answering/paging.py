"""Cursors: where a page of an answer ended, said so that only its own question goes on from there."""

import base64
import json

from search_api.errors import CursorGoneError, QueryError, blame, quoted


def write_cursor(offset: int, build: str, question: str) -> str:
    """An opaque text for the place after `offset` hits of this question's answer by this build."""
    content = json.dumps([offset, build, question], separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, build: str, question: str) -> int:
    """How many hits came before; 0 without a cursor.

    Raises:
        CursorGoneError: it belongs to another build.
        QueryError: it is none, or belongs to another question.
    """
    if cursor is None:
        return 0
    with blame("cursor", QueryError):
        return _read(cursor, build, question)


def _read(cursor: str, build: str, question: str) -> int:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        offset, its_build, its_question = json.loads(base64.b64decode(padded, altchars="-_", validate=True))
        usable = type(offset) is int and offset > 0
    except (ValueError, TypeError, RecursionError):
        usable = False
    if not usable:
        raise QueryError(f"The cursor {quoted(cursor)} is none; take the one that an answer ends with.")
    if its_build != build:
        raise CursorGoneError(
            f"The cursor belongs to build {quoted(str(its_build))}, but {quoted(build)} is served; "
            "ask for the first page again."
        )
    if its_question != question:
        raise QueryError(
            "The cursor belongs to another question; ask this one for its first page, "
            "and change nothing but the cursor for the next."
        )
    return int(offset)
