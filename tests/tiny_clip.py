"""A small CLIP with random weights in Hugging Face's own format: the real code path without a download."""

import json
import string
from collections.abc import Mapping
from pathlib import Path

from encoders.hub import quietly

WIDTH = 32
IMAGE_SIDE = 32


def make_tiny_clip(folder: Path, projection: int = 24, seed: int = 0) -> Path:
    """Write a CLIP of two narrow layers into a new folder."""
    tower = {"hidden_size": WIDTH, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    return write_clip(folder, tower, {**tower, "patch_size": 8}, IMAGE_SIDE, projection, seed)


def write_clip(
    folder: Path,
    text: Mapping[str, int],
    vision: Mapping[str, int],
    side: int = 224,
    projection: int = 512,
    seed: int = 0,
) -> Path:
    """Write config, weights, tokenizer and preprocessor into a new folder, as a hub would hand them over.

    What `text` and `vision` leave open is as in ViT-B/32. Texts are read letter by letter.
    """
    import torch
    from transformers import CLIPConfig, CLIPModel, CLIPProcessor, CLIPTokenizer
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    folder.mkdir(parents=True)
    vocabulary = _character_vocabulary()
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    end = vocabulary["<|endoftext|>"]
    words = {"vocab_size": len(vocabulary), "eos_token_id": end, "pad_token_id": end, "bos_token_id": end - 1}
    config = CLIPConfig(
        text_config={**text, **words},
        vision_config={**vision, "image_size": side},
        projection_dim=projection,
    )
    pixels = CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
    with quietly():
        torch.manual_seed(seed)
        CLIPModel(config).save_pretrained(folder)
        CLIPProcessor(pixels, tokenizer).save_pretrained(folder)  # type: ignore[no-untyped-call]
    return folder


def _character_vocabulary() -> dict[str, int]:
    characters = [c for c in string.printable if c.isprintable() and not c.isspace()]
    tokens = [*characters, *(f"{c}</w>" for c in characters), "<|startoftext|>", "<|endoftext|>"]
    return {token: number for number, token in enumerate(tokens)}
