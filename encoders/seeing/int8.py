"""CLIP's image tower with weights of 8 bits, by ONNX Runtime: for CPUs that know no bfloat16.

Every 32 weights, and every 32 numbers that they are multiplied with, have a scale of their own. With one
scale for a whole matrix looks would stray too far from those of the full weights.
"""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch
from torch import nn
from tqdm import tqdm

from encoders.errors import BackboneError

if TYPE_CHECKING:
    from onnx import ModelProto

BLOCK = 32
MULTIPLY_IN_INT8 = 4
"""ONNX Runtime's `accuracy_level`: what weights are multiplied with is rounded to 8 bits, too."""


class Int8Tower:
    """Computes on the calling thread alone, whichever that is. Making it takes some seconds.

    Args:
        tower: prepared pictures -> embeddings (n, d).
        example: two or more prepared pictures (n, 3, height, width).

    Raises:
        BackboneError: ONNX Runtime is not installed.
    """

    def __init__(self, tower: nn.Module, example: torch.Tensor) -> None:
        try:
            import onnxruntime
            import onnxscript  # noqa: F401 - PyTorch's exporter needs it
        except ImportError as error:
            raise BackboneError(
                'int8 is computed by ONNX Runtime, which is not installed; run: pip install "moodseum[int8]"'
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        with _quietly(), tqdm(desc="Rounding to int8", total=2, unit=" steps", disable=None) as progress:
            exported = _export(tower, example)
            progress.update()
            quantised = _quantise(exported)
            progress.update()
        self._session = onnxruntime.InferenceSession(quantised, options, providers=["CPUExecutionProvider"])

    def __call__(self, pixels: torch.Tensor) -> torch.Tensor:
        (embeddings,) = self._session.run(None, {"pixels": pixels.numpy()})
        return torch.from_numpy(embeddings)


def _export(tower: nn.Module, example: torch.Tensor) -> "ModelProto":
    """The tower for any number of pictures as an ONNX model."""
    any_number = {"pixels": {0: torch.export.Dim("n")}}
    program = torch.onnx.export(tower, (example,), dynamo=True, dynamic_shapes=any_number, verbose=False)
    assert program is not None  # as ever with dynamo=True
    return program.model_proto


def _quantise(model: "ModelProto") -> bytes:
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    settings = DefaultWeightOnlyQuantConfig(
        block_size=BLOCK, is_symmetric=True, accuracy_level=MULTIPLY_IN_INT8, bits=8
    )
    quantizer = MatMulNBitsQuantizer(model, algo_config=settings)
    quantizer.process()
    quantised: bytes = quantizer.model.model.SerializeToString()
    return quantised


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep what the exporter has to say of itself from the user's terminal."""
    loggers = [logging.getLogger(name) for name in ("torch.onnx", "onnxscript", "onnx_ir", "onnxruntime")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
