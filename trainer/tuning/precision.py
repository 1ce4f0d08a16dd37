"""Whether matrix products are computed in bfloat16, which is faster where the hardware knows it."""

import logging

import torch
from transformers.utils.import_utils import is_torch_bf16_gpu_available

from trainer.tuning.settings import Precision

CPU_INSTRUCTIONS = ("avx512_bf16", "amx_bf16", "bf16")

logger = logging.getLogger(__name__)


def choose_bf16(wanted: Precision) -> bool:
    """Weights stay in float32 either way; where bfloat16 is wanted and not known, a warning says so."""
    if wanted == "off":
        return False
    if _knows_bf16():
        return True
    if wanted == "on":
        logger.warning("This machine does not know bfloat16; tuning goes on in float32.")
    return False


def _knows_bf16() -> bool:
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    if torch.accelerator.is_available():
        return bool(is_torch_bf16_gpu_available())
    found = torch.cpu.get_capabilities()
    return any(found.get(name) for name in CPU_INSTRUCTIONS)
