"""Where and how precisely pictures are embedded: chosen from what the machine has, or as one wants it."""

from dataclasses import dataclass
from typing import Literal

from encoders.errors import BackboneError

Precision = Literal["auto", "float32", "bfloat16", "int8"]
Device = Literal["auto", "cpu", "cuda", "mps"]

BFLOAT16_UNITS = {"amx_bf16": "AMX", "avx512_bf16": "AVX512-BF16", "bf16": "BF16"}
"""PyTorch's names of the CPU instructions that multiply bfloat16 matrices, and their makers'."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants; "auto" is the fastest that keeps looks as they are."""

    precision: Precision = "auto"
    device: Device = "auto"


PLAIN = Wish("float32", "cpu")
"""As sentence-transformers computes on any machine; what training, checking and scoring use."""


@dataclass(frozen=True, slots=True)
class Computing:
    """How pictures are embedded, with nothing left to "auto", and in a phrase why so."""

    precision: Precision
    device: Device
    reason: str

    def __str__(self) -> str:
        """Such as "bfloat16 on the CPU (it has AVX512-BF16)"."""
        device = "the CPU" if self.device == "cpu" else self.device.upper()
        return f"{self.precision} on {device} ({self.reason})"


def choose(wish: Wish) -> Computing:
    """Settle what the wish leaves open.

    Raises:
        BackboneError: this machine cannot do what was wished for.
    """
    device = _device(wish.device)
    if wish.precision == "int8" and device != "cpu":
        raise BackboneError(f"int8 is for CPUs, not for {device}; give --device cpu or --precision auto.")
    if wish.precision == "auto":
        return _fastest(device)
    if wish.precision == "bfloat16" and device == "cuda" and not _cuda_has_bfloat16():
        raise BackboneError("This CUDA device does not know bfloat16; give --precision float32.")
    return Computing(wish.precision, device, "as asked for")


def _device(wanted: Device) -> Device:
    import torch

    there: dict[Device, bool] = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if wanted == "auto":
        return next(device for device, is_there in there.items() if is_there)
    if not there[wanted]:
        raise BackboneError(f"There is no {wanted} device on this machine; give --device cpu or auto.")
    return wanted


def _fastest(device: Device) -> Computing:
    if device == "mps":
        return Computing("float32", device, "the precision that all of them know")
    if device == "cuda":
        known = _cuda_has_bfloat16()
        reason = "it knows bfloat16" if known else "it does not know bfloat16"
        return Computing("bfloat16" if known else "float32", device, reason)
    unit = bfloat16_unit()
    if unit:
        return Computing("bfloat16", device, f"it has {unit}")
    return Computing("float32", device, "it has no instructions for bfloat16")


def bfloat16_unit() -> str | None:
    """The name of the CPU's instructions for bfloat16 matrices, if it has any."""
    import torch

    found = torch.cpu.get_capabilities()
    return next((unit for key, unit in BFLOAT16_UNITS.items() if found.get(key)), None)


def _cuda_has_bfloat16() -> bool:
    import torch

    return bool(torch.cuda.is_bf16_supported(including_emulation=False))
