import json
from dataclasses import replace
from pathlib import Path

import pytest

from encoders.fake import FakeEncoder
from indexer.errors import IndexFormatError
from indexer.shelves.manifest import FORMAT, MANIFEST, Manifest, load_manifest, save_manifest
from tests.records import manifest_of


@pytest.fixture
def manifest() -> Manifest:
    return manifest_of(FakeEncoder())


def test_a_manifest_survives_its_file(tmp_path: Path, manifest: Manifest) -> None:
    save_manifest(manifest, tmp_path)
    assert load_manifest(tmp_path) == manifest


def test_a_manifest_of_a_newer_format_is_refused(tmp_path: Path, manifest: Manifest) -> None:
    save_manifest(replace(manifest, format=FORMAT + 1), tmp_path)
    content = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps({**content, "new in this format": 1}))
    with pytest.raises(IndexFormatError, match=f"format {FORMAT + 1} .* reads up to {FORMAT}; upgrade"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"format": 1}', '{"format": "x"}', '{"format": 1, "a": 2}']
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(IndexFormatError, match=r"manifest\.json is damaged"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"indexed": "many"},
        {"finished": 1},
        {"model": None},
        {"look_size": 1.5},
        {"created": "2026-01-01"},
        {"quantization": "half"},
    ],
)
def test_a_manifest_with_values_of_another_kind_is_refused(
    tmp_path: Path, manifest: Manifest, wrong: dict[str, object]
) -> None:
    save_manifest(manifest, tmp_path)
    content = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps(content | wrong))
    with pytest.raises(IndexFormatError, match=rf"damaged \({next(iter(wrong))} is"):
        load_manifest(tmp_path)
