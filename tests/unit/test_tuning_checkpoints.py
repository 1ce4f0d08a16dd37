from pathlib import Path

import torch

from trainer.tuning.checkpoints import checkpoint, last_checkpoint, read_scales, write_scales

SCALES = {"to_words.log_scale": torch.tensor(2.5)}


def test_the_latest_whole_checkpoint_is_gone_on_from(tmp_path: Path) -> None:
    for step in (90, 100, 110):
        checkpoint(tmp_path, step).mkdir()
    for step in (90, 100):
        write_scales(checkpoint(tmp_path, step), SCALES)
    (checkpoint(tmp_path, 110) / "model.safetensors").write_bytes(b"half")
    assert last_checkpoint(tmp_path) == checkpoint(tmp_path, 100)


def test_there_may_be_none(tmp_path: Path) -> None:
    checkpoint(tmp_path, 10).mkdir()
    assert last_checkpoint(tmp_path) is None
    assert last_checkpoint(tmp_path / "absent") is None


def test_scales_come_back(tmp_path: Path) -> None:
    write_scales(tmp_path, SCALES)
    assert read_scales(tmp_path) == SCALES
