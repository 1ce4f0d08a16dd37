"""Recognising what kind of source lies at a path."""

from dataclasses import replace
from pathlib import Path

from encoders.images import IMAGE_SUFFIXES
from indexer.errors import SourceError
from indexer.sources import parquet, shards
from indexer.sources.folder import Folder, open_folder
from indexer.sources.parquet import open_parquet, open_parquet_pictures
from indexer.sources.port import Remark, Source
from indexer.sources.shards import open_shards
from indexer.sources.table import TEXT_SUFFIXES, open_table
from indexer.sources.walking import files_at

KINDS = (
    "a folder of images, a .csv, .tsv or .parquet table of their paths, .tar shards or .parquet files "
    "that hold the pictures, or a folder of these"
)


def open_source(path: Path) -> Source:
    """Recognise what lies at a path.

    A folder with images is a folder of images, whatever else is in it; else its shards count, else its
    Parquet files.

    Raises:
        SourceError: nothing is there, it holds no pictures, or it is no file that can be read.
    """
    path = path.resolve()
    if path.is_dir():
        return _open_folder(path)
    if not path.exists():
        raise SourceError(f"{path} does not exist; give {KINDS}.")
    if path.suffix.lower() in TEXT_SUFFIXES:
        return open_table(path)
    if path.name.lower().endswith(tuple(parquet.SUFFIXES)):
        return open_parquet(path)
    source = open_shards(path) if path.name.lower().endswith(tuple(shards.SUFFIXES)) else None
    if source is None:
        raise SourceError(f"{path} is no source of paintings; give {KINDS}.")
    return source


def open_again(name: str) -> Source:
    """Open the source that a build was made of, which goes by its path.

    Raises:
        SourceError: it has moved or gone since, or as `open_source` does.
    """
    path = Path(name)
    if not path.exists():
        raise SourceError(
            f"{path} is gone, from which the build was made; see whether its disk is there, or index the "
            "collection where it is now with `moodseum index build --paintings DIR`."
        )
    return open_source(path)


def _open_folder(path: Path) -> Source:
    folder = open_folder(path)
    if folder:
        return _with_word_of_shards(folder)
    source = open_shards(path) or open_parquet_pictures(path)
    if source is None:
        suffixes = ", ".join(sorted(IMAGE_SUFFIXES))
        raise SourceError(f"No images in {path}; give a folder that holds {suffixes} files, or {KINDS}.")
    return source


def _with_word_of_shards(folder: Folder) -> Folder:
    beside = sum(1 for _ in files_at(folder.path, shards.SUFFIXES))
    if not beside:
        return folder
    text = f"also holds archives ({beside:,}), which are not read beside images; give them by themselves"
    return replace(folder, remarks=(Remark(folder.name, text),))
