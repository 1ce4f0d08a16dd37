"""The image side of backbones: every precision gives the looks of float32."""

import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from sentence_transformers.base.modules import Normalize

from encoders.backbone import Backbone, clip_modules, load_backbone
from encoders.errors import BackboneError
from encoders.images import read_for_look
from encoders.seeing import clip_eye
from encoders.seeing.computing import PLAIN, Device, Precision, Wish
from encoders.seeing.eyes import AnyEye, open_eye
from tests.tiny_clip import make_tiny_clip
from trainer.sample import paint_gallery

PAINTED = 12
LEAST_COSINE = 0.999


@pytest.fixture(scope="module")
def paintings(tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    gallery = paint_gallery(tmp_path_factory.mktemp("painted") / "gallery", PAINTED)
    return [read_for_look(file) for file in sorted(gallery.pictures.glob("*/*.jpg"))]


def least_cosine(reference: Path, precision: Precision, paintings: list[Image.Image]) -> float:
    plain, other = (load_backbone(str(reference), wish) for wish in (PLAIN, Wish(precision, "cpu")))
    assert other.look_id == plain.look_id
    assert other.computing.precision == precision
    looks = other.look(paintings)
    assert looks.shape == (PAINTED, 24)
    assert looks.dtype == np.float32
    return float(np.min(np.sum(looks * plain.look(paintings), axis=1)))


@pytest.mark.parametrize("seed", range(3))
def test_bfloat16_keeps_looks(seed: int, tmp_path: Path, paintings: list[Image.Image]) -> None:
    clip = make_tiny_clip(tmp_path / "clip", seed=seed)
    assert LEAST_COSINE <= least_cosine(clip, "bfloat16", paintings) < 1 - 1e-7


@pytest.mark.slow
def test_int8_keeps_looks(tiny_clip: Path, paintings: list[Image.Image]) -> None:
    pytest.importorskip("onnxruntime")
    assert LEAST_COSINE <= least_cosine(tiny_clip, "int8", paintings) < 1 - 1e-7


def test_texts_are_read_in_float32_whatever_the_precision(tiny_clip: Path) -> None:
    plain, other = (load_backbone(str(tiny_clip), wish) for wish in (PLAIN, Wish("bfloat16", "cpu")))
    np.testing.assert_array_equal(plain.text(["a calm sea"]), other.text(["a calm sea"]))


def test_looks_that_stray_are_refused(tiny_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Straying(torch.nn.Module):
        def __init__(self, *_: object) -> None:
            super().__init__()

        def forward(self, pixels: torch.Tensor) -> torch.Tensor:
            return pixels.flatten(1)[:, :24]

    monkeypatch.setattr(clip_eye, "TowerCopy", Straying)
    with pytest.raises(BackboneError, match=r"as near as cosine .* not 0.999; give --precision"):
        load_backbone(str(tiny_clip), Wish("bfloat16", "cpu"))


def test_a_device_that_fails_is_told_with_the_ways_out(
    tiny_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of memory\nand much more")

    monkeypatch.setattr(clip_eye, "TowerCopy", fail)
    with pytest.raises(
        BackboneError, match=r"in bfloat16 on cpu \(out of memory\); give --precision float32"
    ):
        load_backbone(str(tiny_clip), Wish("bfloat16", "cpu"))


def test_int8_without_its_library_names_the_extra(tiny_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(BackboneError, match=r'pip install "moodseum\[int8\]"'):
        load_backbone(str(tiny_clip), Wish("int8", "cpu"))


@pytest.mark.parametrize(("precision", "device"), [("bfloat16", "auto"), ("int8", "cpu"), ("auto", "cuda")])
def test_palette_is_measured_in_one_way_only(precision: Precision, device: Device) -> None:
    with pytest.raises(BackboneError, match=f"Only CLIP .* with --precision {precision} --device {device};"):
        load_backbone("palette", Wish(precision, device))


def test_palette_measures_while_it_prepares(paintings: list[Image.Image]) -> None:
    palette = load_backbone("palette", Wish())
    assert palette.prepare(paintings[0]).shape == (palette.look_size,)
    assert str(palette.computing).startswith("float32 on the CPU (palette measures pictures")


def test_what_is_not_only_clip_is_embedded_as_sentence_transformers_does_it(
    tiny_clip: Path, paintings: list[Image.Image]
) -> None:
    clip = clip_modules(tiny_clip)
    eye = open_eye([*clip, Normalize()], Wish())
    assert isinstance(eye, AnyEye)
    found = eye.embed([eye.prepare(painting) for painting in paintings])
    np.testing.assert_allclose(found, load_backbone(str(tiny_clip)).look(paintings), atol=1e-6)


def test_threads_may_share_an_eye(tiny_clip: Path, paintings: list[Image.Image]) -> None:
    backbone = load_backbone(str(tiny_clip), Wish("bfloat16", "cpu"))
    together = backbone.look(paintings)
    with ThreadPoolExecutor(4) as pool:
        prepared = list(pool.map(backbone.prepare, paintings))
        alone = list(pool.map(lambda one: backbone.embed([one]), prepared))
    np.testing.assert_allclose(np.concatenate(alone), together, atol=1e-2)


def test_a_backbone_can_be_sent_to_another_process(tiny_clip: Path, paintings: list[Image.Image]) -> None:
    backbone = load_backbone(str(tiny_clip), Wish("bfloat16", "cpu"))
    sent: Backbone = pickle.loads(pickle.dumps(backbone))
    np.testing.assert_array_equal(sent.look(paintings), backbone.look(paintings))
