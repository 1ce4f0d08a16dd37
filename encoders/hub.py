"""Getting a backbone's files from a model hub, or saying quickly and clearly why not."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from encoders.errors import BackboneError

DEFAULT_BACKBONE = "clip-ViT-B-32"
PALETTE = "palette"
"""The backbone that needs no hub."""

PATIENCE_SECONDS = 5.0
ORGANISATION = "sentence-transformers"
SETTINGS = ("*.json", "*.txt")
SAFE_WEIGHTS = "*.safetensors"
PICKLED_WEIGHTS = "*.bin"
"""Only where a model offers nothing safer; they are read as plain tensors (`weights_only`)."""


def download(reference: str) -> Path:
    """Fetch a hub model, or find it in the local cache; a bare name belongs to sentence-transformers.

    Raises:
        BackboneError: within seconds when the hub cannot be reached or has no such model.
    """
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError

    repository = reference if "/" in reference else f"{ORGANISATION}/{reference}"
    try:
        listing = HfApi().model_info(repository, timeout=PATIENCE_SECONDS)
        names = [file.rfilename for file in listing.siblings or []]
        weights = SAFE_WEIGHTS if any(name.endswith(".safetensors") for name in names) else PICKLED_WEIGHTS
        return Path(snapshot_download(repository, allow_patterns=[*SETTINGS, weights]))
    except (HFValidationError, RepositoryNotFoundError) as error:
        raise BackboneError(
            f"No backbone {reference!r}: it is no folder here and the model hub has none of that name; give "
            "an existing folder, a hub id such as 'clip-ViT-B-32', or 'palette'."
        ) from error
    except Exception as error:  # every transport has its own errors, and all mean: not reached
        return _cached(reference, repository, error)


def _cached(reference: str, repository: str, reason: Exception) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except LocalEntryNotFoundError:
        raise BackboneError(
            f"The backbone {reference!r} is not on this machine and the model hub cannot be reached; give a "
            "local folder (--backbone /path/to/clip-ViT-B-32), name a mirror (HF_ENDPOINT=https://...), or "
            "use the offline backbone (--backbone palette)."
        ) from reason


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Keep loading bars and advice of the libraries from the user's terminal."""
    from transformers.utils import logging as transformers_logging

    level = transformers_logging.get_verbosity()
    bars = transformers_logging.is_progress_bar_enabled()
    sentence_logger = logging.getLogger("sentence_transformers")
    sentence_level = sentence_logger.level
    transformers_logging.set_verbosity(logging.ERROR)
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    sentence_logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        transformers_logging.set_verbosity(level)
        sentence_logger.setLevel(sentence_level)
        if bars:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]
