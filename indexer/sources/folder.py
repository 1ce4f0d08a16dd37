"""Folders of images, WikiArt's and any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from encoders.images import IMAGE_SUFFIXES
from indexer.painting import Painting
from indexer.sources.painting_names import is_wikiart_name, parse_name, parse_title
from indexer.sources.port import Kind, Remark
from indexer.sources.walking import names_below


@dataclass(frozen=True, slots=True)
class Folder:
    """The images below a folder; in WikiArt's layout style/artist_title.jpg the names tell of the works.

    Keys are "style/artist_title" where the layout says so, else the path below the folder.
    """

    path: Path
    kind: Kind
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        return str(self.path)

    def __iter__(self) -> Iterator[Painting]:
        for folder, names in names_below(self.path, IMAGE_SUFFIXES):
            if self.kind == "wikiart" and folder.parent == self.path:
                yield from _wikiart_paintings(folder, names)
            else:
                yield from (_plain_painting(self.path, folder / name) for name in names)


def open_folder(folder: Path) -> Folder | None:
    """The images of a folder, if it holds any.

    Raises:
        SourceError: a folder below cannot be listed.
    """
    images = [
        (*place.relative_to(folder).parts, name)
        for place, names in names_below(folder, IMAGE_SUFFIXES)
        for name in names
    ]
    if not images:
        return None
    top = {parts[0] for parts in images}
    if len(top) == 1 and (only := top.pop()).lower() == "wikiart":
        return open_folder(folder / only)
    styled = sum(len(parts) == 2 and is_wikiart_name(PurePath(parts[1]).stem) for parts in images)
    return Folder(folder, "wikiart" if styled * 2 > len(images) else "folder")


def _wikiart_paintings(folder: Path, names: list[str]) -> Iterator[Painting]:
    taken = set(names)
    for name in names:
        path = folder / name
        key = name if path.stem in taken else path.stem  # the stem goes to the first that has it
        taken.add(key)
        said = parse_name(path.stem)
        yield Painting(
            key=f"{folder.name}/{key}",
            path=path,
            title=said.title,
            artist=said.artist,
            style=folder.name,
            year=said.year,
        )


def _plain_painting(root: Path, path: Path) -> Painting:
    return Painting(key=path.relative_to(root).as_posix(), path=path, title=parse_title(path.stem))
