"""What a verification finds in builds that were tampered with, and that none of them is served."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from encoders.fake import FakeEncoder
from encoders.vectors import unit
from indexer.checking.examiners import Check
from indexer.checking.verify import promote_verified, verify
from indexer.errors import IndexFormatError, VerificationError
from indexer.making.build import build_index
from indexer.shelves.folder import FolderShelf
from indexer.shelves.manifest import Manifest
from indexer.shelves.releases import promote, the_served
from indexer.sources.opening import open_source
from tests.building import PAINTED, Watched, held_open, index, paint, store_of, tamper, turned


@pytest.fixture
def build(gallery: Path, shelf: FolderShelf) -> Manifest:
    """A finished build that is not served."""
    return build_index(open_source(gallery), FakeEncoder(), shelf, serve=False).made


def failures(
    shelf: FolderShelf, build: Manifest, encoder: FakeEncoder | None = None, sample: int = PAINTED
) -> dict[str, str]:
    return {
        check.name: check.found
        for check in verify(shelf, build, encoder or FakeEncoder(), sample).checks
        if not check.passed
    }


def found(shelf: FolderShelf, build: Manifest, name: str) -> Check:
    (check,) = (check for check in verify(shelf, build, FakeEncoder(), PAINTED).checks if check.name == name)
    return check


def test_a_sound_build_passes_every_check_and_is_served(build: Manifest, shelf: FolderShelf) -> None:
    verification = verify(shelf, build, FakeEncoder())
    assert verification.passed
    names = ["count", "ids", "facets", "feelings", "looks", "source", "canaries"]
    assert [check.name for check in verification.checks] == names
    assert shelf.pointer() is None
    promote_verified(shelf, build, FakeEncoder())
    assert the_served(shelf) == build


def test_a_build_that_is_being_searched_can_be_verified(build: Manifest, shelf: FolderShelf) -> None:
    with held_open(shelf, build):
        assert failures(shelf, build) == {}


def test_a_painting_too_many_is_found(build: Manifest, shelf: FolderShelf) -> None:
    tamper(shelf, build, lambda point: replace(point, painting=replace(point.painting, key="another")))
    assert failures(shelf, build) == {
        "count": f"{PAINTED + 1} points, {PAINTED} were indexed",
        "ids": "not those that were indexed",
    }


def test_a_build_that_has_lost_its_segments_is_not_served(build: Manifest, shelf: FolderShelf) -> None:
    shutil.rmtree(store_of(shelf, build) / "segments")
    with pytest.raises(VerificationError, match=rf"count: 0 points, {PAINTED} were .* no painting to find"):
        promote_verified(shelf, build, FakeEncoder())
    assert shelf.pointer() is None


def test_a_painting_that_was_exchanged_is_found(build: Manifest, shelf: FolderShelf) -> None:
    tamper(shelf, build, lambda point: replace(point, painting=replace(point.painting, title="Another")))
    assert list(failures(shelf, build)) == ["ids"]


def test_a_feeling_that_is_not_of_its_look_is_found(build: Manifest, shelf: FolderShelf) -> None:
    tamper(shelf, build, turned)
    assert failures(shelf, build) == {
        "feelings": f"{PAINTED - 1} of {PAINTED} are what the model makes of the looks"
    }


def test_a_look_that_is_not_of_its_file_is_found(build: Manifest, shelf: FolderShelf) -> None:
    encoder = FakeEncoder()
    look = unit(np.ones(encoder.look_size))
    tamper(shelf, build, lambda point: replace(point, look=look, feeling=encoder.feeling(look[None])[0]))
    assert list(failures(shelf, build)) == ["looks"]
    assert f"{PAINTED} embedded anew, least cosine " in failures(shelf, build)["looks"]


def test_files_that_changed_since_prove_nothing(build: Manifest, gallery: Path, shelf: FolderShelf) -> None:
    files = sorted(gallery.glob("*/*.png"))
    for file in files[1:]:
        file.unlink()
    files[0].touch()
    looks = found(shelf, build, "looks")
    assert looks.passed
    assert (
        looks.found
        == f"1 embedded anew, least cosine 1.0000; the files of {PAINTED - 1} more have changed or gone"
    )
    files[0].unlink()
    assert failures(shelf, build) == {
        "looks": f"the files of all {PAINTED} that were tried have changed or gone"
    }


def test_what_came_and_went_since_is_told_and_no_fault_of_the_build(
    build: Manifest, gallery: Path, shelf: FolderShelf
) -> None:
    assert found(shelf, build, "source").found == "the same paintings as then"
    files = sorted(gallery.glob("*/*.png"))
    for file in files[:2]:
        file.unlink()
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    source = found(shelf, build, "source")
    assert (source.passed, source.found) == (True, "1 are new and 2 gone since")
    shutil.rmtree(gallery)
    assert f"{gallery} is gone" in found(shelf, build, "source").found


def test_without_a_sample_no_image_is_opened(build: Manifest, shelf: FolderShelf) -> None:
    watched = Watched()
    assert failures(shelf, build, watched, sample=0) == {}
    assert watched.seen == 0


def test_a_build_of_another_model_fails_before_it_is_read(build: Manifest, shelf: FolderShelf) -> None:
    assert list(failures(shelf, build, FakeEncoder("other", seed=9))) == ["model"]


def test_a_build_of_format_1_passes_without_its_ids(build: Manifest, shelf: FolderShelf) -> None:
    ids = found(shelf, replace(build, stored="", format=1), "ids")
    assert (ids.passed, ids.found) == (True, "not recorded by the Moodseum that made this build")


def test_what_fails_is_not_served_and_the_refusal_names_the_ways_out(
    gallery: Path, shelf: FolderShelf
) -> None:
    good = index(gallery, FakeEncoder("good"), shelf).made
    bad = build_index(open_source(gallery), FakeEncoder("bad", seed=1), shelf, serve=False).made
    tamper(shelf, bad, turned)
    with pytest.raises(VerificationError) as refusal:
        promote_verified(shelf, bad, FakeEncoder("bad", seed=1))
    for part in (
        "feelings: 29 of 30",
        str(shelf.papers(bad.build)),
        f"`moodseum index promote {bad.build} --force`",
    ):
        assert part in str(refusal.value)
    assert the_served(shelf) == good
    promote(shelf, bad)
    assert the_served(shelf) == bad


def test_a_finished_build_that_was_damaged_is_not_served_by_building_again(
    gallery: Path, shelf: FolderShelf
) -> None:
    encoder = FakeEncoder("bad", seed=1)
    good = index(gallery, FakeEncoder("good"), shelf).made
    bad = build_index(open_source(gallery), encoder, shelf, serve=False).made
    tamper(shelf, bad, turned)
    with pytest.raises(VerificationError, match="feelings"):
        index(gallery, encoder, shelf)
    assert the_served(shelf) == good


def test_a_store_in_ruins_cannot_be_verified(build: Manifest, shelf: FolderShelf) -> None:
    for file in (store_of(shelf, build) / "segments").rglob("*"):
        if file.is_file():
            file.write_bytes(b"ruins")
    with pytest.raises(IndexFormatError, match="damaged"):
        verify(shelf, build, FakeEncoder())
