from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize

from encoders.backbone import Backbone, load_backbone
from encoders.projection import make_heads
from trainer.errors import TrainingError
from trainer.tuning.checks import check_tunable
from trainer.tuning.settings import TuneSettings
from trainer.tuning.unfreezing import unfreeze

HEADS = {"2.sub_modules.image.0.linear", "2.sub_modules.text.0.linear"}
PROJECTIONS = {"0.model.visual_projection", "0.model.text_projection"}
NORMS = {"0.model.vision_model.post_layernorm", "0.model.text_model.final_layer_norm"}


@pytest.fixture(scope="module")
def backbone(tiny_clip: Path) -> Backbone:
    return load_backbone(str(tiny_clip))


@pytest.fixture
def model(backbone: Backbone) -> SentenceTransformer:
    modules: list[torch.nn.Module] = [*backbone.modules, make_heads(24, 24), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu")


def learning(model: SentenceTransformer) -> set[str]:
    """The layers that learn; of a block its path."""
    names = {name.rpartition(".")[0] for name, weight in model.named_parameters() if weight.requires_grad}
    return {
        name.partition(".layers.")[0] + f".layers.{name.partition('.layers.')[2][0]}"
        if ".layers." in name
        else name
        for name in names
    }


def test_projections_learn_with_the_heads(model: SentenceTransformer) -> None:
    unfreeze(model, 0)
    assert learning(model) == HEADS | PROJECTIONS


def test_the_last_blocks_learn_with_the_norms_behind_them(model: SentenceTransformer) -> None:
    unfreeze(model, 1)
    last = {f"0.model.{tower}.encoder.layers.1" for tower in ("vision_model", "text_model")}
    assert learning(model) == HEADS | PROJECTIONS | NORMS | last
    unfreeze(model, 0)
    assert learning(model) == HEADS | PROJECTIONS


def test_a_model_with_fewer_blocks_is_refused(model: SentenceTransformer) -> None:
    with pytest.raises(ValueError, match="3 blocks"):
        unfreeze(model, 3)


@pytest.mark.parametrize("tune", ["heads", "projections", "last-2"])
def test_clip_can_be_tuned(backbone: Backbone, tune: str) -> None:
    check_tunable(backbone, TuneSettings(tune))


def test_more_blocks_than_there_are_are_refused(backbone: Backbone) -> None:
    with pytest.raises(TrainingError, match=r"last-3 names more blocks .* give last-2 at most"):
        check_tunable(backbone, TuneSettings("last-3"))


def test_a_batch_that_processes_cannot_share_is_refused(backbone: Backbone) -> None:
    with pytest.raises(TrainingError, match=r"batch of 128 cannot be shared out among 3 processes"):
        check_tunable(backbone, TuneSettings("projections"), processes=3)


def test_palette_has_only_heads() -> None:
    palette = load_backbone("palette")
    check_tunable(palette, TuneSettings("heads"))
    with pytest.raises(TrainingError, match=r"'palette' has no weights to tune; use --tune heads"):
        check_tunable(palette, TuneSettings("projections"))


def test_a_backbone_that_is_not_built_as_clip_is_refused() -> None:
    other = Backbone("other", load_backbone("palette").modules)
    with pytest.raises(TrainingError, match=r"'other' is not built as CLIP"):
        check_tunable(other, TuneSettings("projections"))
