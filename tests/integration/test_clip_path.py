"""The real CLIP code path on a small random CLIP: train, save, load, index, search."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sentence_transformers import SentenceTransformer

from encoders.backbone import load_backbone
from encoders.errors import ModelError
from encoders.home import Home
from encoders.model_folder import list_models, load_model
from encoders.projection import IMAGE, make_heads, project
from indexer.making.build import build_index
from indexer.shelves.folder import FolderShelf
from indexer.sources.opening import open_source
from search_api.searcher import open_searcher
from tests.tiny_gallery import TinyGallery
from trainer.dataset.material import Material
from trainer.errors import TrainingError
from trainer.heads.training import TrainSettings
from trainer.plan import Plan
from trainer.train import TrainReport, train

FAST = TrainSettings(epochs=40, batch_size=16, learning_rate=1e-2)


@pytest.fixture(scope="module")
def trained(
    tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path, tiny_gallery: TinyGallery
) -> tuple[Home, TrainReport]:
    home = Home(tmp_path_factory.mktemp("home"))
    return home, train(_plan(tiny_gallery, tiny_clip), home, "clip")


def _plan(gallery: TinyGallery, backbone: Path) -> Plan:
    return Plan(Material(gallery.wikiart, gallery.annotations), str(backbone), FAST)


def test_the_votes_are_learned(trained: tuple[Home, TrainReport]) -> None:
    losses = trained[1].record.losses
    assert losses.trained < losses.untrained
    assert losses.trained < losses.histogram


def test_a_loaded_model_gives_the_same_numbers(
    trained: tuple[Home, TrainReport], pictures: list[Image.Image]
) -> None:
    home, report = trained
    loaded = load_model(home, "clip")
    assert loaded.identity == report.model.identity
    looks = loaded.look(pictures)
    np.testing.assert_allclose(looks, report.model.look(pictures), atol=1e-6)
    ours, theirs = loaded.read("melancholy"), report.model.read("melancholy")
    similarities = loaded.feeling(looks) @ ours.vector
    np.testing.assert_allclose(ours.coherence(similarities), theirs.coherence(similarities), atol=1e-6)


def test_the_folder_is_an_ordinary_sentence_transformers_model(
    trained: tuple[Home, TrainReport], pictures: list[Image.Image]
) -> None:
    home, report = trained
    ordinary = SentenceTransformer(str(report.folder), device="cpu")
    model = load_model(home)
    np.testing.assert_allclose(ordinary.encode(pictures), model.feeling(model.look(pictures)), atol=1e-5)
    sentences = model.prompts.sentences("gloom")
    vector = ordinary.encode(sentences).mean(axis=0)
    np.testing.assert_allclose(vector / np.linalg.norm(vector), model.read("gloom").vector, atol=1e-5)
    assert not list(report.folder.rglob("*.bin"))
    assert not list(report.folder.rglob("*.pt"))


def test_untrained_heads_leave_clip_as_it_is(tiny_clip: Path, pictures: list[Image.Image]) -> None:
    backbone = load_backbone(str(tiny_clip))
    looks = backbone.look(pictures)
    heads = make_heads(backbone.look_size, backbone.text_size)
    np.testing.assert_allclose(project(heads, IMAGE, looks), looks, atol=1e-6)
    clip = SentenceTransformer(str(tiny_clip), device="cpu")
    np.testing.assert_allclose(clip.encode(pictures, normalize_embeddings=True), looks, atol=1e-6)


def test_an_old_folder_with_the_deprecated_clip_module_is_read(tiny_clip: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_clip, tmp_path / "0_CLIPModel")
    listing = [
        {"idx": 0, "name": "0", "path": "0_CLIPModel", "type": "sentence_transformers.models.CLIPModel"}
    ]
    (tmp_path / "modules.json").write_text(json.dumps(listing))
    assert load_backbone(str(tmp_path)).look_id == load_backbone(str(tiny_clip)).look_id


def test_a_text_that_is_longer_than_clip_can_take_is_cut(tiny_clip: Path) -> None:
    backbone = load_backbone(str(tiny_clip))
    long = "the calm after a storm that lasted all night and all day and would not end at all it seemed to us"
    assert backbone.text([long]).shape == (1, backbone.text_size)


def test_training_again_with_the_same_seed_makes_the_same_model(
    trained: tuple[Home, TrainReport], tiny_clip: Path, tiny_gallery: TinyGallery, home: Home
) -> None:
    again = train(_plan(tiny_gallery, tiny_clip), home)
    assert again.model.identity == trained[1].model.identity
    assert again.model.name == "tiny-clip-1"


def test_a_taken_name_is_refused_before_any_work(
    trained: tuple[Home, TrainReport], tiny_gallery: TinyGallery
) -> None:
    with pytest.raises(TrainingError, match=r"'clip' is already in .*--overwrite"):
        train(_plan(tiny_gallery, Path("/no/backbone")), trained[0], "clip")


def test_a_folder_that_was_tampered_with_is_refused(trained: tuple[Home, TrainReport], home: Home) -> None:
    shutil.copytree(trained[1].folder, home.models / "copy")
    record = home.models / "copy" / "moodseum.json"
    record.write_text(record.read_text().replace('"slope": ', '"slope": 9'))
    with pytest.raises(ModelError, match="was changed after it was trained"):
        load_model(home, "copy")
    assert [model.name for model in list_models(home)] == ["copy"]


def test_half_copied_weights_are_refused_in_one_sentence(
    trained: tuple[Home, TrainReport], home: Home
) -> None:
    for number, weights in enumerate(sorted(trained[1].folder.rglob("*.safetensors"))):
        copy = shutil.copytree(trained[1].folder, home.models / f"copy-{number}")
        damaged = copy / weights.relative_to(trained[1].folder)
        damaged.write_bytes(damaged.read_bytes()[: weights.stat().st_size // 2])
        with pytest.raises(ModelError, match="cannot be loaded"):
            load_model(home, copy.name)


def test_whoever_may_read_the_record_may_read_the_weights(trained: tuple[Home, TrainReport]) -> None:
    modes = {path.stat().st_mode for path in trained[1].folder.rglob("*.*") if path.is_file()}
    assert len(modes) == 1


def test_the_whole_path_finds_what_viewers_named(
    trained: tuple[Home, TrainReport], tiny_gallery: TinyGallery
) -> None:
    home, _ = trained
    build_index(open_source(tiny_gallery.wikiart), load_model(home), FolderShelf(home))
    with open_searcher(FolderShelf(home)) as searcher:
        answer = searcher.search("sadness in Impressionist paintings", top_k=4)
    found = [tiny_gallery.moods[hit.painting.key] for hit in answer.hits]
    assert {hit.painting.style for hit in answer.hits} == {"Impressionism"}
    assert found.count("sadness") >= 3
