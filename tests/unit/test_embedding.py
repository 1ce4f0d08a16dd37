"""From records to points: what becomes of a batch, and that it can travel."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encoders.fake import FakeEncoder
from indexer.making.embedding import embed_batch, prepare_batch, read_and_embed
from indexer.painting import Painting
from indexer.sources.changes import Record


@pytest.fixture
def records(tmp_path: Path, pictures: list[Image.Image]) -> list[Record]:
    """The second of six files is no picture."""
    paths = [tmp_path / f"{number}.png" for number in range(len(pictures))]
    for picture, path in zip(pictures, paths, strict=True):
        picture.save(path)
    paths[1].write_text("no picture")
    return [Record(Painting(key=path.name, path=path, title=path.stem), path.stem) for path in paths]


def test_points_are_looks_and_feelings_of_the_files(
    records: list[Record], pictures: list[Image.Image]
) -> None:
    encoder = FakeEncoder()
    batch = read_and_embed(encoder, records)
    readable = [records[n] for n in (0, 2, 3, 4, 5)]
    assert [(p.painting, p.fingerprint) for p in batch.points] == [
        (r.painting, r.fingerprint) for r in readable
    ]
    looks = encoder.look([pictures[n] for n in (0, 2, 3, 4, 5)])
    np.testing.assert_allclose([point.look for point in batch.points], looks, atol=1e-6)
    np.testing.assert_allclose([p.feeling for p in batch.points], encoder.feeling(looks), atol=1e-6)


def test_an_unreadable_picture_is_refused_and_shifts_no_other(records: list[Record]) -> None:
    batch = prepare_batch(FakeEncoder(), records)
    assert [record.painting.key for record in batch.records] == ["0.png", "2.png", "3.png", "4.png", "5.png"]
    assert len(batch.pictures) == 5
    (refused,) = batch.refused
    assert refused.record == records[1]
    assert "1.png is not an image" in refused.reason


def test_a_batch_without_a_readable_picture_gives_no_point(records: list[Record]) -> None:
    batch = read_and_embed(FakeEncoder(), records[1:2])
    assert (batch.points, len(batch.refused)) == ((), 1)


def test_both_stages_may_run_in_different_processes(records: list[Record]) -> None:
    encoder: FakeEncoder = pickle.loads(pickle.dumps(FakeEncoder()))
    prepared = pickle.loads(pickle.dumps(prepare_batch(encoder, records)))
    sent = pickle.loads(pickle.dumps(embed_batch(encoder, prepared)))
    here = read_and_embed(encoder, records)
    assert [point.painting for point in sent.points] == [point.painting for point in here.points]
    np.testing.assert_array_equal([p.look for p in sent.points], [p.look for p in here.points])
    assert sent.refused == here.refused
