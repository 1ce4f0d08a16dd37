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
from encoders.home import Home
from encoders.vectors import Vectors
from indexer.checking.verify import verify
from indexer.errors import IndexBusyError, SourceError
from indexer.making.build import build_index
from indexer.making.missing import missing
from indexer.making.reindex import reindex
from indexer.shelves.builds import builds_folder, list_builds
from indexer.shelves.manifest import MANIFEST
from indexer.shelves.releases import served
from indexer.sources import open_source
from indexer.store.base import Filter
from indexer.store.edge import EdgeStore
from tests.building import (
    CHECKOUT,
    PAINTED,
    STYLES,
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
from tests.conftest import PAINTINGS


@pytest.fixture
def home(quick_folder: Path) -> Home:
    return Home(quick_folder / "home")


@pytest.fixture
def gallery(quick_folder: Path) -> Path:
    return paint_noise(quick_folder / "gallery")


def test_a_gallery_is_indexed_and_served(gallery: Path, home: Home) -> None:
    encoder = Watched()
    report = index(gallery, encoder, home)
    assert counts(report) == (PAINTED, PAINTED, 0, 0)
    assert (report.up_to_date, report.skips) == (False, ())
    release = served(home)
    assert release is not None
    assert (release.model, release.build) == ("fake", report.build)
    made = release.build.manifest
    assert made.finished
    assert (made.source, made.source_kind) == (str(gallery), "wikiart")
    assert made.space_id == encoder.identity.space_id
    store = EdgeStore.open(release.build.store)
    assert store.facet("style") == dict.fromkeys(STYLES, PAINTED // 3)
    assert store.count(Filter(year_from=1805, year_to=1807)) == 3
    store.close()


def test_every_painting_gets_the_vectors_of_its_own_image(gallery: Path, home: Home) -> None:
    encoder = FakeEncoder()
    index(gallery, encoder, home)
    for point in served_points(home).values():
        with Image.open(point.painting.path) as image:
            look = encoder.look([image.convert("RGB")])
        assert np.allclose(point.look, look[0], atol=1e-6)
        assert np.allclose(point.feeling, encoder.feeling(look)[0], atol=1e-6)


def test_unreadable_images_are_skipped_named_and_shift_no_others(gallery: Path, home: Home) -> None:
    index(gallery, FakeEncoder(), home)
    sound = served_points(home)
    broken = gallery / "Cubism" / "anna-example_work-12-1812.png"
    broken.write_bytes(broken.read_bytes()[:100])
    (gallery / "Ukiyo_e" / "anna-example_text-1900.jpg").write_text("this is no image")
    other = Home(home.path.with_name("other"))
    report = index(gallery, FakeEncoder(), other)
    assert counts(report) == (PAINTED - 1, PAINTED - 1, 0, 2)
    with report.skip_list.open(newline="") as file:
        listed = {row["key"]: row["reason"] for row in csv.DictReader(file)}
    assert listed.keys() == {"Cubism/anna-example_work-12-1812", "Ukiyo_e/anna-example_text-1900"}
    assert str(broken) in listed["Cubism/anna-example_work-12-1812"]
    assert set(report.skips) == set(listed.values())
    del sound["Cubism/anna-example_work-12-1812"]
    assert_same_points(served_points(other), sound)


def test_an_unchanged_gallery_makes_no_new_build(gallery: Path, home: Home) -> None:
    (gallery / "Cubism" / "anna-example_text.jpg").write_text("this is no image")
    first = index(gallery, FakeEncoder(), home)
    encoder = Watched()
    again = index(gallery, encoder, home)
    assert again.up_to_date
    assert again.build == first.build
    assert encoder.seen == 0
    assert list_builds(home) == [first.build]
    first.skip_list.unlink()
    assert index(gallery, FakeEncoder(), home).up_to_date


def test_what_was_skipped_is_tried_again_though_its_file_looks_the_same(gallery: Path, home: Home) -> None:
    late = gallery / "Cubism" / "anna-example_late-1900.png"
    paint(late, 77)
    sound, state = late.read_bytes(), late.stat()
    late.write_bytes(bytes(len(sound)))
    os.utime(late, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert counts(index(gallery, FakeEncoder(), home)) == (PAINTED, PAINTED, 0, 1)
    assert index(gallery, FakeEncoder(), home).up_to_date
    late.write_bytes(sound)
    os.utime(late, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert counts(index(gallery, FakeEncoder(), home)) == (PAINTED + 1, 1, PAINTED, 0)
    assert index(gallery, FakeEncoder(), home).up_to_date


def test_only_what_is_new_or_changed_is_embedded(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder(), home)
    before = points(first.build)
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    paint(gallery / "Cubism" / "anna-example_work-0-1800.png", 88)
    (gallery / "Cubism" / "anna-example_work-3-1803.png").unlink()
    encoder = Watched()
    report = index(gallery, encoder, home)
    assert encoder.seen == 2
    assert counts(report) == (PAINTED, 2, PAINTED - 2, 0)
    undisturbed = Home(home.path.with_name("undisturbed"))
    index(gallery, FakeEncoder(), undisturbed)
    assert_same_points(served_points(home), served_points(undisturbed))
    assert_same_points(points(first.build), before)


def test_changed_records_come_through_without_opening_an_image(gallery: Path, home: Home) -> None:
    names = sorted(path.relative_to(gallery).as_posix() for path in gallery.rglob("*.png"))
    table = gallery / "list.csv"
    table.write_text("path,title,year\n" + "".join(f"{name},Old,1900\n" for name in names))
    index(table, FakeEncoder(), home)
    table.write_text("path,title,artist\n" + "".join(f"{name},New,Anna\n" for name in names))
    encoder = Watched()
    report = index(table, encoder, home)
    assert (encoder.seen, counts(report)) == (0, (PAINTED, 0, PAINTED, 0))
    told = {(p.painting.title, p.painting.artist, p.painting.year) for p in served_points(home).values()}
    assert told == {("New", "Anna", None)}


def test_heads_trained_anew_need_no_image(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder("old"), home)
    retrained = Watched("new", seed=5)
    report = index(gallery, retrained, home)
    assert (retrained.seen, counts(report)) == (0, (PAINTED, 0, PAINTED, 0))
    undisturbed = Home(home.path.with_name("undisturbed"))
    index(gallery, FakeEncoder("new", seed=5), undisturbed)
    assert_same_points(served_points(home), served_points(undisturbed))
    assert first.build in list_builds(home)


def test_another_backbone_embeds_everything(gallery: Path, home: Home) -> None:
    index(gallery, FakeEncoder(), home)
    other = Watched("other", look_size=5, look_seed=1)
    report = index(gallery, other, home)
    assert (other.seen, counts(report)) == (PAINTED, (PAINTED, PAINTED, 0, 0))


def test_going_back_to_an_earlier_model_promotes_its_build(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder("old"), home)
    index(gallery, FakeEncoder("new", seed=5), home)
    again = index(gallery, FakeEncoder("old"), home)
    assert again.up_to_date
    release = served(home)
    assert release is not None
    assert (release.model, release.build) == ("old", first.build)
    assert len(list_builds(home)) == 2


def test_a_full_disk_leaves_what_is_served_and_the_next_run_resumes(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder(), home)
    for number in range(40, 60):
        paint(gallery / "Cubism" / f"anna-example_new-{number}.png", number)
    full = Watched()
    full.patience = 8
    with pytest.raises(OSError, match="No space left"):
        index(gallery, full, home)
    release = served(home)
    assert release is not None
    assert release.build == first.build
    after = Watched()
    report = index(gallery, after, home)
    assert (after.seen, counts(report)) == (20 - 8, (PAINTED + 20, 12, PAINTED + 8, 0))
    assert [build.manifest.finished for build in list_builds(home)] == [True, True]


def test_a_nearly_full_disk_is_refused_before_the_engine_meets_its_end(
    gallery: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(gallery)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=10_000_000))
    with pytest.raises(OSError, match="No space left on device"):
        index(gallery, FakeEncoder(), home)
    assert served(home) is None


KILLED_RUN = """
import os, signal, sys
from pathlib import Path
from encoders.home import Home
from tests.building import Watched, index

class Killed(Watched):
    patience = 12
    def fail(self):
        os.kill(os.getpid(), signal.SIGKILL)

index(Path(sys.argv[1]), Killed(), Home(Path(sys.argv[2])))
"""


def test_after_kill_9_the_next_run_ends_as_if_nothing_had_been(gallery: Path, home: Home) -> None:
    command = [sys.executable, "-c", KILLED_RUN, str(gallery), str(home.path)]
    for _ in range(2):
        run = subprocess.run(command, cwd=CHECKOUT, timeout=60, check=False)
        assert run.returncode == -9
        assert served(home) is None
    encoder = Watched()
    report = index(gallery, encoder, home)
    assert encoder.seen == PAINTED - 24
    assert counts(report) == (PAINTED, 6, 24, 0)
    assert list_builds(home) == [report.build]
    undisturbed = Home(home.path.with_name("undisturbed"))
    index(gallery, FakeEncoder(), undisturbed)
    assert_same_points(served_points(home), served_points(undisturbed))


def test_an_index_folder_on_a_missing_disk_is_refused(gallery: Path, home: Home) -> None:
    home.path.mkdir()
    home.index.symlink_to("/nonexistent/disk")
    with pytest.raises(OSError, match="index"):
        build_index(open_source(gallery), FakeEncoder(), home)


def test_where_no_image_can_be_read_what_is_served_stays(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder(), home)
    ruins = gallery.with_name("ruins")
    ruins.mkdir()
    for number in range(3):
        (ruins / f"{number}.jpg").write_text("no image")
    with pytest.raises(SourceError, match=rf"Not one of the 3 images of {ruins} .*0\.jpg"):
        index(ruins, FakeEncoder(), home)
    release = served(home)
    assert release is not None
    assert release.build == first.build
    assert [folder.name for folder in builds_folder(home).iterdir()] == [first.build.name]


def test_a_build_that_is_being_searched_is_taken_over_from_a_copy(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder(), home)
    before = points(first.build)
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    with held_open(first.build):
        report = index(gallery, FakeEncoder(), home)
    assert counts(report) == (PAINTED + 1, 1, PAINTED, 0)
    undisturbed = Home(home.path.with_name("undisturbed"))
    index(gallery, FakeEncoder(), undisturbed)
    assert_same_points(served_points(home), served_points(undisturbed))
    assert_same_points(points(first.build), before)
    assert {folder.name for folder in builds_folder(home).iterdir()} == {first.build.name, report.build.name}


def test_what_is_served_can_be_searched_while_the_next_build_is_made(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder(), home).build

    class Searching(Watched):
        def look(self, images: Sequence[Image.Image]) -> Vectors:
            assert len(points(first)) == PAINTED
            return super().look(images)

    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    encoder = Searching()
    index(gallery, encoder, home)
    assert encoder.seen == 1


def test_a_run_that_fails_leaves_no_copy_behind(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder(), home)
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    full = Watched()
    full.patience = 0
    with held_open(first.build), pytest.raises(OSError, match="No space left"):
        index(gallery, full, home)
    assert {folder.name for folder in builds_folder(home).iterdir()} == {b.name for b in list_builds(home)}


def test_of_two_runs_on_one_source_the_second_is_refused(gallery: Path, home: Home) -> None:
    full = Watched()
    full.patience = 8
    with pytest.raises(OSError, match="No space left"):
        index(gallery, full, home)
    (running,) = list_builds(home)
    refusal = rf"^`.*` \(process \d+, since .*\) has the index in {running.store} open; wait"
    with held_open(running), pytest.raises(IndexBusyError, match=refusal):
        index(gallery, FakeEncoder(), home)
    assert counts(index(gallery, FakeEncoder(), home)) == (PAINTED, PAINTED - 8, 8, 0)


def test_what_a_killed_run_left_without_a_manifest_is_removed_after_a_day(gallery: Path, home: Home) -> None:
    first = index(gallery, FakeEncoder(), home)
    old, young = builds_folder(home) / "old", builds_folder(home) / "young"
    for leftover in (old, young):
        (leftover / "store").mkdir(parents=True)
    for folder in (old, first.build.folder):
        os.utime(folder, (0, 0))
    index(gallery, FakeEncoder(), home)
    assert {folder.name for folder in builds_folder(home).iterdir()} == {"young", first.build.name}


@pytest.mark.parametrize("lost", ["store", MANIFEST])
def test_what_was_removed_by_hand_is_built_anew(gallery: Path, home: Home, lost: str) -> None:
    first = index(gallery, FakeEncoder(), home)
    if lost == MANIFEST:
        (first.build.folder / MANIFEST).unlink()
    else:
        shutil.rmtree(first.build.store)
    report = index(gallery, FakeEncoder(), home)
    assert counts(report) == (PAINTED, PAINTED, 0, 0)
    assert len(served_points(home)) == PAINTED


def test_missing_files_of_a_table_are_skipped_and_found_when_they_come(gallery: Path, home: Home) -> None:
    table = gallery / "list.csv"
    table.write_text("path,year\nCubism/anna-example_work-0-1800.png,x\nlate.png,1900\n")
    report = index(table, FakeEncoder(), home)
    assert counts(report) == (1, 1, 0, 1)
    assert "late.png" in report.skips[0]
    assert "row 1,'x' is no year; left empty" in report.remark_list.read_text()
    paint(gallery / "late.png", 3)
    assert counts(index(table, FakeEncoder(), home)) == (2, 1, 1, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names of any bytes")
def test_a_name_that_is_no_unicode_is_skipped_and_named(gallery: Path, home: Home) -> None:
    odd = os.fsencode(gallery / "Cubism") + b"/anna-example_caf\xe9.png"
    shutil.copyfile(gallery / "Cubism" / "anna-example_work-0-1800.png", os.fsdecode(odd))
    report = index(gallery, FakeEncoder(), home)
    assert counts(report) == (PAINTED, PAINTED, 0, 1)
    assert "caf\\udce9.png has a name that is no valid Unicode" in report.skips[0]
    assert "caf\\udce9" in report.skip_list.read_text()
    assert index(gallery, FakeEncoder(), home).up_to_date
    assert missing(report.build, open_source(gallery)) == []
    assert "the same paintings as then" in [
        check.found for check in verify(report.build, FakeEncoder()).checks
    ]


def test_a_file_that_is_there_twice_is_marked_and_stays_marked(gallery: Path, home: Home) -> None:
    work = gallery / "Cubism" / "anna-example_work-0-1800.png"
    shutil.copyfile(work, gallery / "Ukiyo_e" / "anna-example_again-1800.png")
    first = index(gallery, FakeEncoder("old"), home)
    assert first.build.manifest.duplicates == 1
    again = reindex(first.build, FakeEncoder("new", seed=5), home)
    assert again.build.manifest.duplicates == 1
    found = served_points(home)
    one, other = found["Cubism/anna-example_work-0-1800"], found["Ukiyo_e/anna-example_again-1800"]
    assert {one.duplicate_of, other.duplicate_of} == {None, min(one.painting.id, other.painting.id)}


def test_the_manifest_can_be_read_by_people(gallery: Path, home: Home) -> None:
    report = index(gallery, FakeEncoder(), home)
    content = json.loads((report.build.folder / MANIFEST).read_text())
    assert content["format"] == 2
    assert content["indexed"] == PAINTED
    assert content["finished"] is True


@pytest.mark.paintings
def test_the_real_paintings_are_all_indexed(home: Home) -> None:
    report = build_index(open_source(PAINTINGS), FakeEncoder(), home)
    assert counts(report) == (2379, 2379, 0, 0)
    store = EdgeStore.open(report.build.store)
    assert sum(store.facet("style").values()) == 2379
    assert len(store.facet("style")) == 7
    store.close()
