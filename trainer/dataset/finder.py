"""Finds the picture that an annotation speaks of, whatever happened to the file names on the way."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from posixpath import splitext

from encoders.images import IMAGE_SUFFIXES
from indexer.painting import Painting
from indexer.sources.painting_names import is_wikiart_name, skeleton

Place = int
OTHER_STYLE_NAMES = {"Art_Nouveau": "Art_Nouveau_Modern"}  # ArtGAN's class file, WikiArt's folder
DASHES = re.compile(r"[-_\s\u2010-\u2015]+")


class Finder:
    """Looks up pictures, by their place among those given, as annotation files name them.

    Names are compared as they are, in Unicode's composed form and with either slash; where that fails
    without the image suffix; then without regard to case and to the kind of dash; and then by the ASCII
    skeleton of style and name, which survives every known damage. What several pictures share, or what is
    empty, as the skeletons of names without ASCII letters are, decides nothing.
    """

    def __init__(self, pictures: Iterable[Painting]) -> None:
        keys = [_plain(picture.key) for picture in pictures]
        stems = [_stem(key) for key in keys]
        self._by_key = {key: place for place, key in enumerate(keys)}
        self._by_stem = _unshared(stems)
        self._by_spelling = _unshared([_spelling(stem) for stem in stems])
        self._by_skeleton = _unshared([_skeleton(stem) for stem in stems])
        names = [_name(stem) for stem in stems]
        self._by_name = _of_one_work(names)
        self._by_name_skeleton = _of_one_work(names, [skeleton("", name) for name in names])

    def find(self, style: str, name: str) -> Place | None:
        """The picture of this name in this style's folder; without a style, of this name in any folder.

        Where `style` is a path, also one that begins above the pictures' folder will do.
        """
        paths = list(_tails(_plain(f"{style}/{name}" if style else name)))
        for path in paths:
            place = self._find_path(path)
            if place is not None:
                return place
        return None if style else self.find_name(name)

    def find_name(self, name: str) -> Place | None:
        """The picture of this name, whatever its folder; of a WikiArt work in several folders the first."""
        stem = _stem(_plain(name))
        place = self._by_name.get(stem)
        return self._by_name_skeleton.get(skeleton("", stem)) if place is None else place

    def _find_path(self, path: str) -> Place | None:
        stem = _stem(path)
        spelling = _spelling(stem)
        for places, name in ((self._by_key, path), (self._by_stem, stem), (self._by_spelling, spelling)):
            if name in places:
                return places[name]
        return self._by_skeleton.get(_skeleton(stem)) if skeleton("", _name(stem)) else None


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/"))


def _stem(path: str) -> str:
    stem, suffix = splitext(path)
    return stem if suffix.lower() in IMAGE_SUFFIXES else path


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _spelling(stem: str) -> str:
    return DASHES.sub("-", stem.lower())


def _skeleton(stem: str) -> str:
    style, _, name = stem.rpartition("/")
    return skeleton(OTHER_STYLE_NAMES.get(style, style), name)


def _tails(path: str) -> Iterator[str]:
    """ "a/b/c", "b/c": a name never without its folder, if it has one."""
    yield path
    while path.count("/") > 1:
        path = path.partition("/")[2]
        yield path


def _unshared(names: Sequence[str]) -> dict[str, Place]:
    times = Counter(names)
    return {name: place for place, name in enumerate(names) if times[name] == 1}


def _of_one_work(names: Sequence[str], labels: Sequence[str] | None = None) -> dict[str, Place]:
    """The first place of each label; where several pictures share it they must show one work of WikiArt."""
    places: dict[str, Place] = {}
    shared: set[str] = set()
    for place, (label, name) in enumerate(zip(labels or names, names, strict=True)):
        first = places.setdefault(label, place)
        if first != place and not (names[first] == name and is_wikiart_name(name)):
            shared.add(label)
    return {label: place for label, place in places.items() if label and label not in shared}
