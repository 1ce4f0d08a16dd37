"""A small CLIP with random weights in Hugging Face's own format: the real code path without a download."""

import json
import string
from pathlib import Path

from encoders.hub import quietly

WIDTH = 32
IMAGE_SIDE = 32


def make_tiny_clip(folder: Path, projection: int = 24, seed: int = 0) -> Path:
    """Write config, weights, tokenizer and preprocessor into a new folder, as a hub would hand them over."""
    import torch
    from transformers import CLIPConfig, CLIPModel, CLIPProcessor, CLIPTokenizer
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    folder.mkdir(parents=True)
    vocabulary = _character_vocabulary()
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    tower = {"hidden_size": WIDTH, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    end = vocabulary["<|endoftext|>"]
    text = {"vocab_size": len(vocabulary), "eos_token_id": end, "pad_token_id": end, "bos_token_id": end - 1}
    config = CLIPConfig(
        text_config={**tower, **text},
        vision_config={**tower, "image_size": IMAGE_SIDE, "patch_size": 8},
        projection_dim=projection,
    )
    size = {"height": IMAGE_SIDE, "width": IMAGE_SIDE}
    pixels = CLIPImageProcessorPil(size={"shortest_edge": IMAGE_SIDE}, crop_size=size)
    with quietly():
        torch.manual_seed(seed)
        CLIPModel(config).save_pretrained(folder)
        CLIPProcessor(pixels, tokenizer).save_pretrained(folder)  # type: ignore[no-untyped-call]
    return folder


def _character_vocabulary() -> dict[str, int]:
    characters = [c for c in string.printable if c.isprintable() and not c.isspace()]
    tokens = [*characters, *(f"{c}</w>" for c in characters), "<|startoftext|>", "<|endoftext|>"]
    return {token: number for number, token in enumerate(tokens)}
