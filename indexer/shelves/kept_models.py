"""A build keeps the model that it was made with, so that both can be served, and served again, as a pair."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.encoder import Encoder
from encoders.errors import ModelError
from encoders.home import Home
from encoders.model_folder import list_models, load_model
from indexer.shelves.builds import Build, builds_folder
from indexer.shelves.manifest import Manifest

if TYPE_CHECKING:
    from encoders.model import EmotionModel


def keep_model(home: Home, encoder: Encoder, build: Path) -> None:
    """Keep the encoder's folder in that of a build; an encoder that has none in the home keeps nothing.

    Model folders are replaced as a whole and never edited, so their files are linked rather than copied
    where the file system can do that: they take no room until the model itself is replaced.

    Raises:
        ModelError: the model was trained anew since the encoder was loaded.
    """
    folder = home.models / encoder.name
    if not folder.is_dir():
        return
    kept = Home(build)
    shutil.copytree(folder, kept.models / encoder.name, copy_function=_link)
    if [record.identity for record in list_models(kept)] != [encoder.identity]:
        raise ModelError(f"The model {encoder.name!r} was trained anew meanwhile; run the command again.")


def load_kept_model(home: Home, build: Build) -> "EmotionModel":
    """Load the model of a build as it keeps it, or from the home; raises ModelError as `load_model` does."""
    kept = Home(build.folder)
    holds_it = (kept.models / build.manifest.model).is_dir()
    return load_model(kept if holds_it else home, build.manifest.model)


def load_model_of(home: Home, manifest: Manifest) -> "EmotionModel":
    """Load the model of a build that stands elsewhere, from the home's build of that name or the home."""
    return load_kept_model(home, Build(builds_folder(home) / manifest.build, manifest))


def _link(file: str, place: str) -> None:
    try:
        os.link(file, place)
    except OSError:  # another disk, or one without links
        shutil.copy2(file, place)
