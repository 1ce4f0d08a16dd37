"""A copy of CLIP's image tower in other numbers or at another place."""

from copy import deepcopy

import torch
from torch import nn
from transformers import CLIPModel

from encoders.seeing.computing import Computing


class TowerCopy(nn.Module):
    """Prepared pictures (n, 3, height, width) -> embeddings (n, d), as `CLIPModel.get_image_features`."""

    def __init__(self, model: CLIPModel, computing: Computing) -> None:
        super().__init__()
        self._type = torch.bfloat16 if computing.precision == "bfloat16" else torch.float32
        self._device = torch.device(computing.device)
        self.vision = deepcopy(model.vision_model)
        self.projection = deepcopy(model.visual_projection)
        self.to(self._device, self._type).requires_grad_(False).eval()

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        pixels = pixels.to(self._device, self._type)
        embeddings: torch.Tensor = self.projection(self.vision(pixels).pooler_output)
        return embeddings
