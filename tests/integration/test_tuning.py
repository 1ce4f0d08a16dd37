"""Fine-tuning of a small random CLIP: from linear probing to a backbone with new looks."""

import gc
import multiprocessing
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from sentence_transformers import SentenceTransformer
from torch import distributed
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel

from encoders.backbone import load_backbone
from encoders.errors import ImageError
from encoders.identity import tensors_digest
from encoders.projection import IMAGE, make_heads, project
from encoders.vectors import unit
from encoders.words.prompts import Prompts
from tests.tiny_gallery import TinyGallery, make_tiny_gallery
from trainer.dataset.join import Annotated
from trainer.dataset.material import Material
from trainer.dataset.split import split
from trainer.dataset.training_data import TrainingData, prepare
from trainer.errors import TrainingError
from trainer.features.embedding import compute_looks
from trainer.heads.losses import INITIAL_SCALE
from trainer.tuning.checkpoints import last_checkpoint
from trainer.tuning.guards import alone_in
from trainer.tuning.precision import choose_bf16
from trainer.tuning.run import run
from trainer.tuning.settings import TuneSettings
from trainer.tuning.task import CHECKPOINTS, TUNED, Start, read_outcome
from trainer.tuning.task import prepare as prepare_task
from trainer.tuning.tune import Tuned, discard, tune

FAST = TuneSettings(
    "last-1", epochs=3, batch_size=12, learning_rate=1e-3, head_learning_rate=1e-3, bf16="off"
)
PATIENCE = 120.0
"""Seconds until processes that still wait for each other are ended."""
ENDS = ("layers.1.", "visual_projection", "text_projection", "post_layernorm", "final_layer_norm")


@dataclass(frozen=True, slots=True)
class Probed:
    """All that tuning takes."""

    start: Start
    annotated: Annotated
    data: TrainingData

    def tune(self, folder: Path, settings: TuneSettings = FAST, processes: int = 1) -> Tuned:
        return tune(folder, self.start, self.annotated, self.data, settings, processes)

    def prepare(self, folder: Path, settings: TuneSettings = FAST) -> Path:
        prepare_task(folder, self.start, self.annotated, self.data, settings)
        return folder


def probe(backbone_folder: Path, gallery: TinyGallery) -> Probed:
    """Untrained heads do: what tuning starts from need not be good."""
    backbone, prompts = load_backbone(str(backbone_folder)), Prompts()
    annotated, _ = Material(gallery.wikiart, gallery.annotations).join()
    looks = compute_looks(backbone, annotated.paintings)
    sides = split([painting.key for painting in annotated.paintings], seed=0)
    data = prepare(annotated, looks.vectors, sides, backbone, prompts)
    heads = make_heads(backbone.look_size, backbone.text_size)
    return Probed(Start(backbone, heads, prompts, {}), annotated, data)


@pytest.fixture(scope="module")
def probed(tiny_clip: Path, tiny_gallery: TinyGallery) -> Probed:
    return probe(tiny_clip, tiny_gallery)


@pytest.fixture(scope="module")
def tuned(probed: Probed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tuned]:
    folder = tmp_path_factory.mktemp("runs") / "one"
    return folder, probed.tune(folder)


def weights(tuned: Tuned) -> dict[str, torch.Tensor]:
    modules = [*tuned.backbone.modules, tuned.heads]
    return SentenceTransformer(modules=list[torch.nn.Module](modules), device="cpu").state_dict()


def test_the_ends_of_both_towers_learn_and_nothing_else_of_them(
    probed: Probed, tuned: tuple[Path, Tuned]
) -> None:
    before = weights(Tuned(probed.start.backbone, probed.start.heads, tuned[1].outcome))
    after = weights(tuned[1])
    changed = {name for name in before if not before[name].equal(after[name])}
    of_clip = {name for name in changed if name.startswith("0.")}
    assert all(any(end in name for end in ENDS) for name in of_clip)
    assert all(any(end in name for name in of_clip) for end in ENDS)
    assert changed - of_clip == {name for name in before if "linear" in name}
    assert tuned[1].backbone.look_id != probed.start.backbone.look_id


