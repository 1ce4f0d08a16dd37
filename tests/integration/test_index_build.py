"""Building indexes of real image files with the embedded store and a small encoder that obeys the port."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encoders.fake import FakeEncoder
from encoders.vectors import Prepared, Vectors
from indexer.checking.verify import verify
from indexer.errors import IndexBusyError, SourceError
from indexer.making.build import build_index
from indexer.making.missing import missing
from indexer.making.reindex import reindex
from indexer.shelves.folder import FolderShelf
from indexer.shelves.manifest import MANIFEST
from indexer.shelves.releases import the_served
from indexer.sources.opening import open_source
from indexer.store.base import Filter
from indexer.store.edge import EdgeStore
from tests.building import (
    CHECKOUT,
    PAINTED,
    STYLES,
    Watched,
    another,
    assert_same_points,
    break_off,
    counts,
    folders,
    held_open,
    index,
    paint,
    points,
    served_points,
    store_of,
)
from tests.conftest import PAINTINGS


def test_a_gallery_is_indexed_and_served(gallery: Path, shelf: FolderShelf) -> None:
    encoder = Watched()
    report = index(gallery, encoder, shelf)
    assert counts(report) == (PAINTED, PAINTED, 0, 0)
    assert (report.up_to_date, report.skips) == (False, ())
    release = the_served(shelf)
    assert (release.model, release) == ("fake", report.made)
    assert release.finished
    assert (release.source, release.source_kind) == (str(gallery), "wikiart")
    assert release.space_id == encoder.identity.space_id
    store = shelf.lend(release.build)
    assert store.facet("style") == dict.fromkeys(STYLES, PAINTED // 3)
    assert store.count(Filter(year_from=1805, year_to=1807)) == 3
    store.close()


def test_every_painting_gets_the_vectors_of_its_own_image(gallery: Path, shelf: FolderShelf) -> None:
    encoder = FakeEncoder()
    index(gallery, encoder, shelf)
    for point in served_points(shelf).values():
        with Image.open(point.painting.path) as image:
            look = encoder.look([image.convert("RGB")])
        assert np.allclose(point.look, look[0], atol=1e-6)
        assert np.allclose(point.feeling, encoder.feeling(look)[0], atol=1e-6)


def test_unreadable_images_are_skipped_named_and_shift_no_others(gallery: Path, shelf: FolderShelf) -> None:
    index(gallery, FakeEncoder(), shelf)
    sound = served_points(shelf)
    broken = gallery / "Cubism" / "anna-example_work-12-1812.png"
    broken.write_bytes(broken.read_bytes()[:100])
    (gallery / "Ukiyo_e" / "anna-example_text-1900.jpg").write_text("this is no image")
    other = another(shelf, "other")
    report = index(gallery, FakeEncoder(), other)
    assert counts(report) == (PAINTED - 1, PAINTED - 1, 0, 2)
    with report.skip_list.open(newline="") as file:
        listed = {row["key"]: row["reason"] for row in csv.DictReader(file)}
    assert listed.keys() == {"Cubism/anna-example_work-12-1812", "Ukiyo_e/anna-example_text-1900"}
    assert str(broken) in listed["Cubism/anna-example_work-12-1812"]
    assert set(report.skips) == set(listed.values())
    del sound["Cubism/anna-example_work-12-1812"]
    assert_same_points(served_points(other), sound)


def test_an_unchanged_gallery_makes_no_new_build(gallery: Path, shelf: FolderShelf) -> None:
    (gallery / "Cubism" / "anna-example_text.jpg").write_text("this is no image")
    first = index(gallery, FakeEncoder(), shelf)
    encoder = Watched()
    again = index(gallery, encoder, shelf)
    assert again.up_to_date
    assert again.made == first.made
    assert encoder.seen == 0
    assert shelf.builds() == [first.made]
    first.skip_list.unlink()
    assert index(gallery, FakeEncoder(), shelf).up_to_date


def test_what_was_skipped_is_tried_again_though_its_file_looks_the_same(
    gallery: Path, shelf: FolderShelf
) -> None:
    late = gallery / "Cubism" / "anna-example_late-1900.png"
    paint(late, 77)
    sound, state = late.read_bytes(), late.stat()
    late.write_bytes(bytes(len(sound)))
    os.utime(late, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert counts(index(gallery, FakeEncoder(), shelf)) == (PAINTED, PAINTED, 0, 1)
    assert index(gallery, FakeEncoder(), shelf).up_to_date
    late.write_bytes(sound)
    os.utime(late, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert counts(index(gallery, FakeEncoder(), shelf)) == (PAINTED + 1, 1, PAINTED, 0)
    assert index(gallery, FakeEncoder(), shelf).up_to_date


def test_only_what_is_new_or_changed_is_embedded(gallery: Path, shelf: FolderShelf) -> None:
    first = index(gallery, FakeEncoder(), shelf)
    before = points(shelf, first.made)
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    paint(gallery / "Cubism" / "anna-example_work-0-1800.png", 88)
    (gallery / "Cubism" / "anna-example_work-3-1803.png").unlink()
    encoder = Watched()
    report = index(gallery, encoder, shelf)
    assert encoder.seen == 2
    assert counts(report) == (PAINTED, 2, PAINTED - 2, 0)
    undisturbed = another(shelf, "undisturbed")
    index(gallery, FakeEncoder(), undisturbed)
    assert_same_points(served_points(shelf), served_points(undisturbed))
    assert_same_points(points(shelf, first.made), before)


def test_changed_records_come_through_without_opening_an_image(gallery: Path, shelf: FolderShelf) -> None:
    names = sorted(path.relative_to(gallery).as_posix() for path in gallery.rglob("*.png"))
    table = gallery / "list.csv"
    table.write_text("path,title,year\n" + "".join(f"{name},Old,1900\n" for name in names))
    index(table, FakeEncoder(), shelf)
    table.write_text("path,title,artist\n" + "".join(f"{name},New,Anna\n" for name in names))
    encoder = Watched()
    report = index(table, encoder, shelf)
    assert (encoder.seen, counts(report)) == (0, (PAINTED, 0, PAINTED, 0))
    told = {(p.painting.title, p.painting.artist, p.painting.year) for p in served_points(shelf).values()}
    assert told == {("New", "Anna", None)}


def test_heads_trained_anew_need_no_image(gallery: Path, shelf: FolderShelf) -> None:
    first = index(gallery, FakeEncoder("old"), shelf)
    retrained = Watched("new", seed=5)
    report = index(gallery, retrained, shelf)
    assert (retrained.seen, counts(report)) == (0, (PAINTED, 0, PAINTED, 0))
    undisturbed = another(shelf, "undisturbed")
    index(gallery, FakeEncoder("new", seed=5), undisturbed)
    assert_same_points(served_points(shelf), served_points(undisturbed))
    assert first.made in shelf.builds()


def test_another_backbone_embeds_everything(gallery: Path, shelf: FolderShelf) -> None:
    index(gallery, FakeEncoder(), shelf)
    other = Watched("other", look_size=5, look_seed=1)
    report = index(gallery, other, shelf)
    assert (other.seen, counts(report)) == (PAINTED, (PAINTED, PAINTED, 0, 0))


def test_going_back_to_an_earlier_model_promotes_its_build(gallery: Path, shelf: FolderShelf) -> None:
    first = index(gallery, FakeEncoder("old"), shelf)
    index(gallery, FakeEncoder("new", seed=5), shelf)
    again = index(gallery, FakeEncoder("old"), shelf)
    assert again.up_to_date
    release = the_served(shelf)
    assert (release.model, release) == ("old", first.made)
    assert len(shelf.builds()) == 2


@pytest.mark.usefixtures("one_worker")
def test_a_full_disk_leaves_what_is_served_and_the_next_run_resumes(
    gallery: Path, shelf: FolderShelf
) -> None:
    first = index(gallery, FakeEncoder(), shelf)
    for number in range(40, 60):
        paint(gallery / "Cubism" / f"anna-example_new-{number}.png", number)
    break_off(gallery, shelf)
    release = the_served(shelf)
    assert release == first.made
    after = Watched()
    report = index(gallery, after, shelf)
    assert (after.seen, counts(report)) == (20 - 8, (PAINTED + 20, 12, PAINTED + 8, 0))
    assert [build.finished for build in shelf.builds()] == [True, True]


def test_a_nearly_full_disk_is_refused_before_the_engine_meets_its_end(
    gallery: Path, shelf: FolderShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(gallery)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=10_000_000))
    with pytest.raises(OSError, match="No space left on device"):
        index(gallery, FakeEncoder(), shelf)
    assert shelf.pointer() is None


KILLED_RUN = """
import os, signal, sys
from pathlib import Path
from encoders.home import Home
from indexer.shelves.folder import FolderShelf
from tests.building import Watched, index

