"""A small CLIP that has learned to tell pictures apart: something whose reasons can be found."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch.nn.functional import cross_entropy, normalize

from encoders.backbone import clip_modules, load_backbone
from encoders.hub import quietly
from encoders.model import EmotionModel
from encoders.seeing.pixels import preparing
from encoders.words.prompts import Prompts
from tests.untrained_model import untrained

SCALE = 10.0
BATCH = 32


def learn_clip(
    folder: Path,
    pictures: Sequence[Image.Image],
    words: Sequence[str],
    votes: npt.ArrayLike,
    *,
    epochs: int,
    learning_rate: float = 1e-3,
) -> EmotionModel:
    """Teach the CLIP in a folder which words each picture evokes, by votes (n, k); its heads stay plain."""
    with quietly():
        [module] = clip_modules(folder)
    model = module.model.train()
    prepare = preparing(module.processor.image_processor)
    pixels = torch.from_numpy(np.stack([prepare(picture) for picture in pictures]))
    shares = normalize(torch.tensor(votes, dtype=torch.float32), p=1, dim=1)
    texts = module.preprocess([sentence for word in words for sentence in Prompts().sentences(word)])
    texts = {name: texts[name] for name in ("input_ids", "attention_mask")}
    optimiser = torch.optim.AdamW(model.parameters(), learning_rate)
    torch.manual_seed(0)
    for _ in range(epochs):
        for rows in _batches(len(pixels)):
            looks = normalize(model.get_image_features(pixels[rows]).pooler_output)
            said = normalize(model.get_text_features(**texts).pooler_output)
            said = normalize(said.reshape(len(words), -1, said.shape[1]).mean(1))
            loss = cross_entropy(SCALE * looks @ said.T, shares[rows])
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
    with quietly():
        model.eval().save_pretrained(folder)
    return untrained(load_backbone(str(folder)))


def _batches(count: int) -> list[torch.Tensor]:
    order = torch.randperm(count)
    return [order[start : start + BATCH] for start in range(0, count, BATCH)]
