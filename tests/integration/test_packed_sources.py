"""Collections in shards and in Parquet files are indexed, served and checked as those in folders are."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from encoders.fake import FakeEncoder
from indexer.checking.verify import verify
from indexer.making.missing import missing
from indexer.shelves.export import export
from indexer.shelves.folder import FolderShelf
from indexer.sources.changes import records
from indexer.sources.opening import open_source
from search_api.errors import PaintingNotFoundError
from search_api.pictures import entity_tag, thumbnail
from tests.building import PAINTED, Watched, another, counts, index, served_points
from tests.counting_backbone import CountingBackbone
from tests.packing import shard_gallery, table_gallery
from trainer.features.cache import Cache
from trainer.features.embedding import compute_looks

Pack = Callable[[Path, Path], Path]


@pytest.fixture(params=[shard_gallery, table_gallery])
def packed(request: pytest.FixtureRequest, gallery: Path, quick_folder: Path) -> Path:
    """The gallery in tar shards or Parquet files."""
    pack: Pack = request.param
    return pack(gallery, quick_folder / "packed")


def test_the_points_are_those_of_the_folder(packed: Path, gallery: Path, shelf: FolderShelf) -> None:
    index(gallery, FakeEncoder(), another(shelf, "unpacked"))
    report = index(packed, FakeEncoder(), shelf)
    assert counts(report) == (PAINTED, PAINTED, 0, 0)
    expected, found = served_points(another(shelf, "unpacked")), served_points(shelf)
    assert found.keys() == expected.keys()
    for key, point in found.items():
        assert point.painting.id == expected[key].painting.id
        assert point.painting.inside is not None
        assert np.array_equal(point.look, expected[key].look)


def test_a_build_passes_its_verification(packed: Path, shelf: FolderShelf) -> None:
    made = index(packed, FakeEncoder(), shelf).made
    verification = verify(shelf, made, FakeEncoder())
    assert verification.passed
    found = {check.name: check.found for check in verification.checks}
    assert found["looks"].startswith(f"{PAINTED} embedded anew, least cosine 1.0000")
    assert found["source"] == "the same paintings as then"


def test_a_second_run_embeds_only_what_has_changed(packed: Path, shelf: FolderShelf) -> None:
    encoder = Watched()
    index(packed, encoder, shelf)
    assert index(packed, encoder, shelf).up_to_date
    next(iter(open_source(packed))).path.unlink()
    seen = encoder.seen
    report = index(packed, encoder, shelf)
    assert (report.made.embedded, encoder.seen) == (0, seen)
    assert 0 < report.made.indexed < PAINTED


def test_pictures_are_sent_from_inside_the_files(packed: Path, gallery: Path) -> None:
    unpacked = {painting.key: painting for painting in open_source(gallery)}
    for painting in open_source(packed):
        assert thumbnail(painting, 16) == thumbnail(unpacked[painting.key], 16)
        assert entity_tag(painting, 16) != entity_tag(unpacked[painting.key], 16)


def test_pictures_whose_file_is_gone_are_not_found(packed: Path) -> None:
    painting = next(iter(open_source(packed)))
    painting.path.unlink()
    with pytest.raises(PaintingNotFoundError):
        thumbnail(painting, 16)


def test_a_picture_that_is_cut_off_is_skipped_and_told(gallery: Path, shelf: FolderShelf) -> None:
    folder = shard_gallery(gallery, gallery.parent / "shards", 1)
    shard = folder / "00000.tar"
    *_, last = open_source(folder)
    assert last.inside is not None
    start = int(last.inside.removeprefix("bytes ").partition("+")[0])
    shard.write_bytes(shard.read_bytes()[: start + 40])
    report = index(folder, FakeEncoder(), shelf)
    assert counts(report) == (PAINTED - 1, PAINTED - 1, 0, 1)
    (reason,) = report.skips
    assert str(shard) in reason
    assert "ends in the middle of" in (report.papers / "remarks.csv").read_text()


def test_what_is_gone_with_its_file_is_found_missing(packed: Path, shelf: FolderShelf) -> None:
    made = index(packed, FakeEncoder(), shelf).made
    paintings = list(open_source(packed))
    inside = {painting.key for painting in paintings if painting.path == paintings[-1].path}
    paintings[-1].path.unlink()
    assert {painting.key for painting in missing(made, open_source(packed), shelf)} == inside


def test_an_exported_table_leads_to_the_same_pictures(packed: Path, shelf: FolderShelf) -> None:
    made = index(packed, FakeEncoder(), shelf).made
    for name in ("table.csv", "table.parquet"):
        with shelf.open(made.build) as store:
            export(store, packed.parent / name)
        index(packed.parent / name, FakeEncoder(), another(shelf, f"of {name}"))
        again = served_points(another(shelf, f"of {name}"))
        expected = served_points(shelf)
        assert {key: point.painting for key, point in again.items()} == {
            key: point.painting for key, point in expected.items()
        }


def test_training_remembers_what_it_has_recognised(packed: Path, quick_folder: Path) -> None:
    found = list(records(open_source(packed)))
    long_ago = [replace(record, fingerprint=f"{record.fingerprint}-1") for record in found]
    with closing(Cache(quick_folder / "cache", "fake")) as cache:
        contents = cache.contents_of(long_ago)
        for record in found:
            record.painting.path.unlink(missing_ok=True)
        assert cache.contents_of(long_ago) == contents
    assert len(set(contents) - {None}) == PAINTED


def test_training_looks_at_them_once(packed: Path, quick_folder: Path) -> None:
    paintings = list(open_source(packed))
    cache = Cache(quick_folder / "cache", "fake")
    backbone = CountingBackbone()
    with closing(cache):
        first = compute_looks(backbone, paintings, cache)
        again = compute_looks(backbone, paintings, cache)
    assert backbone.pictures == PAINTED
    assert np.array_equal(first.vectors, again.vectors)
