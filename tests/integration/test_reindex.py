"""New builds without opening an image: retrained heads over stored looks, and without what is gone."""

import shutil
from pathlib import Path

import pytest

from encoders.fake import FakeEncoder
from indexer.errors import SourceError
from indexer.making.missing import delete_missing, missing
from indexer.making.reindex import has_looks_for, reindex
from indexer.shelves.folder import FolderShelf
from indexer.shelves.releases import roll_back, the_served
from indexer.sources.opening import open_source
from tests.building import (
    PAINTED,
    Watched,
    another,
    assert_same_points,
    counts,
    folders,
    held_open,
    index,
    paint,
    points,
    served_points,
)


def test_heads_trained_anew_need_neither_images_nor_their_disk(gallery: Path, shelf: FolderShelf) -> None:
    donor = index(gallery, FakeEncoder("old"), shelf).made
    before = points(shelf, donor)
    undisturbed = another(shelf, "undisturbed")
    index(gallery, FakeEncoder("new", seed=5), undisturbed)
    shutil.rmtree(gallery)
    retrained = Watched("new", seed=5)
    report = reindex(donor, retrained, shelf)
    assert (retrained.seen, counts(report), report.up_to_date) == (0, (PAINTED, 0, PAINTED, 0), False)
    assert the_served(shelf) == report.made
    assert_same_points(served_points(shelf), served_points(undisturbed))
    assert_same_points(points(shelf, donor), before)


def test_after_reindexing_the_same_source_is_up_to_date(gallery: Path, shelf: FolderShelf) -> None:
    (gallery / "Cubism" / "anna-example_text.jpg").write_text("this is no image")
    donor = index(gallery, FakeEncoder("old"), shelf).made
    new = FakeEncoder("new", seed=5)
    report = reindex(donor, new, shelf)
    assert counts(report) == (PAINTED, 0, PAINTED, 1)
    assert "anna-example_text.jpg" in report.skip_list.read_text()
    again = index(gallery, new, shelf)
    assert (again.up_to_date, again.made) == (True, report.made)


def test_a_build_that_is_there_already_is_served_rather_than_made_again(
    gallery: Path, shelf: FolderShelf
) -> None:
    old = index(gallery, FakeEncoder("old"), shelf).made
    new = reindex(old, FakeEncoder("new", seed=5), shelf).made
    report = reindex(new, FakeEncoder("old"), shelf)
    assert (report.up_to_date, report.made) == (True, old)
    assert the_served(shelf) == old
    assert shelf.builds() == [old, new]


def test_what_is_not_to_be_served_yet_is_only_made(gallery: Path, shelf: FolderShelf) -> None:
    old = index(gallery, FakeEncoder("old"), shelf).made
    report = reindex(old, FakeEncoder("new", seed=5), shelf, serve=False)
    assert report.made.finished
    assert the_served(shelf) == old


def test_a_release_that_is_being_searched_is_reindexed_from_a_copy(gallery: Path, shelf: FolderShelf) -> None:
    old = index(gallery, FakeEncoder("old"), shelf).made
    with held_open(shelf, old):
        new = reindex(old, FakeEncoder("new", seed=5), shelf).made
    assert folders(shelf) == {old.build, new.build}
    assert len(served_points(shelf)) == PAINTED


def test_looks_of_another_backbone_are_refused(gallery: Path, shelf: FolderShelf) -> None:
    old = index(gallery, FakeEncoder("old"), shelf).made
    other = FakeEncoder("other", look_seed=1)
    assert has_looks_for(old, FakeEncoder("new", seed=5))
    assert not has_looks_for(old, other)
    with pytest.raises(ValueError, match="not those of other"):
        reindex(old, other, shelf)


def remove(gallery: Path, numbers: range) -> set[str]:
    """The keys of the paintings that are removed."""
    files = [path for number in numbers for path in gallery.glob(f"*/anna-example_work-{number}-*.png")]
    for file in files:
        file.unlink()
    return {f"{file.parent.name}/{file.stem}" for file in files}


def test_what_is_gone_from_the_source_goes_and_what_is_new_stays_out(
    gallery: Path, shelf: FolderShelf
) -> None:
    before = index(gallery, FakeEncoder(), shelf).made
    gone = remove(gallery, range(3))
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    found = missing(before, open_source(gallery), shelf)
    assert {painting.key for painting in found} == gone
    watched = Watched()
    after = delete_missing(before, found, watched, shelf)
    assert watched.seen == 0
    assert the_served(shelf) == after
    kept = {key: point for key, point in points(shelf, before).items() if key not in gone}
    assert_same_points(served_points(shelf), kept)
    assert len(points(shelf, before)) == PAINTED
    assert roll_back(shelf) == before


def test_once_the_missing_are_deleted_there_is_nothing_left_to_index(
    gallery: Path, shelf: FolderShelf
) -> None:
    before = index(gallery, FakeEncoder(), shelf).made
    assert missing(before, open_source(gallery), shelf) == []
    remove(gallery, range(3))
    after = delete_missing(before, missing(before, open_source(gallery), shelf), FakeEncoder(), shelf)
    assert missing(after, open_source(gallery), shelf) == []
    assert index(gallery, FakeEncoder(), shelf).made == after


def test_copies_of_what_is_gone_are_copies_of_one_that_stays(gallery: Path, shelf: FolderShelf) -> None:
    for style in ("Cubism", "Impressionism", "Ukiyo_e"):
        paint(gallery / style / "anna-example_again.png", seed=1000)
    before = index(gallery, FakeEncoder(), shelf).made
    copies = [point for key, point in points(shelf, before).items() if key.endswith("again")]
    (first,) = [point.painting for point in copies if point.duplicate_of is None]
    assert before.duplicates == 2
    first.path.unlink()
    after = delete_missing(before, missing(before, open_source(gallery), shelf), FakeEncoder(), shelf)
    left = {point.painting.id: point.duplicate_of for point in points(shelf, after).values()}
    marks = [mark for mark in left.values() if mark]
    assert after.duplicates == len(marks) == 1
    assert marks[0] in left


def test_a_row_whose_file_is_gone_is_missing(gallery: Path, shelf: FolderShelf) -> None:
    table = gallery / "list.csv"
    files = sorted(gallery.glob("*/*.png"))[:4]
    table.write_text("path\n" + "".join(f"{file.relative_to(gallery)}\n" for file in files))
    build = index(table, FakeEncoder(), shelf).made
    files[2].unlink()
    assert [painting.path for painting in missing(build, open_source(table), shelf)] == [files[2]]


def test_that_most_is_gone_must_be_meant(gallery: Path, shelf: FolderShelf) -> None:
    before = index(gallery, FakeEncoder(), shelf).made
    remove(gallery, range(16))
    gone = missing(before, open_source(gallery), shelf)
    with pytest.raises(SourceError, match=f"16 of {PAINTED} paintings are gone from {gallery}; .* --force"):
        delete_missing(before, gone, FakeEncoder(), shelf)
    assert shelf.builds() == [before]
    assert delete_missing(before, gone, FakeEncoder(), shelf, force=True).indexed == PAINTED - 16
    everything = [point.painting for point in points(shelf, before).values()]
    with pytest.raises(SourceError, match="one at least"):
        delete_missing(before, everything, FakeEncoder(), shelf, force=True)
