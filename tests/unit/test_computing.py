"""Choosing where and how precisely pictures are embedded."""

import pytest
import torch

from encoders.errors import BackboneError
from encoders.seeing.computing import Computing, Device, Precision, Wish, choose


@pytest.fixture(autouse=True)
def bare_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """No accelerator, and a CPU without any special instructions."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict)


@pytest.mark.parametrize(
    ("instructions", "unit"), [("avx512_bf16", "AVX512-BF16"), ("amx_bf16", "AMX"), ("bf16", "BF16")]
)
def test_a_cpu_that_knows_bfloat16_uses_it(
    instructions: str, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True, instructions: True})
    assert str(choose(Wish())) == f"bfloat16 on the CPU (it has {unit})"


def test_a_cpu_that_does_not_stays_with_float32() -> None:
    assert choose(Wish()) == Computing("float32", "cpu", "it has no instructions for bfloat16")


@pytest.mark.parametrize("precision", ["float32", "bfloat16", "int8"])
def test_what_is_asked_for_is_done(precision: Precision) -> None:
    assert choose(Wish(precision)) == Computing(precision, "cpu", "as asked for")


@pytest.mark.parametrize(("knows", "precision"), [(True, "bfloat16"), (False, "float32")])
def test_cuda_comes_before_the_cpu(
    knows: bool, precision: Precision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: knows)
    found = choose(Wish())
    assert (found.device, found.precision) == ("cuda", precision)
    assert str(found).startswith(f"{precision} on CUDA")
    assert choose(Wish(device="cpu")).device == "cpu"


def test_mps_computes_in_float32_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert (choose(Wish()).device, choose(Wish()).precision) == ("mps", "float32")
    assert choose(Wish("bfloat16")) == Computing("bfloat16", "mps", "as asked for")


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_refused(device: Device) -> None:
    with pytest.raises(BackboneError, match=f"There is no {device} device .*--device cpu"):
        choose(Wish(device=device))


def test_what_a_device_cannot_compute_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: False)
    with pytest.raises(BackboneError, match="does not know bfloat16; give --precision float32"):
        choose(Wish("bfloat16"))
    with pytest.raises(BackboneError, match="int8 is for CPUs, not for cuda; give --device cpu"):
        choose(Wish("int8"))