def test_tuning_starts_from_the_held_out_loss_of_linear_probing(
    probed: Probed, tuned: tuple[Path, Tuned]
) -> None:
    start, data = probed.start, probed.data
    rows = data.split.held_out
    prompts = [start.backbone.text(start.prompts.sentences(word)).mean(axis=0) for word in data.words]
    similarity = project(start.heads, IMAGE, data.looks[rows]) @ unit(prompts).T  # the heads are untrained
    by_hand = functional.cross_entropy(
        INITIAL_SCALE * torch.from_numpy(similarity), torch.from_numpy(data.shares[rows])
    )
    assert tuned[1].outcome.held_out_losses[0] == pytest.approx(by_hand.item(), rel=1e-4)


def test_the_epoch_with_the_lowest_held_out_loss_is_kept(tuned: tuple[Path, Tuned]) -> None:
    outcome = tuned[1].outcome
    assert len(outcome.held_out_losses) == 4
    assert outcome.held_out_losses[outcome.best_epoch] == min(outcome.held_out_losses)
    assert outcome.held_out_losses[outcome.best_epoch] < outcome.held_out_losses[0]


def test_weights_that_only_got_worse_are_not_kept(
    probed: Probed, tuned: tuple[Path, Tuned], tmp_path: Path
) -> None:
    good = replace(probed.start, backbone=tuned[1].backbone, heads=tuned[1].heads)
    wild = replace(FAST, epochs=1, learning_rate=3.0, head_learning_rate=3.0)
    result = replace(probed, start=good).tune(tmp_path / "run", wild)
    assert result.outcome.best_epoch == 0
    assert result.outcome.held_out_losses[1] > result.outcome.held_out_losses[0]
    assert result.backbone.look_id == good.backbone.look_id
    assert tensors_digest(result.heads.state_dict()) == tensors_digest(good.heads.state_dict())


def test_the_result_is_an_ordinary_sentence_transformers_model(
    tuned: tuple[Path, Tuned], pictures: list[Image.Image]
) -> None:
    folder, result = tuned
    ordinary = SentenceTransformer(str(folder / TUNED), device="cpu")
    feelings = project(result.heads, IMAGE, result.backbone.look(pictures))
    np.testing.assert_allclose(ordinary.encode(pictures), feelings, atol=1e-5)


def test_what_is_done_is_only_read_and_another_task_takes_its_place(
    probed: Probed, tuned: tuple[Path, Tuned], tmp_path: Path
) -> None:
    folder = shutil.copytree(tuned[0], tmp_path / "run")
    shutil.rmtree(folder / CHECKPOINTS)
    assert probed.tune(folder).outcome == tuned[1].outcome
    assert not (folder / CHECKPOINTS).exists()
    assert probed.tune(folder, replace(FAST, tune="projections", epochs=1)).outcome.steps == 3
    discard(folder)
    assert not folder.exists()


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_to_the_same_end(probed: Probed, tmp_path: Path) -> None:
    long = replace(FAST, epochs=6, checkpoint_steps=1, accumulation=2)
    killed = probed.prepare(tmp_path / "killed", long)
    undisturbed = shutil.copytree(killed, tmp_path / "undisturbed")
    process = subprocess.Popen([sys.executable, "-m", "trainer.tuning.run", str(killed)])
    while steps(killed) < 3:
        assert process.poll() is None
        time.sleep(0.005)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert 3 <= steps(killed) < 12
    resumed, whole = probed.tune(killed, long), probed.tune(undisturbed, long)
    assert resumed.outcome == whole.outcome
    assert whole.outcome.steps == 12
    assert tensors_digest(weights(resumed)) == tensors_digest(weights(whole))


