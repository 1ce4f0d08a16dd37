import multiprocessing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize, Router
from torch import Tensor, distributed, nn
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel

from encoders.backbone import load_backbone
from encoders.projection import TEXT, head, make_heads
from trainer.heads.losses import INITIAL_SCALE, SoftSymmetricLoss
from trainer.tuning.objective import Features, Objective
from trainer.tuning.settings import TuneSettings
from trainer.tuning.unfreezing import unfreeze

SETTINGS = TuneSettings("last-1")
PROMPTS = [["awe", "full of awe"], ["fear", "full of fear"]]
SAID = [" so wide", " ", " it lurks behind the trees", " dark"]
LABELS = torch.tensor(
    [
        [[0.9, 0.1], [1.0, 0.0]],
        [[0.2, 0.8], [0.0, 0.0]],  # nobody spoke of it
        [[0.5, 0.5], [0.0, 1.0]],
        [[0.0, 1.0], [0.0, 1.0]],
    ]
)
PATIENCE = timedelta(minutes=2)
COLOURS = ["navy", "wheat", "olive", "black"]


@pytest.fixture(scope="module")
def objective(tiny_clip: Path) -> Objective:
    return make_objective(tiny_clip)


def make_objective(clip: Path, settings: TuneSettings = SETTINGS) -> Objective:
    modules: list[nn.Module] = [*load_backbone(str(clip)).modules, make_heads(24, 24), Normalize()]
    model = SentenceTransformer(modules=modules, device="cpu")
    unfreeze(model, 1)
    return Objective(model, PROMPTS, settings)


def features(model: SentenceTransformer, rows: slice = slice(None)) -> tuple[Features, Features]:
    pictures = [Image.new("RGB", (32, 32), colour) for colour in COLOURS[rows]]
    return model.preprocess(pictures), model.preprocess(SAID[rows])


def embedded(objective: Objective) -> tuple[Tensor, Tensor, Tensor]:
    """Paintings, utterances and words as the model gives them."""
    model = objective.model
    pictures, said = (model(inputs)["sentence_embedding"] for inputs in features(model))
    sentences = [sentence for sentences in PROMPTS for sentence in sentences]
    prompts = model(model.preprocess(sentences))["sentence_embedding"]
    words = functional.normalize(prompts.view(2, 2, -1).mean(dim=1), dim=1)
    return pictures, said, words


def test_it_is_the_loss_of_linear_probing_on_words_and_on_what_was_said(objective: Objective) -> None:
    pictures, said, words = embedded(objective)
    spoken = torch.tensor([0, 2, 3])
    shares, loss = LABELS[:, 0], SoftSymmetricLoss()
    on_utterances = loss.of_utterances(
        pictures[spoken], said[spoken], shares[spoken], torch.tensor([0, 1, 1])
    )
    expected = loss.of_votes(pictures, words, shares) + SETTINGS.utterance_weight * on_utterances
    found = objective(features(objective.model), LABELS)
    assert found.item() == pytest.approx(expected.item(), rel=1e-5)


def test_where_nobody_spoke_only_words_count(objective: Objective) -> None:
    pictures, _, words = embedded(objective)
    silent = torch.stack([LABELS[:, 0], torch.zeros(4, 2)], dim=1)
    expected = SoftSymmetricLoss().of_votes(pictures, words, LABELS[:, 0])
    assert objective(features(objective.model), silent).item() == pytest.approx(expected.item(), rel=1e-5)


def test_it_is_evaluated_by_the_cross_entropy_of_votes(objective: Objective) -> None:
    with torch.no_grad():
        pictures, _, words = embedded(objective)
        expected = functional.cross_entropy(INITIAL_SCALE * pictures @ words.T, LABELS[:, 0])
        found = objective(features(objective.model), LABELS)
    assert found.item() == pytest.approx(expected.item(), rel=1e-5)


def test_weights_are_drawn_to_where_they_started(tiny_clip: Path) -> None:
    pulled = make_objective(tiny_clip, replace(SETTINGS, pull=0.5))
    free = make_objective(tiny_clip, replace(SETTINGS, pull=0.0))
    for objective in (pulled, free):
        with torch.no_grad():
            heads = objective.model[2]
            assert isinstance(heads, Router)
            head(heads, TEXT).bias.add_(0.1)  # 24 numbers
    losses = [objective(features(objective.model), LABELS).item() for objective in (pulled, free)]
    assert losses[0] - losses[1] == pytest.approx(0.5 * 24 * 0.1**2, rel=1e-3)


def test_scales_are_handed_over(tiny_clip: Path, objective: Objective) -> None:
    other = make_objective(tiny_clip)
    other.set_scales({"to_words.log_scale": torch.tensor(1.0)})
    assert other.scales() == objective.scales() | {"to_words.log_scale": torch.tensor(1.0)}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:torch.distributed.nn.functional.all_gather:FutureWarning")  # not ours
def test_two_processes_gather_what_one_has_together(tiny_clip: Path, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=_learn_half, args=(rank, tiny_clip, tmp_path)) for rank in (0, 1)]
    for process in both:
        process.start()
    for process in both:
        process.join(PATIENCE.total_seconds())
        process.kill()  # harmless where it has ended
    objective = make_objective(tiny_clip)
    alone = _learn(objective, features(objective.model), LABELS)
    for rank in (0, 1):
        together = load_file(tmp_path / f"{rank}.safetensors")
        assert together.keys() == alone.keys()
        for name, value in alone.items():
            torch.testing.assert_close(together[name], value, atol=1e-6, rtol=1e-4)


def _learn_half(rank: int, clip: Path, folder: Path) -> None:
    """One of two processes, with two of the four rows."""
    meeting = f"file://{folder}/meeting"
    distributed.init_process_group("gloo", meeting, rank=rank, world_size=2, timeout=PATIENCE)
    try:
        save_file(_learn_rows(clip, slice(2 * rank, 2 * rank + 2)), folder / f"{rank}.safetensors")
        distributed.barrier()  # both files are there
    finally:
        distributed.destroy_process_group()


def _learn_rows(clip: Path, rows: slice) -> dict[str, Tensor]:
    """What is wrapped here must be gone before the processes part, or it may wait for the other forever."""
    objective = make_objective(clip)
    inputs = features(objective.model, rows)
    objective.model = DistributedDataParallel(objective.model)  # type: ignore[assignment]  # as the trainer does
    return _learn(objective, inputs, LABELS[rows])


def _learn(objective: Objective, inputs: tuple[Features, Features], labels: Tensor) -> dict[str, Tensor]:
    """The loss and the gradients of all that learns."""
    loss = objective(inputs, labels)
    loss.backward()
    gradients = {
        name.replace("model.module.", "model."): weight.grad
        for name, weight in objective.named_parameters()
        if weight.grad is not None
    }
    return {"loss": loss.detach(), **gradients}
