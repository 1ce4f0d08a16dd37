"""A model whose heads and bank are random: as fast as a trained one."""

import numpy as np
import torch

from encoders.backbone import Backbone
from encoders.coherence import Calibration, ReferenceBank
from encoders.model import EmotionModel
from encoders.projection import head, make_heads
from encoders.vectors import unit
from encoders.words.emotions import ARTEMIS_NAMED
from encoders.words.prompts import Prompts


def random_model(backbone: Backbone, seed: int) -> EmotionModel:
    heads = make_heads(backbone.look_size, backbone.text_size)
    torch.nn.init.orthogonal_(head(heads, "image").weight, generator=torch.Generator().manual_seed(seed))
    calibration = Calibration(slope=1.0, log_odds=dict.fromkeys(ARTEMIS_NAMED, -2.0))
    bank = ReferenceBank(unit(np.random.default_rng(seed).standard_normal((64, backbone.text_size))))
    return EmotionModel(f"model-{seed}", backbone, heads, calibration, bank, Prompts())
