"""How a painting lies in a vector database: the payload beside its vectors."""

from collections.abc import Mapping
from pathlib import Path

from indexer.painting import Painting

Payload = dict[str, str | int]

FINGERPRINT = "fingerprint"
DUPLICATE_OF = "duplicate_of"


def to_payload(painting: Painting, fingerprint: str, duplicate_of: str | None = None) -> Payload:
    """What is unknown of a painting is left out."""
    fields: dict[str, str | int | None] = {
        "key": painting.key,
        "path": str(painting.path),
        "title": painting.title,
        "artist": painting.artist,
        "style": painting.style,
        "genre": painting.genre,
        "year": painting.year,
        "rights": painting.rights,
        "source": painting.source,
        "inside": painting.inside,
        FINGERPRINT: fingerprint,
        DUPLICATE_OF: duplicate_of,
    }
    return {name: value for name, value in fields.items() if value is not None}


def to_painting(payload: Mapping[str, str | int]) -> Painting:
    """The painting of a payload made by `to_payload`."""
    return Painting(
        key=str(payload["key"]),
        path=Path(str(payload["path"])),
        title=str(payload["title"]),
        artist=_text(payload, "artist"),
        style=_text(payload, "style"),
        genre=_text(payload, "genre"),
        year=int(payload["year"]) if "year" in payload else None,
        rights=_text(payload, "rights"),
        source=_text(payload, "source"),
        inside=_text(payload, "inside"),
    )


def fingerprint_of(payload: Mapping[str, str | int]) -> str:
    """The fingerprint that was put into `to_payload`."""
    return str(payload[FINGERPRINT])


def duplicate_of(payload: Mapping[str, str | int]) -> str | None:
    """The id, if any, that was put into `to_payload`."""
    return _text(payload, DUPLICATE_OF)


def _text(payload: Mapping[str, str | int], field: str) -> str | None:
    return str(payload[field]) if field in payload else None
