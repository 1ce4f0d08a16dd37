import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch
from datasets import Dataset
from PIL import Image

from encoders.errors import ImageError
from encoders.images import read_for_look
from indexer.painting import Painting
from indexer.sources.opening import open_source
from trainer.annotations.annotations import Utterance
from trainer.dataset.join import Annotated
from trainer.tuning.examples import PAINTING, read_examples, words_said, write_examples

SHARES = np.array([[0.75, 0.25], [0.5, 0.5], [0.0, 1.0]], np.float32)
SAID = (Utterance(2, 1, "dark.jpg"), Utterance(0, 0, "so wide"), Utterance(2, 0, "and yet it shines"))


@pytest.fixture
def images(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path, colour in zip(paths, ("navy", "wheat", "olive"), strict=True):
        Image.new("RGB", (1200, 900), colour).save(path)
    return paths


@pytest.fixture
def examples(images: list[Path], tmp_path: Path) -> Dataset:
    pictures = [Painting(path.name, path, path.stem) for path in images]
    write_examples(tmp_path / "examples", pictures, SHARES, np.array([2, 1]), SAID)
    return read_examples(tmp_path / "examples")


def test_there_is_a_row_for_each_utterance_and_one_where_nobody_spoke(examples: Dataset) -> None:
    assert examples.with_format(None)[PAINTING] == [2, 2, 1]
    assert examples["utterance"] == [" dark.jpg", " and yet it shines", " "]


def test_a_label_holds_the_shares_and_the_emotion_explained(examples: Dataset) -> None:
    labels = torch.stack(examples[:]["label"])
    torch.testing.assert_close(labels[:, 0], torch.from_numpy(SHARES[[2, 2, 1]]))
    assert labels[:, 1].tolist() == [[0, 1], [1, 0], [0, 0]]


def test_images_are_those_that_serving_reads(examples: Dataset, images: list[Path]) -> None:
    [painting] = examples[2:3]["painting"]
    assert painting.tobytes() == read_for_look(images[1]).tobytes()


def test_images_are_read_from_within_a_shard(images: list[Path], tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "shard.tar", "w") as shard:
        shard.add(images[0], "0.png")
    [painting] = open_source(tmp_path / "shard.tar")
    write_examples(tmp_path / "packed", [painting], SHARES, np.array([0]))
    [read] = read_examples(tmp_path / "packed")[:]["painting"]
    assert read.tobytes() == read_for_look(images[0]).tobytes()


def test_images_are_read_when_their_row_is_taken(examples: Dataset, images: list[Path]) -> None:
    images[2].unlink()
    assert examples[2]["utterance"] == " "
    with pytest.raises(ImageError, match=r"No image file at .*2\.png"):
        examples[0]


def test_utterances_follow_their_words_to_new_places() -> None:
    paintings = tuple(Painting(key, Path(key), key) for key in ("a", "b"))
    said = (Utterance(1, 2, "gloom"), Utterance(0, 0, "vast"), Utterance(0, 1, "hm"))
    counts = np.ones((2, 3), np.int64)
    annotated = Annotated(("awe", "something else", "sadness"), paintings, counts, said)
    found = list(words_said(annotated, ("sadness", "awe")))
    assert found == [Utterance(1, 0, "gloom"), Utterance(0, 1, "vast")]
