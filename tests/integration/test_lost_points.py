"""A served build whose files got lost: nobody is answered from what is left; the next run makes it anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from encoders.fake import FakeEncoder
from indexer.errors import IndexFormatError
from indexer.making.copying import copy_build
from indexer.making.reindex import reindex
from indexer.shelves.folder import FolderShelf
from indexer.shelves.releases import the_served
from indexer.shelves.wholeness import check_whole, is_whole
from indexer.store.edge.layout import CONFIG_FILE
from tests.building import PAINTED, another, held_open, index, points, served_points, store_of


@pytest.fixture
def bereft(gallery: Path, shelf: FolderShelf) -> FolderShelf:
    index(gallery, FakeEncoder(), shelf)
    shutil.rmtree(store_of(shelf, the_served(shelf)) / "segments")
    return shelf


def test_the_refusal_counts_what_is_left_and_names_the_ways_out(bereft: FolderShelf) -> None:
    made = the_served(bereft)
    with (
        bereft.open(made.build) as store,
        pytest.raises(
            IndexFormatError, match=rf"holds 0 of its {PAINTED} paintings; `moodseum index build .* rollback`"
        ),
    ):
        check_whole(store, made, bereft)


def test_the_next_build_makes_it_anew(gallery: Path, bereft: FolderShelf) -> None:
    lost = the_served(bereft)
    report = index(gallery, FakeEncoder(), bereft)
    assert not report.up_to_date
    assert report.made.build != lost.build
    assert len(served_points(bereft)) == PAINTED


def test_the_next_reindexing_makes_it_anew(gallery: Path, shelf: FolderShelf) -> None:
    donor = index(gallery, FakeEncoder(), shelf).made
    other = FakeEncoder("other", seed=1)
    lost = reindex(donor, other, shelf).made
    shutil.rmtree(store_of(shelf, lost) / "segments")
    report = reindex(donor, other, shelf)
    assert (report.up_to_date, len(points(shelf, report.made))) == (False, PAINTED)


def test_what_lost_points_is_not_reindexed(bereft: FolderShelf) -> None:
    with pytest.raises(IndexFormatError, match="holds 0 of its"):
        reindex(the_served(bereft), FakeEncoder("other", seed=1), bereft)


def tear_log(store: Path) -> None:
    for log in (store / "wal").glob("*"):
        log.write_bytes(b"torn")


def lose_layout(store: Path) -> None:
    (store / CONFIG_FILE).unlink()


@pytest.mark.parametrize("damage", [tear_log, lose_layout])
def test_a_build_that_cannot_be_opened_is_made_anew(
    damage: Callable[[Path], None], gallery: Path, shelf: FolderShelf
) -> None:
    made = index(gallery, FakeEncoder(), shelf).made
    assert is_whole(shelf, made)
    damage(store_of(shelf, made))
    assert not is_whole(shelf, made)
    assert not index(gallery, FakeEncoder(), shelf).up_to_date
    assert len(served_points(shelf)) == PAINTED


def test_a_copy_that_lost_its_points_is_sent_again(gallery: Path, shelf: FolderShelf) -> None:
    made, target = index(gallery, FakeEncoder(), shelf).made, another(shelf, "target")
    assert copy_build(shelf, target).sent
    shutil.rmtree(store_of(target, made) / "segments")
    assert copy_build(shelf, target).sent
    assert len(served_points(target)) == PAINTED
    assert not copy_build(shelf, target).sent


def test_a_build_that_somebody_has_open_is_taken_to_be_whole(bereft: FolderShelf) -> None:
    made = the_served(bereft)
    with held_open(bereft, made):
        assert is_whole(bereft, made)
