"""The hand-made features as a sentence-transformers module, alone and as the image route of a router."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Module, Normalize, Router, Transformer

from encoders.errors import BackboneError, ImageError
from encoders.palette import FEATURE_NAMES, features
from encoders.palette.module import FEATURES, PaletteFeatures


def test_rows_are_unit_length_features(pictures: list[Image.Image]) -> None:

    module = PaletteFeatures()
    looks = module(module.preprocess(pictures))["sentence_embedding"].numpy()
    raw = np.stack([features(picture) for picture in pictures])
    assert looks == pytest.approx(raw / np.linalg.norm(raw, axis=1, keepdims=True), abs=1e-6)
    assert looks.shape[1] == module.get_embedding_dimension() == len(FEATURE_NAMES)
    assert module.modalities == ["image"]


def test_paths_are_read_and_other_things_refused(pictures: list[Image.Image], tmp_path: Path) -> None:

    path = tmp_path / "picture.png"
    pictures[0].save(path)
    rows = PaletteFeatures().preprocess([pictures[0], path, str(path)])[FEATURES]
    assert rows[0].equal(rows[1])
    assert rows[0].equal(rows[2])
    with pytest.raises(ImageError, match="No image file at"):
        PaletteFeatures().preprocess([str(tmp_path / "missing.jpg")])
    with pytest.raises(ImageError, match="A ndarray is no picture"):
        PaletteFeatures().preprocess([np.zeros((3, 3))])


def test_no_pictures_are_no_rows() -> None:

    assert PaletteFeatures().preprocess([])[FEATURES].shape == (0, len(FEATURE_NAMES))


def test_a_router_with_it_survives_saving_and_loading(
    pictures: list[Image.Image], tiny_clip: Path, tmp_path: Path
) -> None:

    routes: dict[str, list[Module]] = {
        "text": [Transformer(str(tiny_clip))],
        "image": [PaletteFeatures()],
    }
    router = Router(routes, route_mappings={(None, name): name for name in routes}, allow_empty_key=False)
    model = SentenceTransformer(modules=[router, Normalize()])
    before = model.encode(pictures)
    assert before.shape == (len(pictures), len(FEATURE_NAMES))
    model.save(str(tmp_path / "model"))
    again = SentenceTransformer(str(tmp_path / "model"), trust_remote_code=True, local_files_only=True)
    assert np.array_equal(again.encode(pictures), before)
    assert np.array_equal(again.encode(["sad"]), model.encode(["sad"]))


@pytest.mark.parametrize("config", [{"version": 999}, {}])
def test_another_feature_version_is_refused(config: dict[str, int], tmp_path: Path) -> None:

    PaletteFeatures().save(str(tmp_path))
    assert PaletteFeatures.load(str(tmp_path)).version == 1
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(BackboneError, match=f"have version {config.get('version')}, but .* version 1; train"):
        PaletteFeatures.load(str(tmp_path))
