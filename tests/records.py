"""Records of builds, as their makers would have written them."""

from dataclasses import replace

from encoders.fake import FakeEncoder
from indexer.shelves.manifest import Manifest

LONG_AGO = "2020-01-01T00:00:00+00:00"


def manifest_of(encoder: FakeEncoder, build: str = "build-1") -> Manifest:
    """The record of a build made with this encoder."""
    return Manifest(
        build=build,
        model=encoder.name,
        look_id=encoder.identity.look_id,
        space_id=encoder.identity.space_id,
        reading_id=encoder.identity.reading_id,
        look_size=encoder.look_size,
        feeling_size=encoder.feeling_size,
        source="paintings",
        source_kind="wikiart",
        created="2026-01-01T00:00:00+00:00",
        moodseum="0.1.0",
        finished=True,
    )


def unfilled(build: str, *, finished: bool = True) -> Manifest:
    """The record of a build that was begun long ago and holds nothing."""
    return replace(manifest_of(FakeEncoder(), build), finished=finished, created=LONG_AGO)
