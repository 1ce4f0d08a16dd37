"""What every place for builds promises, asked of a home's folder and of a Qdrant server alike.

The server is the client's own in-memory mode, and a real one where MOODSEUM_TEST_QDRANT_URL names it.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.vectors import Vectors
from indexer.checking.verify import verify
from indexer.errors import IndexFormatError, IndexNotFoundError
from indexer.making.missing import delete_missing, missing
from indexer.making.new_build import begin
from indexer.making.reindex import reindex
from indexer.shelves.folder import FolderShelf
from indexer.shelves.manifest import Manifest
from indexer.shelves.prune import prune, superfluous
from indexer.shelves.releases import find, promote, roll_back, served_if_there, the_served
from indexer.shelves.server import ServerShelf
from indexer.shelves.shelf import Pointer, Shelf
from indexer.shelves.status import index_status
from indexer.sources.opening import open_source
from tests.building import PAINTED, Watched, assert_same_points, break_off, counts, index, paint, points, put
from tests.qdrant import LOCAL, QUIET, SERVERS, local_client, real_server
from tests.records import LONG_AGO, unfilled

pytestmark = QUIET


@pytest.fixture
def folder(quick_folder: Path) -> FolderShelf:
    return FolderShelf(Home(quick_folder / "home"))


@pytest.fixture
def local_mode(quick_folder: Path) -> ServerShelf:
    return ServerShelf(local_client(), LOCAL, Home(quick_folder / "home"))


@pytest.fixture
def server(quick_folder: Path) -> Iterator[ServerShelf]:
    with real_server() as (client, settings):
        yield ServerShelf(client, settings, Home(quick_folder / "home"))


@pytest.fixture(params=["folder", *SERVERS])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    found: Shelf = request.getfixturevalue(request.param)
    return found


def damage(shelf: Shelf, made: Manifest) -> None:
    """Make the record one that this Moodseum cannot read."""
    shelf.record(replace(made, format=99))


def test_an_empty_place_holds_nothing_and_is_left_so(shelf: Shelf) -> None:
    assert (shelf.builds(), shelf.damaged(), shelf.pointer()) == ([], [], None)
    shelf.tidy()
    shelf.remove("nobody")
    assert not shelf.home.path.exists()


def test_builds_are_told_by_their_records_oldest_first(shelf: Shelf) -> None:
    two, one = put(shelf, "2"), put(shelf, "1", finished=False)
    assert shelf.builds() == [one, two]
    done = replace(one, finished=True, indexed=7)
    shelf.record(done)
    assert shelf.builds() == [done, two]


def test_a_name_is_given_once(shelf: Shelf) -> None:
    put(shelf, "one")
    with pytest.raises(FileExistsError), shelf.create(unfilled("one")):
        pass


def test_points_that_went_in_are_there_however_they_are_opened(shelf: Shelf, gallery: Path) -> None:
    made = index(gallery, FakeEncoder(), shelf).made
    expected = points(shelf, made)
    with shelf.open(made.build) as store, shelf.open(made.build, shared=True) as same:
        assert store.count() == same.count() == PAINTED == len(expected)
    with shelf.open(made.build, shared=True), closing(shelf.lend(made.build)) as lent:
        assert lent.count() == PAINTED


def test_what_is_not_there_cannot_be_opened(shelf: Shelf) -> None:
    with pytest.raises(IndexNotFoundError):
        shelf.lend("nobody")
    with pytest.raises(IndexNotFoundError), shelf.open("nobody"):
        pass


def test_a_removed_build_is_gone_with_its_papers(shelf: Shelf) -> None:
    one, two = put(shelf, "one"), put(shelf, "two")
    shelf.papers("one").mkdir(parents=True, exist_ok=True)
    shelf.remove(one.build)
    shelf.remove(one.build)
    assert shelf.builds() == [two]
    assert not shelf.papers("one").exists()


def test_the_pointer_swings_in_one_step_and_may_hold_one_name(shelf: Shelf) -> None:
    put(shelf, "one")
    put(shelf, "two")
    for pointer in (Pointer("one", "two"), Pointer("two", "one"), Pointer("one", None)):
        shelf.point(pointer)
        assert shelf.pointer() == pointer


def test_promoting_remembers_the_one_before_and_rolling_back_swaps_them(shelf: Shelf) -> None:
    one, two = put(shelf, "one"), put(shelf, "two")
    for made in (one, two, two):
        promote(shelf, made)
    assert shelf.pointer() == Pointer("two", "one")
    assert roll_back(shelf) == one == the_served(shelf)
    assert roll_back(shelf) == two == served_if_there(shelf)


def test_an_unfinished_build_is_never_served(shelf: Shelf) -> None:
    promote(shelf, put(shelf, "one"))
    with pytest.raises(ValueError, match="two is not finished"):
        promote(shelf, put(shelf, "two", finished=False))
    assert the_served(shelf).build == "one"


def test_there_must_be_something_to_roll_back_to(shelf: Shelf) -> None:
    with pytest.raises(IndexNotFoundError, match="No build was served before"):
        roll_back(shelf)
    one, two = put(shelf, "one"), put(shelf, "two")
    promote(shelf, one)
    with pytest.raises(IndexNotFoundError, match="No build was served before"):
        roll_back(shelf)
    promote(shelf, two)
    damage(shelf, one)
    with pytest.raises(IndexFormatError, match="format 99"):
        roll_back(shelf)
    assert the_served(shelf) == two


def test_a_finished_build_is_found_by_name_and_else_the_newest_is(shelf: Shelf) -> None:
    with pytest.raises(IndexNotFoundError, match="none yet"):
        find(shelf)
    one, two = put(shelf, "a-1"), put(shelf, "a-2")
    put(shelf, "a-3", finished=False)
    assert (find(shelf), find(shelf, "a-1")) == (two, one)
    with pytest.raises(IndexNotFoundError, match=r"no finished build a-3 .*there: a-1, a-2"):
        find(shelf, "a-3")


def test_nothing_is_served_before_the_first_promotion(shelf: Shelf) -> None:
    put(shelf, "one")
    assert served_if_there(shelf) is None
    with pytest.raises(IndexNotFoundError, match=r"No build is served in .*index promote.*index build"):
        the_served(shelf)


def test_a_damaged_record_stands_in_the_way_of_no_other_build(shelf: Shelf, gallery: Path) -> None:
    one, two = put(shelf, "1"), put(shelf, "2")
    promote(shelf, one)
    promote(shelf, two)
    damage(shelf, two)
    (ruin,) = shelf.damaged()
    assert (ruin.build, shelf.builds()) == ("2", [one])
    assert shelf.standing("2").where in ruin.error
    assert "upgrade Moodseum" in ruin.error
    assert served_if_there(shelf) is None
    with pytest.raises(IndexFormatError, match="format 99"):
        find(shelf, "2")
    with pytest.raises(IndexFormatError, match="format 99"):
        the_served(shelf)
    status = index_status(shelf)
    assert ([build.state for build in status.builds], status.damaged) == (["previous"], (ruin,))
    assert not status.lacks_served
    assert counts(index(gallery, FakeEncoder(), shelf)) == (PAINTED, PAINTED, 0, 0)
    assert shelf.pointer() == Pointer(the_served(shelf).build, "2")


def test_pruning_spares_damaged_builds_unless_told_otherwise(shelf: Shelf) -> None:
    kept, ruin = put(shelf, "kept"), put(shelf, "ruin")
    put(shelf, "old")
    damage(shelf, ruin)
    with pytest.raises(IndexNotFoundError, match="none would be kept"):
        prune(shelf)
    promote(shelf, kept)
    found = prune(shelf)
    assert (found.builds, [spared.build for spared in found.spared]) == (("old",), ["ruin"])
    assert superfluous(shelf, damaged=True).builds == ("ruin",)
    assert (prune(shelf, damaged=True).builds, shelf.damaged()) == (("ruin",), [])
    damage(shelf, kept)
    assert prune(shelf, damaged=True).builds == ()


def test_pruning_leaves_a_build_that_is_being_filled(shelf: Shelf) -> None:
    promote(shelf, put(shelf, "kept"))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with shelf.create(replace(unfilled("filling", finished=False), created=now)):
        assert shelf.standing("filling").in_use
        assert prune(shelf).builds == ()
    put(shelf, "abandoned", finished=False)
    assert not shelf.standing("abandoned").in_use
    assert "abandoned" in prune(shelf).builds


def test_status_tells_what_each_build_is_for(shelf: Shelf) -> None:
    for name in ("1", "2", "3"):
        put(shelf, name)
    put(shelf, "4", finished=False)
    shelf.point(Pointer("3", "1"))
    found = index_status(shelf)
    assert [build.state for build in found.builds] == ["previous", "finished", "served", "unfinished"]
    assert (found.served, found.previous, found.lacks_served) == ("3", "1", False)


def test_building_again_embeds_only_what_is_new_and_changes_nothing_else(shelf: Shelf, gallery: Path) -> None:
    first = index(gallery, FakeEncoder(), shelf).made
    before = points(shelf, first)
    again = index(gallery, FakeEncoder(), shelf)
    assert (again.up_to_date, again.made) == (True, first)
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    assert counts(index(gallery, FakeEncoder(), shelf)) == (PAINTED + 1, 1, PAINTED, 0)
    assert_same_points(points(shelf, first), before)
    assert shelf.pointer() == Pointer(the_served(shelf).build, first.build)


@pytest.mark.usefixtures("one_worker")
def test_a_build_that_broke_off_is_taken_over(shelf: Shelf, gallery: Path) -> None:
    break_off(gallery, shelf)
    assert shelf.pointer() is None
    report = index(gallery, FakeEncoder(), shelf)
    assert counts(report) == (PAINTED, PAINTED - 8, 8, 0)
    assert shelf.builds() == [report.made] == [the_served(shelf)]
    assert verify(shelf, report.made, FakeEncoder()).passed


@pytest.mark.usefixtures("one_worker")
def test_a_run_that_was_alive_after_all_keeps_what_it_finished(shelf: Shelf, gallery: Path) -> None:
    break_off(gallery, shelf)
    (first,) = shelf.builds()

    class Meanwhile(FakeEncoder):
        """Sees the first run come to its end while the second embeds."""

        def feeling(self, looks: Vectors) -> Vectors:
            shelf.record(replace(first, finished=True))
            return super().feeling(looks)

    index(gallery, Meanwhile(), shelf)
    assert first.build in [made.build for made in shelf.builds()]


def test_heads_trained_anew_are_projected_and_what_is_gone_is_taken_out(shelf: Shelf, gallery: Path) -> None:
    donor = index(gallery, FakeEncoder("old"), shelf).made
    retrained = Watched("new", seed=5)
    report = reindex(donor, retrained, shelf)
    assert (retrained.seen, counts(report)) == (0, (PAINTED, 0, PAINTED, 0))
    min(gallery.glob("*/*.png")).unlink()
    gone = missing(report.made, open_source(gallery), shelf)
    left = delete_missing(report.made, gone, retrained, shelf)
    assert the_served(shelf) == left
    assert len(points(shelf, left)) == PAINTED - 1
    assert roll_back(shelf) == report.made


def test_what_a_killed_reindexing_left_goes_with_the_next_run(shelf: Shelf, gallery: Path) -> None:
    donor = index(gallery, FakeEncoder("old"), shelf).made
    new = FakeEncoder("new", seed=5)
    with begin(shelf, new, donor.source, donor.source_kind, donor=donor.build) as (left, _):
        pass
    shelf.record(replace(left, created=LONG_AGO))
    report = reindex(donor, new, shelf)
    assert shelf.builds() == [donor, report.made]
