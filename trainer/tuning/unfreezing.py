"""Which weights of a model learn: the heads always, of CLIP's towers the ends that lead into them."""

from collections.abc import Iterator, Sequence

from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Transformer
from torch import nn

PROJECTIONS = ("visual_projection", "text_projection")
FINAL_NORMS = {"vision_model": "post_layernorm", "text_model": "final_layer_norm"}
"""The towers, and the layer norm that follows the last block of each."""


def unfreeze(model: SentenceTransformer, blocks: int) -> None:
    """Let CLIP's projections, the last blocks of both towers and the heads learn, and nothing else.

    The heads are the last module but one; with blocks the layer norms learn that follow them.

    Raises:
        ValueError: there is no CLIP in it, or it has fewer blocks.
    """
    *_, heads, _ = modules = list(model)
    clip = find_clip(modules)
    if clip is None or count_blocks(clip) < blocks:
        raise ValueError(f"the model has no CLIP with {blocks} blocks")
    model.requires_grad_(False)
    for part in (*_ends(clip, blocks), heads):
        part.requires_grad_(True)


def find_clip(modules: Sequence[nn.Module]) -> nn.Module | None:
    """The network behind the first module, if it is built as CLIP's."""
    first = modules[0]
    if not isinstance(first, Transformer):
        return None
    parts = {name for name, _ in first.model.named_modules()}
    return first.model if parts.issuperset({*PROJECTIONS, *map(_path, FINAL_NORMS)}) else None


def count_blocks(clip: nn.Module) -> int:
    """How many blocks the lower of the two towers has."""
    return min(len(_blocks(clip, tower)) for tower in FINAL_NORMS)


def _ends(clip: nn.Module, blocks: int) -> Iterator[nn.Module]:
    yield from map(clip.get_submodule, PROJECTIONS)
    if blocks:
        for tower, norm in FINAL_NORMS.items():
            yield from _blocks(clip, tower)[-blocks:]
            yield clip.get_submodule(f"{tower}.{norm}")


def _blocks(clip: nn.Module, tower: str) -> nn.ModuleList:
    blocks = clip.get_submodule(_path(tower))
    assert isinstance(blocks, nn.ModuleList)
    return blocks


def _path(tower: str) -> str:
    return f"{tower}.encoder.layers"
