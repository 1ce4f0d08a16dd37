from pathlib import Path

import pytest

from encoders.backbone import load_backbone
from encoders.errors import BackboneError


@pytest.fixture(autouse=True)
def _unreachable_hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Port 9 discards: nothing listens there."""
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))


def test_clip_without_a_hub_names_the_ways_out() -> None:
    with pytest.raises(BackboneError) as error:
        load_backbone("clip-ViT-B-32")
    for part in ("clip-ViT-B-32", "local folder", "mirror", "--backbone palette"):
        assert part in str(error.value)


@pytest.mark.parametrize("reference", ["no such/id!", "/no/such/folder", ""])
def test_a_name_that_no_hub_can_have_is_refused(reference: str) -> None:
    with pytest.raises(BackboneError, match="No backbone"):
        load_backbone(reference)


def test_a_folder_that_is_no_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BackboneError, match=tmp_path.name):
        load_backbone(str(tmp_path))
