"""The hand-made features as a sentence-transformers module: the image side of the offline backbone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import torch
from PIL import Image
from sentence_transformers.base.modality_types import Modality, PairInput, SingleInput
from sentence_transformers.base.modules import InputModule

from encoders.errors import BackboneError, ImageError
from encoders.images import read_for_look
from encoders.palette.catalogue import FEATURE_NAMES, FEATURE_VERSION, features

FEATURES = "palette"
"""The key of the raw features between `preprocess` and `forward`."""


class PaletteFeatures(InputModule):
    """Pictures -> unit vectors of the features that `encoders.palette` measures. It has no weights.

    Raises:
        BackboneError: `version` is not the feature version of this Moodseum.
    """

    config_keys: list[str] = ["version"]  # noqa: RUF012 - declared so by the base class
    save_in_root = False

    def __init__(self, version: int | None = FEATURE_VERSION) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        if version != FEATURE_VERSION:
            raise BackboneError(
                f"The palette features have version {version}, but this Moodseum measures version "
                f"{FEATURE_VERSION}; train the model again, or use the Moodseum it was made with."
            )
        self.version = version

    @property
    def modalities(self) -> list[Modality]:
        return ["image"]

    def get_embedding_dimension(self) -> int:
        return len(FEATURE_NAMES)

    def preprocess(
        self, inputs: Sequence[SingleInput | PairInput], prompt: str | None = None, **kwargs: object
    ) -> dict[str, torch.Tensor]:
        """Measure n pictures, given as such or by their paths: {"palette": (n, d)}; a prompt has no effect.

        Raises:
            ImageError: a path holds no readable image, or an input is neither picture nor path.
        """
        measured = [features(_picture(source)) for source in inputs]
        rows = np.stack(measured) if measured else np.empty((0, len(FEATURE_NAMES)), np.float32)
        return {FEATURES: torch.from_numpy(rows)}

    def forward(self, features: dict[str, torch.Tensor], **kwargs: object) -> dict[str, torch.Tensor]:
        """Add "sentence_embedding" (n, d), rows of unit length."""
        features["sentence_embedding"] = torch.nn.functional.normalize(features[FEATURES], dim=1)
        return features

    def save(
        self, output_path: str, *args: object, safe_serialization: bool = True, **kwargs: object
    ) -> None:
        self.save_config(output_path)

    @classmethod
    def load(
        cls,
        model_name_or_path: str,
        subfolder: str = "",
        token: bool | str | None = None,
        cache_folder: str | None = None,
        revision: str | None = None,
        local_files_only: bool = False,
        init_defaults: dict[str, object] | None = None,
        **kwargs: object,
    ) -> Self:
        """Read the module back from what `save` wrote.

        Raises:
            BackboneError: it was saved with another feature version, or without any.
        """
        config = cls.load_config(
            model_name_or_path,
            subfolder=subfolder,
            token=token,
            cache_folder=cache_folder,
            revision=revision,
            local_files_only=local_files_only,
        )
        return cls(config.get("version"))


def _picture(source: object) -> Image.Image:
    if isinstance(source, Image.Image):
        return source
    if isinstance(source, str | Path):
        return read_for_look(Path(source))
    raise ImageError(
        f"A {type(source).__name__} is no picture; give a PIL image or the path of an image file."
    )