def steps(folder: Path) -> int:
    """How far a killed run would go on from."""
    reached = last_checkpoint(folder / CHECKPOINTS)
    return int(reached.name.partition("-")[2]) if reached else 0


@contextmanager
def full_disk(bytes_left: int) -> Iterator[None]:
    """No file grows beyond this, as if the disk were full then."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_leaves_no_result_and_can_be_mended(probed: Probed, tmp_path: Path) -> None:
    folder = probed.prepare(tmp_path / "run", replace(FAST, epochs=1))
    with full_disk(100_000), pytest.raises(TrainingError, match=r"stopped \(.*make room and run"):
        run(folder)
    assert not (folder / TUNED).exists()
    assert last_checkpoint(folder / CHECKPOINTS) is None
    run(folder)
    assert read_outcome(folder).steps == 3


def test_nobody_tunes_where_another_is_at_work(probed: Probed, tmp_path: Path) -> None:
    folder = probed.prepare(tmp_path / "run")
    with alone_in(folder):
        for settings in (FAST, replace(FAST, epochs=1)):  # to go on with the task, and to replace it
            with pytest.raises(TrainingError, match=r"Another process is tuning in .*; wait until"):
                probed.tune(folder, settings)


def test_a_folder_without_a_task_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="There is no task in"):
        run(tmp_path)


def test_an_image_that_is_gone_is_told_by_its_name(tiny_clip: Path, tmp_path: Path) -> None:
    gallery = make_tiny_gallery(tmp_path / "gallery", paintings=24)
    probed = probe(tiny_clip, gallery)
    folder = probed.prepare(tmp_path / "run")
    gone = probed.annotated.paintings[int(probed.data.split.held_out[0])].path
    gone.unlink()
    with pytest.raises(ImageError, match=gone.name):
        run(folder)


def test_bfloat16_is_for_computing_and_not_for_keeping(probed: Probed, tmp_path: Path) -> None:
    result = probed.tune(tmp_path / "run", replace(FAST, epochs=1, bf16="on"))
    assert result.outcome.bf16 == choose_bf16("auto")
    assert {weight.dtype for weight in weights(result).values() if weight.is_floating_point()} == {
        torch.float32
    }


@pytest.mark.slow
def test_two_processes_tune_as_one_does(
    probed: Probed,
    tuned: tuple[Path, Tuned],
    pictures: list[Image.Image],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    together, alone = probed.tune(tmp_path / "run", processes=2), tuned[1]
    assert together.outcome.processes == 2
    assert together.outcome.steps == alone.outcome.steps
    np.testing.assert_allclose(together.outcome.held_out_losses, alone.outcome.held_out_losses, rtol=1e-4)
    ours, theirs = (
        project(result.heads, IMAGE, result.backbone.look(pictures)) for result in (together, alone)
    )
    np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert capfd.readouterr().out == ""


@pytest.mark.slow
def test_processes_part_only_when_nothing_is_wrapped_for_them_any_more(
    probed: Probed, tmp_path: Path
) -> None:
    folder = probed.prepare(tmp_path / "run", replace(FAST, epochs=1))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=_tune_as, args=(rank, port, folder)) for rank in (0, 1)]
    for process in both:
        process.start()
    for process in both:
        process.join(PATIENCE)
        process.kill()  # harmless where it has ended
    assert [process.exitcode for process in both] == [0, 0]
    assert read_outcome(folder).processes == 2


def _tune_as(rank: int, port: int, folder: Path) -> None:
    """One of two processes; its exit code is 0 if they parted, and nothing was wrapped then."""
    os.environ |= {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": "2"}
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    part = distributed.destroy_process_group
    wrapped: list[int] = []

    def count_and_part(group: distributed.ProcessGroup | None = None) -> None:
        wrapped.append(sum(type(thing) is DistributedDataParallel for thing in gc.get_objects()))
        part(group)

    distributed.destroy_process_group = count_and_part
    run(folder)
    sys.exit(wrapped != [0])
