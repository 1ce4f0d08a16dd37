"""A build keeps the model that it was made with, so that both can be served, and served again, as a pair.

The model is among the papers of the build, on the machine that made or copied it. From another machine a
build on a server is searched with the model of that name in the home there: the record names the model and
its space, and a model of another space is refused.
"""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.encoder import Encoder
from encoders.errors import ModelError
from encoders.home import Home
from encoders.lazy_model import LazyModel
from encoders.model_folder import list_models
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.shelves.skips import REMARKS, SKIPPED

if TYPE_CHECKING:
    from encoders.model import EmotionModel


def keep_model(shelf: Shelf, encoder: Encoder, build: str) -> None:
    """Keep the encoder's folder among the papers of a build; one that has none in the home keeps nothing.

    Model folders are replaced as a whole and never edited, so their files are linked rather than copied
    where the file system can do that: they take no room until the model itself is replaced.

    Raises:
        ModelError: the model was trained anew since the encoder was loaded.
    """
    folder = shelf.home.models / encoder.name
    if not folder.is_dir():
        return
    kept = Home(shelf.papers(build))
    _copy(folder, kept.models / encoder.name)
    if [record.identity for record in list_models(kept)] != [encoder.identity]:
        raise ModelError(f"The model {encoder.name!r} was trained anew meanwhile; run the command again.")


def load_kept_model(shelf: Shelf, made: Manifest) -> "EmotionModel":
    """Load the model of a build; raises ModelError as `open_kept_model` does."""
    return open_kept_model(shelf, made).model


def open_kept_model(shelf: Shelf, made: Manifest) -> LazyModel:
    """The model of a build as it was kept, or that of its name from the home; its weights are loaded later.

    Raises:
        ModelError: there is neither, or its folder is damaged.
    """
    for home in (Home(shelf.papers(made.build)), shelf.home):
        if (home.models / made.model).is_dir():
            return LazyModel(home, made.model)
    raise ModelError(
        f"Build {made.build} was made with model {made.model!r} (space {made.space_id}), which is not in "
        f"{shelf.home.models}; bring its folder there from the home that made the build, or train one with "
        "`moodseum train` and run `moodseum reindex`."
    )


def copy_papers(source: Path, target: Path) -> None:
    """Bring what goes with a build to another: the model, and the lists of what could not be indexed."""
    copy_lists(source, target)
    if Home(source).models.is_dir():
        _copy(Home(source).models, Home(target).models)


def copy_lists(source: Path, target: Path) -> None:
    """Bring only the lists."""
    target.mkdir(parents=True, exist_ok=True)
    for name in (SKIPPED, REMARKS):
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)


def _copy(folder: Path, target: Path) -> None:
    shutil.copytree(folder, target, copy_function=_link)


def _link(file: str, place: str) -> None:
    try:
        os.link(file, place)
    except OSError:  # another disk, or one without links
        shutil.copy2(file, place)