class Killed(Watched):
    patience = 12
    def fail(self):
        os.kill(os.getpid(), signal.SIGKILL)

index(Path(sys.argv[1]), Killed(), FolderShelf(Home(Path(sys.argv[2]))))
"""


@pytest.mark.usefixtures("one_worker")
def test_after_kill_9_the_next_run_ends_as_if_nothing_had_been(gallery: Path, shelf: FolderShelf) -> None:
    command = [sys.executable, "-c", KILLED_RUN, str(gallery), str(shelf.home.path)]
    for _ in range(2):
        run = subprocess.run(command, cwd=CHECKOUT, timeout=60, check=False)
        assert run.returncode == -9
        assert shelf.pointer() is None
    encoder = Watched()
    report = index(gallery, encoder, shelf)
    known = PAINTED - encoder.seen
    assert 16 <= known <= 24  # the last batch of each may have been embedded and not yet stored
    assert counts(report) == (PAINTED, encoder.seen, known, 0)
    assert shelf.builds() == [report.made]
    undisturbed = another(shelf, "undisturbed")
    index(gallery, FakeEncoder(), undisturbed)
    assert_same_points(served_points(shelf), served_points(undisturbed))


def test_an_index_folder_on_a_missing_disk_is_refused(gallery: Path, shelf: FolderShelf) -> None:
    shelf.home.path.mkdir()
    shelf.home.index.symlink_to("/nonexistent/disk")
    with pytest.raises(OSError, match="index"):
        build_index(open_source(gallery), FakeEncoder(), shelf)


def test_where_no_image_can_be_read_what_is_served_stays(gallery: Path, shelf: FolderShelf) -> None:
    first = index(gallery, FakeEncoder(), shelf)
    ruins = gallery.with_name("ruins")
    ruins.mkdir()
    for number in range(3):
        (ruins / f"{number}.jpg").write_text("no image")
    with pytest.raises(SourceError, match=rf"Not one of the 3 images of {ruins} .*0\.jpg"):
        index(ruins, FakeEncoder(), shelf)
    release = the_served(shelf)
    assert release == first.made
    assert folders(shelf) == {first.made.build}


def test_a_build_that_is_being_searched_is_taken_over_from_a_copy(gallery: Path, shelf: FolderShelf) -> None:
    first = index(gallery, FakeEncoder(), shelf)
    before = points(shelf, first.made)
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    with held_open(shelf, first.made):
        report = index(gallery, FakeEncoder(), shelf)
    assert counts(report) == (PAINTED + 1, 1, PAINTED, 0)
    undisturbed = another(shelf, "undisturbed")
    index(gallery, FakeEncoder(), undisturbed)
    assert_same_points(served_points(shelf), served_points(undisturbed))
    assert_same_points(points(shelf, first.made), before)
    assert folders(shelf) == {first.made.build, report.made.build}


def test_what_is_served_can_be_searched_while_the_next_build_is_made(
    gallery: Path, shelf: FolderShelf
) -> None:
    first = index(gallery, FakeEncoder(), shelf).made

    class Searching(Watched):
        def embed(self, prepared: Sequence[Prepared]) -> Vectors:
            assert len(points(shelf, first)) == PAINTED
            return super().embed(prepared)

    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    encoder = Searching()
    index(gallery, encoder, shelf)
    assert encoder.seen == 1


@pytest.mark.usefixtures("one_worker")
def test_a_run_that_fails_leaves_no_copy_behind(gallery: Path, shelf: FolderShelf) -> None:
    first = index(gallery, FakeEncoder(), shelf)
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    with held_open(shelf, first.made):
        break_off(gallery, shelf, after=0)
    assert folders(shelf) == {b.build for b in shelf.builds()}


@pytest.mark.usefixtures("one_worker")
def test_of_two_runs_on_one_source_the_second_is_refused(gallery: Path, shelf: FolderShelf) -> None:
    break_off(gallery, shelf)
    (running,) = shelf.builds()
    refusal = rf"^`.*` \(process \d+, since .*\) has the index in {store_of(shelf, running)} open; wait"
    with held_open(shelf, running), pytest.raises(IndexBusyError, match=refusal):
        index(gallery, FakeEncoder(), shelf)
    assert counts(index(gallery, FakeEncoder(), shelf)) == (PAINTED, PAINTED - 8, 8, 0)


def test_what_a_killed_run_left_without_a_manifest_is_removed_after_an_hour(
    gallery: Path, shelf: FolderShelf
) -> None:
    first = index(gallery, FakeEncoder(), shelf)
    old, young = shelf.papers("old"), shelf.papers("young")
    for leftover in (old, young):
        (leftover / "store").mkdir(parents=True)
    for folder in (old, shelf.papers(first.made.build)):
        os.utime(folder, (0, 0))
    index(gallery, FakeEncoder(), shelf)
    assert folders(shelf) == {"young", first.made.build}


def test_a_copy_of_a_build_stays_while_it_is_open(gallery: Path, shelf: FolderShelf) -> None:
    made = index(gallery, FakeEncoder(), shelf).made
    with shelf.open(made.build, shared=True) as copy:
        (folder,) = folders(shelf) - {made.build}
        os.utime(shelf.papers(folder), (0, 0))
        shelf.tidy()
        assert folder in folders(shelf)
        assert copy.count() == PAINTED
    assert folders(shelf) == {made.build}


@pytest.mark.parametrize("lost", ["store", MANIFEST])
def test_what_was_removed_by_hand_is_built_anew(gallery: Path, shelf: FolderShelf, lost: str) -> None:
    first = index(gallery, FakeEncoder(), shelf)
    if lost == MANIFEST:
        (shelf.papers(first.made.build) / MANIFEST).unlink()
    else:
        shutil.rmtree(store_of(shelf, first.made))
    report = index(gallery, FakeEncoder(), shelf)
    assert counts(report) == (PAINTED, PAINTED, 0, 0)
    assert len(served_points(shelf)) == PAINTED


def test_missing_files_of_a_table_are_skipped_and_found_when_they_come(
    gallery: Path, shelf: FolderShelf
) -> None:
    table = gallery / "list.csv"
    table.write_text("path,year\nCubism/anna-example_work-0-1800.png,x\nlate.png,1900\n")
    report = index(table, FakeEncoder(), shelf)
    assert counts(report) == (1, 1, 0, 1)
    assert "late.png" in report.skips[0]
    assert "row 1,'x' is no year; left empty" in report.remark_list.read_text()
    paint(gallery / "late.png", 3)
    assert counts(index(table, FakeEncoder(), shelf)) == (2, 1, 1, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names of any bytes")
def test_a_name_that_is_no_unicode_is_skipped_and_named(gallery: Path, shelf: FolderShelf) -> None:
    odd = os.fsencode(gallery / "Cubism") + b"/anna-example_caf\xe9.png"
    shutil.copyfile(gallery / "Cubism" / "anna-example_work-0-1800.png", os.fsdecode(odd))
    report = index(gallery, FakeEncoder(), shelf)
    assert counts(report) == (PAINTED, PAINTED, 0, 1)
    assert "caf\\udce9.png has a name that is no valid Unicode" in report.skips[0]
    assert "caf\\udce9" in report.skip_list.read_text()
    assert index(gallery, FakeEncoder(), shelf).up_to_date
    assert missing(report.made, open_source(gallery), shelf) == []
    assert "the same paintings as then" in [
        check.found for check in verify(shelf, report.made, FakeEncoder()).checks
    ]


def test_a_file_that_is_there_twice_is_marked_and_stays_marked(gallery: Path, shelf: FolderShelf) -> None:
    work = gallery / "Cubism" / "anna-example_work-0-1800.png"
    shutil.copyfile(work, gallery / "Ukiyo_e" / "anna-example_again-1800.png")
    first = index(gallery, FakeEncoder("old"), shelf)
    assert first.made.duplicates == 1
    again = reindex(first.made, FakeEncoder("new", seed=5), shelf)
    assert again.made.duplicates == 1
    found = served_points(shelf)
    one, other = found["Cubism/anna-example_work-0-1800"], found["Ukiyo_e/anna-example_again-1800"]
    assert {one.duplicate_of, other.duplicate_of} == {None, min(one.painting.id, other.painting.id)}


def test_a_quantised_index_stays_so_until_another_is_asked_for(gallery: Path, shelf: FolderShelf) -> None:
    plain = index(gallery, FakeEncoder(), shelf).made
    source = open_source(gallery)
    small = build_index(source, FakeEncoder(), shelf, quantization="scalar")
    assert (small.made.quantization, small.made.embedded, small.made.reused) == ("scalar", 0, PAINTED)
    assert small.made.contents == plain.contents
    with shelf.open(small.made.build) as store:
        assert isinstance(store, EdgeStore)
        assert store.quantization == "scalar"
    assert index(gallery, FakeEncoder(), shelf).made == small.made
    assert reindex(small.made, FakeEncoder(seed=1), shelf).made.quantization == "scalar"


def test_the_manifest_can_be_read_by_people(gallery: Path, shelf: FolderShelf) -> None:
    report = index(gallery, FakeEncoder(), shelf)
    content = json.loads((shelf.papers(report.made.build) / MANIFEST).read_text())
    assert content["format"] == 3
    assert content["indexed"] == PAINTED
    assert content["finished"] is True


@pytest.mark.paintings
def test_the_real_paintings_are_all_indexed(shelf: FolderShelf) -> None:
    report = build_index(open_source(PAINTINGS), FakeEncoder(), shelf)
    assert counts(report) == (2379, 2379, 0, 0)
    store = shelf.lend(report.made.build)
    assert sum(store.facet("style").values()) == 2379
    assert len(store.facet("style")) == 7
    store.close()
