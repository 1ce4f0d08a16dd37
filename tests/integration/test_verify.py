"""What a verification finds in builds that were tampered with, and that none of them is served."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from encoders.fake import FakeEncoder
from encoders.home import Home
from encoders.vectors import unit
from indexer.checking.examiners import Check
from indexer.checking.verify import promote_verified, verify
from indexer.errors import IndexFormatError, VerificationError
from indexer.making.build import build_index
from indexer.shelves.builds import Build
from indexer.shelves.manifest import load_manifest, save_manifest
from indexer.shelves.releases import promote, served, the_served
from indexer.sources import open_source
from indexer.store.base import Point
from indexer.store.edge import EdgeStore
from tests.building import PAINTED, Watched, held_open, index, paint, paint_noise, points


@pytest.fixture
def home(quick_folder: Path) -> Home:
    return Home(quick_folder / "home")


@pytest.fixture
def gallery(quick_folder: Path) -> Path:
    return paint_noise(quick_folder / "gallery")


@pytest.fixture
def build(gallery: Path, home: Home) -> Build:
    """A finished build that is not served."""
    return build_index(open_source(gallery), FakeEncoder(), home, serve=False).build


def failures(build: Build, encoder: FakeEncoder | None = None, sample: int = PAINTED) -> dict[str, str]:
    return {
        check.name: check.found
        for check in verify(build, encoder or FakeEncoder(), sample).checks
        if not check.passed
    }


def found(build: Build, name: str) -> Check:
    (check,) = (check for check in verify(build, FakeEncoder(), PAINTED).checks if check.name == name)
    return check


def tamper(build: Build, change: Callable[[Point], Point]) -> None:
    """Change the first point behind the manifest's back."""
    first = next(iter(points(build).values()))
    store = EdgeStore.open(build.store)
    store.upsert([change(first)])
    store.close()


def test_a_sound_build_passes_every_check_and_is_served(build: Build, home: Home) -> None:
    verification = verify(build, FakeEncoder())
    assert verification.passed
    names = ["count", "ids", "feelings", "looks", "source", "canaries"]
    assert [check.name for check in verification.checks] == names
    assert served(home) is None
    promote_verified(home, build, FakeEncoder())
    assert the_served(home).build == build


def test_a_build_that_is_being_searched_can_be_verified(build: Build) -> None:
    with held_open(build):
        assert failures(build) == {}


def test_a_painting_too_many_is_found(build: Build) -> None:
    tamper(build, lambda point: replace(point, painting=replace(point.painting, key="another")))
    assert failures(build) == {
        "count": f"{PAINTED + 1} points, {PAINTED} were indexed",
        "ids": "not those that were indexed",
    }


def test_a_painting_that_was_exchanged_is_found(build: Build) -> None:
    tamper(build, lambda point: replace(point, painting=replace(point.painting, title="Another")))
    assert list(failures(build)) == ["ids"]


def test_a_feeling_that_is_not_of_its_look_is_found(build: Build) -> None:
    tamper(build, lambda point: replace(point, feeling=-point.feeling))
    assert failures(build) == {
        "feelings": f"{PAINTED - 1} of {PAINTED} are what the model makes of the looks"
    }


def test_a_look_that_is_not_of_its_file_is_found(build: Build) -> None:
    encoder = FakeEncoder()
    look = unit(np.ones(encoder.look_size))
    tamper(build, lambda point: replace(point, look=look, feeling=encoder.feeling(look[None])[0]))
    assert list(failures(build)) == ["looks"]
    assert f"{PAINTED} embedded anew, least cosine " in failures(build)["looks"]


def test_files_that_changed_since_prove_nothing(build: Build, gallery: Path) -> None:
    files = sorted(gallery.glob("*/*.png"))
    for file in files[1:]:
        file.unlink()
    files[0].touch()
    looks = found(build, "looks")
    assert looks.passed
    assert (
        looks.found
        == f"1 embedded anew, least cosine 1.0000; the files of {PAINTED - 1} more have changed or gone"
    )
    files[0].unlink()
    assert failures(build) == {"looks": f"the files of all {PAINTED} that were tried have changed or gone"}


def test_what_came_and_went_since_is_told_and_no_fault_of_the_build(build: Build, gallery: Path) -> None:
    assert found(build, "source").found == "the same paintings as then"
    files = sorted(gallery.glob("*/*.png"))
    for file in files[:2]:
        file.unlink()
    paint(gallery / "Cubism" / "anna-example_new-1900.png", 77)
    source = found(build, "source")
    assert (source.passed, source.found) == (True, "1 are new and 2 gone since")
    shutil.rmtree(gallery)
    assert f"{gallery} does not exist" in found(build, "source").found


def test_without_a_sample_no_image_is_opened(build: Build) -> None:
    watched = Watched()
    assert failures(build, watched, sample=0) == {}
    assert watched.seen == 0


def test_a_build_of_another_model_fails_before_it_is_read(build: Build) -> None:
    assert list(failures(build, FakeEncoder("other", seed=9))) == ["model"]


def test_a_build_of_format_1_passes_without_its_ids(build: Build) -> None:
    save_manifest(replace(load_manifest(build.folder), stored="", format=1), build.folder)
    old = Build(build.folder, load_manifest(build.folder))
    ids = found(old, "ids")
    assert (ids.passed, ids.found) == (True, "not recorded by the Moodseum that made this build")


def test_what_fails_is_not_served_and_the_refusal_names_the_ways_out(gallery: Path, home: Home) -> None:
    good = index(gallery, FakeEncoder("good"), home).build
    bad = build_index(open_source(gallery), FakeEncoder("bad", seed=1), home, serve=False).build
    tamper(bad, lambda point: replace(point, feeling=-point.feeling))
    with pytest.raises(VerificationError) as refusal:
        promote_verified(home, bad, FakeEncoder("bad", seed=1))
    for part in ("feelings: 29 of 30", str(bad.folder), f"`moodseum index promote {bad.name} --force`"):
        assert part in str(refusal.value)
    assert the_served(home).build == good
    promote(home, bad)
    assert the_served(home).build == bad


def test_a_finished_build_that_was_damaged_is_not_served_by_building_again(gallery: Path, home: Home) -> None:
    encoder = FakeEncoder("bad", seed=1)
    good = index(gallery, FakeEncoder("good"), home).build
    bad = build_index(open_source(gallery), encoder, home, serve=False).build
    tamper(bad, lambda point: replace(point, feeling=-point.feeling))
    with pytest.raises(VerificationError, match="feelings"):
        index(gallery, encoder, home)
    assert the_served(home).build == good


def test_a_store_in_ruins_cannot_be_verified(build: Build) -> None:
    for file in (build.store / "segments").rglob("*"):
        if file.is_file():
            file.write_bytes(b"ruins")
    with pytest.raises(IndexFormatError, match="damaged"):
        verify(build, FakeEncoder())
