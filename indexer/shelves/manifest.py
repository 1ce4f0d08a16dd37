"""The record of a build: what it was made of, with what, and whether it is finished."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args, get_type_hints

from encoders.files import write_atomically
from indexer.errors import IndexFormatError
from indexer.sources.port import Kind
from indexer.store.base import Quantization

FORMAT = 3
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` in a build's folder says; `created` is an ISO 8601 time with its zone."""

    build: str
    model: str
    look_id: str
    space_id: str
    reading_id: str
    look_size: int
    feeling_size: int
    source: str
    source_kind: Kind
    created: str
    moodseum: str
    finished: bool = False
    contents: str = ""
    """Digest of all that the source offered; equal contents make equal builds."""
    stored: str = ""
    """Digest of all that was put into the store; empty where format 1 did not record it."""
    indexed: int = 0
    embedded: int = 0
    reused: int = 0
    skipped: int = 0
    duplicates: int = 0
    """How many of the indexed are near-duplicates of another."""
    quantization: Quantization = "none"
    donor: str = ""
    """The build whose points it was made of, where no image was opened."""
    format: int = FORMAT


def save_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest in one step into a build's folder."""
    write_atomically(folder / MANIFEST, json.dumps(asdict(manifest), indent=2) + "\n")


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build.

    Raises:
        FileNotFoundError: the folder holds no build.
        IndexFormatError: it is damaged, or of a newer format.
    """
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text())
    except ValueError as error:
        raise _damaged(str(path), str(folder), error) from error
    return read_manifest(content, str(path), str(folder))


def read_manifest(content: Mapping[str, object], record: str, build: str) -> Manifest:
    """The manifest that a build's record holds; both are named in the errors.

    Raises:
        IndexFormatError: it is damaged, or of a newer format.
    """
    try:
        written = int(str(content["format"]))
        if written <= FORMAT:
            return _checked(Manifest(**content))  # type: ignore[arg-type]
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(record, build, error) from error
    raise IndexFormatError(
        f"{build} was built in format {written} and this Moodseum reads up to {FORMAT}; upgrade Moodseum."
    )


def _damaged(record: str, build: str, error: Exception) -> IndexFormatError:
    return IndexFormatError(f"{record} is damaged ({error}); remove {build} and build the index again.")


def _checked(manifest: Manifest) -> Manifest:
    for name, annotation in get_type_hints(Manifest).items():
        value, allowed = getattr(manifest, name), get_args(annotation)
        if value not in allowed if allowed else type(value) is not annotation:
            raise TypeError(f"{name} is {value!r}")
    if not datetime.fromisoformat(manifest.created).tzinfo:
        raise ValueError(f"created is {manifest.created!r}, in no time zone")
    return manifest
