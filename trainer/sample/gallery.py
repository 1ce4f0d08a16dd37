"""Writing a painted gallery in the formats of WikiArt and ArtEmis."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from encoders.files import write_atomically
from trainer.errors import GalleryError
from trainer.sample.sketch import Sketch, sketch
from trainer.sample.titles import unique

PICTURES = "wikiart"
ANNOTATIONS = "artemis_dataset_release_v0.csv"
COLUMNS = ("art_style", "painting", "emotion", "utterance", "repetition")
QUALITY = 90  # of the JPEG files


@dataclass(frozen=True, slots=True)
class Gallery:
    """A painted gallery: the WikiArt folder, the ArtEmis file, and how much is in them."""

    pictures: Path
    annotations: Path
    paintings: int
    votes: int


@dataclass(frozen=True, slots=True)
class Hanging:
    """A sketch and the file name, without its ending, under which it hangs in its style's room."""

    sketch: Sketch
    name: str

    @property
    def place(self) -> Path:
        return Path(self.sketch.style, f"{self.name}.jpg")


def paint_gallery(directory: Path, paintings: int, seed: int = 0) -> Gallery:
    """Paint a gallery and let simulated viewers vote on it.

    Writes `directory/wikiart/<Style>/<artist>_<title>.jpg` and, last, ArtEmis' release file. The same seed
    gives the same bytes; more paintings only add to fewer. Each file is replaced in one step, so that a
    killed run leaves whole files only and may simply be repeated.

    Raises:
        GalleryError: fewer than one painting, a negative seed, or a directory that is a file or that holds
            pictures or annotations of other origin.
    """
    if paintings < 1:
        raise GalleryError(f"Cannot paint {paintings} paintings; ask for at least 1.")
    if seed < 0:
        raise GalleryError(f"The seed is {seed}; give 0 or a positive number.")
    if directory.exists() and not directory.is_dir():
        raise GalleryError(f"{directory} is a file; give a folder to paint the gallery in.")
    hangings = list(plan(paintings, seed))
    _refuse_strangers(directory, hangings)
    pictures = directory / PICTURES
    for hanging in tqdm(hangings, desc="Painting", unit="painting", disable=None):
        _hang(pictures, hanging)
    rows = [row for hanging in hangings for row in _rows(hanging)]
    write_atomically(directory / ANNOTATIONS, _as_csv(rows))
    return Gallery(pictures, directory / ANNOTATIONS, paintings, len(rows))


def plan(paintings: int, seed: int) -> Iterator[Hanging]:
    """The first paintings of a seed's endless gallery, with names that are unique within each style."""
    taken: dict[str, set[str]] = {}
    for number in range(paintings):
        work = sketch(seed, number)
        names = taken.setdefault(work.style, set())
        name = unique(work.label.slug, names)
        names.add(name)
        yield Hanging(work, name)


def _refuse_strangers(directory: Path, hangings: Iterable[Hanging]) -> None:
    """Never overwrite real annotations, nor mix in pictures that nobody here would vote on."""
    planned = {hanging.place for hanging in hangings}
    for place in chain(_pictures_in(directory / PICTURES), _annotated_in(directory / ANNOTATIONS)):
        if place not in planned:
            raise GalleryError(
                f"{directory} already holds {place}, which is not of this gallery; give a new folder."
            )


def _pictures_in(pictures: Path) -> Iterator[Path]:
    return (path.relative_to(pictures) for path in pictures.rglob("[!.]*") if path.is_file())


def _annotated_in(annotations: Path) -> Iterator[Path]:
    if annotations.exists():
        with annotations.open(newline="", encoding="utf-8", errors="replace") as file:
            for row in csv.DictReader(file):
                yield Path(str(row.get("art_style")), f"{row.get('painting')}.jpg")


def _hang(pictures: Path, hanging: Hanging) -> None:
    path = pictures / hanging.place
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded = io.BytesIO()
    hanging.sketch.paint().save(encoded, "JPEG", quality=QUALITY)
    if not path.exists() or path.read_bytes() != encoded.getvalue():  # a file left alone needs no new look
        write_atomically(path, encoded.getvalue())


def _rows(hanging: Hanging) -> Iterator[tuple[str, str, str, str, int]]:
    reception, utterances = hanging.sketch.exhibit()
    for emotion, utterance in zip(reception.emotions, utterances, strict=True):
        yield hanging.sketch.style, hanging.name, emotion, utterance, len(utterances)


def _as_csv(rows: Iterable[tuple[str, str, str, str, int]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue()
