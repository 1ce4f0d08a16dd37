"""What fine-tuning learns from, on disk: one row for each utterance; images are read as they are needed."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict

import datasets
import torch
from datasets import Dataset, load_from_disk
from PIL import Image
from torch import Tensor

from encoders.images import read_for_look
from indexer.painting import Painting
from indexer.sources.pictures import picture_at
from trainer.annotations.annotations import Utterance
from trainer.dataset.join import Annotated
from trainer.dataset.smoothing import Shares
from trainer.rows import Rows

PAINTING = "row"
"""The column that tells the rows of one painting, which follow one another."""

SILENT = -1
"""The emotion of a row without an utterance."""


class Kept(TypedDict):
    """Columns of rows as they are on disk."""

    path: list[str]
    inside: list[str | None]
    utterance: list[str]
    emotion: list[int]
    shares: list[list[float]]


class Inputs(TypedDict):
    """Columns of rows as the trainer takes them."""

    painting: list[Image.Image]
    utterance: list[str]
    label: list[Tensor]


def write_examples(
    folder: Path,
    pictures: Sequence[Painting],
    shares: Shares,
    rows: Rows,
    utterances: Iterable[Utterance] = (),
) -> None:
    """Keep those of n paintings that are in `rows`, each with what was said of it; if nothing, a silent row.

    `shares` are (n, k); the emotion of an utterance is one of their columns.
    """
    said: dict[int, list[tuple[str, int]]] = {int(row): [] for row in rows}
    for utterance in utterances:
        if utterance.painting in said:
            said[utterance.painting].append((utterance.text, utterance.emotion))
    lines = [(row, *line) for row, theirs in said.items() for line in theirs or [("", SILENT)]]
    paintings, texts, emotions = (list(column) for column in zip(*lines, strict=True))
    columns = {
        PAINTING: paintings,
        "path": [str(pictures[row].path.absolute()) for row in paintings],
        "inside": [pictures[row].inside for row in paintings],
        "utterance": texts,
        "emotion": emotions,
        "shares": shares[paintings],
    }
    with _without_bars():
        Dataset.from_dict(columns).save_to_disk(folder)


def words_said(annotated: Annotated, words: Sequence[str]) -> Iterator[Utterance]:
    """The utterances that explain one of these words; their emotion becomes the word's place among them."""
    place = {word: column for column, word in enumerate(words)}
    for said in annotated.utterances:
        word = annotated.emotions[said.emotion]
        if word in place:
            yield Utterance(said.painting, place[word], said.text)


def read_examples(folder: Path) -> Dataset:
    """Rows that turn into `Inputs` when they are taken.

    Raises:
        ImageError: on taking a row whose image can no longer be read.
    """
    return load_from_disk(folder).with_transform(_open)


@contextlib.contextmanager
def _without_bars() -> Iterator[None]:
    """It takes a second, and the library draws its bars even where there is no terminal."""
    shown = not datasets.are_progress_bars_disabled()
    datasets.disable_progress_bars()
    try:
        yield
    finally:
        if shown:
            datasets.enable_progress_bars()


def _open(rows: Kept) -> Inputs:
    return {
        "painting": [_read(*place) for place in zip(rows["path"], rows["inside"], strict=True)],
        # A leading space keeps sentence-transformers from opening a text that looks like a path.
        "utterance": [f" {text}" for text in rows["utterance"]],
        "label": [_label(*row) for row in zip(rows["shares"], rows["emotion"], strict=True)],
    }


def _read(path: str, inside: str | None) -> Image.Image:
    return read_for_look(picture_at(Path(path), inside), name=path)


def _label(shares: list[float], emotion: int) -> Tensor:
    """Vote shares, and below them the emotion that the utterance explains as 1 among zeros: (2, k)."""
    explained = torch.zeros(len(shares))
    if emotion != SILENT:
        explained[emotion] = 1.0
    return torch.stack([torch.tensor(shares), explained])
