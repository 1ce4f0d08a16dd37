"""New builds without opening an image: retrained heads over stored looks, and without what is gone."""

import shutil
from pathlib import Path

import pytest

from encoders.fake import FakeEncoder
from encoders.home import Home
from indexer.errors import SourceError
from indexer.making.missing import delete_missing, missing
from indexer.making.reindex import has_looks_for, reindex
from indexer.shelves.builds import list_builds
from indexer.shelves.releases import roll_back, the_served
from indexer.sources import open_source
from tests.building import (
    PAINTED,
    Watched,
    assert_same_points,
    counts,
    held_open,
    index,
    paint,
    paint_noise,
    points,
    served_points,
)


@pytest.fixture
def home(quick_folder: Path) -> Home:
    return Home(quick_folder / "home")


@pytest.fixture
def gallery(quick_folder: Path) -> Path:
    return paint_noise(quick_folder / "gallery")


def test_heads_trained_anew_need_neither_images_nor_their_disk(gallery: Path, home: Home) -> None:
    donor = index(gallery, FakeEncoder("old"), home).build
    before = points(donor)
    undisturbed = Home(home.path.with_name("undisturbed"))
    index(gallery, FakeEncoder("new", seed=5), undisturbed)
    shutil.rmtree(gallery)
    retrained = Watched("new", seed=5)
    report = reindex(donor, retrained, home)
    assert (retrained.seen, counts(report), report.up_to_date) == (0, (PAINTED, 0, PAINTED, 0), False)
    assert the_served(home).build == report.build
    assert_same_points(served_points(home), served_points(undisturbed))
    assert_same_points(points(donor), before)


def test_after_reindexing_the_same_source_is_up_to_date(gallery: Path, home: Home) -> None:
    (gallery / "Cubism" / "anna-example_text.jpg").write_text("this is no image")
    donor = index(gallery, FakeEncoder("old"), home).build
    new = FakeEncoder("new", seed=5)
    report = reindex(donor, new, home)
    assert counts(report) == (PAINTED, 0, PAINTED, 1)
    assert "anna-example_text.jpg" in report.skip_list.read_text()
    again = index(gallery, new, home)
    assert (again.up_to_date, again.build) == (True, report.build)


def test_a_build_that_is_there_already_is_served_rather_than_made_again(gallery: Path, home: Home) -> None:
    old = index(gallery, FakeEncoder("old"), home).build
    new = reindex(old, FakeEncoder("new", seed=5), home).build
    report = reindex(new, FakeEncoder("old"), home)
    assert (report.up_to_date, report.build) == (True, old)
    assert the_served(home).build == old
    assert list_builds(home) == [old, new]


def test_what_is_not_to_be_served_yet_is_only_made(gallery: Path, home: Home) -> None:
    old = index(gallery, FakeEncoder("old"), home).build
    report = reindex(old, FakeEncoder("new", seed=5), home, serve=False)
    assert report.build.manifest.finished
    assert the_served(home).build == old


def test_a_release_that_is_being_searched_is_reindexed_from_a_copy(gallery: Path, home: Home) -> None:
    old = index(gallery, FakeEncoder("old"), home).build
    with held_open(old):
        new = reindex(old, FakeEncoder("new", seed=5), home).build
    assert {folder.name for folder in old.folder.parent.iterdir()} == {old.name, new.name}
    assert len(served_points(home)) == PAINTED


def test_looks_of_another_backbone_are_refused(gallery: Path, home: Home) -> None:
    old = index(gallery, FakeEncoder("old"), home).build
    other = FakeEncoder("other", look_seed=1)
    assert has_looks_for(old, FakeEncoder("new", seed=5))
    assert not has_looks_for(old, other)
    with pytest.raises(ValueError, match="not those of other"):
        reindex(old, other, home)


def remove(gallery: Path, numbers: range) -> set[str]:
    """The keys of the paintings that are removed."""
    files = [path for number in numbers for path in gallery.glob(f"*/anna-example_work-{number}-*.png")]
    for file in files:
        file.unlink()
    return {f"{file.parent.name}/{file.stem}" for file in files}


def test_what_is_gone_from_the_source_goes_and_what_is_new_stays_out(gallery: Path, home: Home) -> None:
    before = index(gallery, FakeEncoder(), home).build
    gone = remove(gallery, range(3))
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    found = missing(before, open_source(gallery))
    assert {painting.key for painting in found} == gone
    watched = Watched()
    after = delete_missing(before, found, watched, home)
    assert watched.seen == 0
    assert the_served(home).build == after
    kept = {key: point for key, point in points(before).items() if key not in gone}
    assert_same_points(served_points(home), kept)
    assert len(points(before)) == PAINTED
    assert roll_back(home).build == before


def test_once_the_missing_are_deleted_there_is_nothing_left_to_index(gallery: Path, home: Home) -> None:
    before = index(gallery, FakeEncoder(), home).build
    assert missing(before, open_source(gallery)) == []
    remove(gallery, range(3))
    after = delete_missing(before, missing(before, open_source(gallery)), FakeEncoder(), home)
    assert missing(after, open_source(gallery)) == []
    assert index(gallery, FakeEncoder(), home).build == after


def test_copies_of_what_is_gone_are_copies_of_one_that_stays(gallery: Path, home: Home) -> None:
    for style in ("Cubism", "Impressionism", "Ukiyo_e"):
        paint(gallery / style / "anna-example_again.png", seed=1000)
    before = index(gallery, FakeEncoder(), home).build
    copies = [point for key, point in points(before).items() if key.endswith("again")]
    (first,) = [point.painting for point in copies if point.duplicate_of is None]
    assert before.manifest.duplicates == 2
    first.path.unlink()
    after = delete_missing(before, missing(before, open_source(gallery)), FakeEncoder(), home)
    left = {point.painting.id: point.duplicate_of for point in points(after).values()}
    marks = [mark for mark in left.values() if mark]
    assert after.manifest.duplicates == len(marks) == 1
    assert marks[0] in left


def test_a_row_whose_file_is_gone_is_missing(gallery: Path, home: Home) -> None:
    table = gallery / "list.csv"
    files = sorted(gallery.glob("*/*.png"))[:4]
    table.write_text("path\n" + "".join(f"{file.relative_to(gallery)}\n" for file in files))
    build = index(table, FakeEncoder(), home).build
    files[2].unlink()
    assert [painting.path for painting in missing(build, open_source(table))] == [files[2]]


def test_that_most_is_gone_must_be_meant(gallery: Path, home: Home) -> None:
    before = index(gallery, FakeEncoder(), home).build
    remove(gallery, range(16))
    gone = missing(before, open_source(gallery))
    with pytest.raises(SourceError, match=f"16 of {PAINTED} paintings are gone from {gallery}; .* --force"):
        delete_missing(before, gone, FakeEncoder(), home)
    assert list_builds(home) == [before]
    assert delete_missing(before, gone, FakeEncoder(), home, force=True).manifest.indexed == PAINTED - 16
    everything = [point.painting for point in points(before).values()]
    with pytest.raises(SourceError, match="one at least"):
        delete_missing(before, everything, FakeEncoder(), home, force=True)
