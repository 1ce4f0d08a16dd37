import json
from dataclasses import replace
from pathlib import Path

import pytest

from encoders.fake import FakeEncoder
from encoders.home import Home
from indexer.errors import IndexFormatError, IndexNotFoundError, ModelMismatchError
from indexer.shelves.builds import Build, builds_folder, find_build, list_builds, store_folder
from indexer.shelves.manifest import FORMAT, MANIFEST, Manifest, load_manifest, save_manifest
from indexer.shelves.releases import (
    POINTER,
    Pointer,
    Release,
    check_model,
    promote,
    read_pointer,
    roll_back,
    served,
    served_if_there,
    the_served,
)


def manifest(build: str = "one", encoder: FakeEncoder | None = None, finished: bool = True) -> Manifest:
    encoder = encoder or FakeEncoder()
    return Manifest(
        build=build,
        model=encoder.name,
        look_id=encoder.identity.look_id,
        space_id=encoder.identity.space_id,
        reading_id=encoder.identity.reading_id,
        look_size=encoder.look_size,
        feeling_size=encoder.feeling_size,
        source="/my/paintings",
        source_kind="wikiart",
        created="2026-01-02T03:04:05+00:00",
        moodseum="0.1.0",
        finished=finished,
        indexed=3,
    )


def make_build(home: Home, name: str, *, finished: bool = True) -> Build:
    folder = builds_folder(home) / name
    store_folder(folder).mkdir(parents=True)
    save_manifest(manifest(name, finished=finished), folder)
    return Build(folder, load_manifest(folder))


def test_a_manifest_survives_its_file(tmp_path: Path) -> None:
    save_manifest(manifest(), tmp_path)
    assert load_manifest(tmp_path) == manifest()


def test_a_manifest_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    save_manifest(replace(manifest(), format=FORMAT + 1), tmp_path)
    content = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps({**content, "new in this format": 1}))
    with pytest.raises(IndexFormatError, match=f"format {FORMAT + 1} .* reads up to {FORMAT}; upgrade"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"format": 1}', '{"format": "x"}', '{"format": 1, "a": 2}']
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(IndexFormatError, match=r"manifest\.json is damaged"):
        load_manifest(tmp_path)


@pytest.mark.parametrize("wrong", [{"indexed": "many"}, {"finished": 1}, {"model": None}, {"look_size": 1.5}])
def test_a_manifest_with_values_of_another_kind_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    save_manifest(manifest(), tmp_path)
    content = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps(content | wrong))
    with pytest.raises(IndexFormatError, match=rf"damaged \({next(iter(wrong))} is"):
        load_manifest(tmp_path)


def test_nothing_is_served_before_the_first_promotion(home: Home) -> None:
    assert served(home) is None
    assert list_builds(home) == []
    assert not home.path.exists()


def test_promoting_swaps_model_and_build_and_remembers_the_one_before(home: Home) -> None:
    one, two = make_build(home, "one"), make_build(home, "two")
    promote(home, one)
    promote(home, two)
    release = served(home)
    assert release is not None
    assert (release.model, release.build) == ("fake", two)
    assert json.loads((home.index / POINTER).read_text()) == {"build": "two", "previous": "one"}
    assert list_builds(home) == [one, two]


def test_promoting_what_is_served_keeps_what_was_before(home: Home) -> None:
    one, two = make_build(home, "one"), make_build(home, "two")
    for build in (one, two, two):
        promote(home, build)
    assert read_pointer(home) == Pointer("two", "one")


def test_rolling_back_serves_what_was_before_and_again_what_was_after(home: Home) -> None:
    one, two = make_build(home, "one"), make_build(home, "two")
    promote(home, one)
    promote(home, two)
    assert roll_back(home) == Release("fake", one)
    assert served(home) == Release("fake", one)
    assert roll_back(home) == Release("fake", two)


def test_there_must_be_something_to_roll_back_to(home: Home) -> None:
    with pytest.raises(IndexNotFoundError, match="No build was served before"):
        roll_back(home)
    one, two = make_build(home, "one"), make_build(home, "two")
    promote(home, one)
    with pytest.raises(IndexNotFoundError, match="No build was served before"):
        roll_back(home)
    promote(home, two)
    (one.folder / MANIFEST).unlink()
    with pytest.raises(IndexNotFoundError, match=r"previous build one is missing .*`moodseum index promote"):
        roll_back(home)
    assert served(home) == Release("fake", two)


def test_a_finished_build_is_found_by_name_and_else_the_newest_is(home: Home) -> None:
    with pytest.raises(IndexNotFoundError, match="none yet"):
        find_build(home)
    one, two = make_build(home, "one"), make_build(home, "two")
    make_build(home, "unfinished", finished=False)
    assert (find_build(home), find_build(home, "one")) == (two, one)
    with pytest.raises(IndexNotFoundError, match=r"no finished build unfinished .*there: one, two"):
        find_build(home, "unfinished")


def test_what_is_served_is_needed_by_who_asks_for_it(home: Home) -> None:
    with pytest.raises(IndexNotFoundError, match=r"There is no index in .*moodseum index build"):
        the_served(home)
    promote(home, make_build(home, "one"))
    assert the_served(home) == served(home)


def test_an_unfinished_build_is_never_served(home: Home) -> None:
    promote(home, make_build(home, "one"))
    with pytest.raises(ValueError, match="two is not finished"):
        promote(home, make_build(home, "two", finished=False))
    release = served(home)
    assert release is not None
    assert release.build.name == "one"


def test_a_served_build_that_is_gone_is_named(home: Home) -> None:
    build = make_build(home, "one")
    promote(home, build)
    (build.folder / MANIFEST).unlink()
    with pytest.raises(IndexNotFoundError, match=r"build one is missing .*`moodseum index build"):
        served(home)


def test_a_build_without_its_points_is_neither_served_nor_rolled_back_to(home: Home) -> None:
    one, two = make_build(home, "one"), make_build(home, "two")
    promote(home, one)
    promote(home, two)
    one.store.rmdir()
    with pytest.raises(IndexNotFoundError, match="previous build one is missing"):
        roll_back(home)
    assert served_if_there(home) == Release("fake", two)
    two.store.rmdir()
    with pytest.raises(IndexNotFoundError, match="served build two is missing"):
        served(home)
    assert served_if_there(home) is None


@pytest.mark.parametrize("content", ["", "{}", "[]", "7"])
def test_a_damaged_pointer_is_named(home: Home, content: str) -> None:
    promote(home, make_build(home, "one"))
    (home.index / POINTER).write_text(content)
    with pytest.raises(IndexFormatError, match=r"served\.json is damaged .*`moodseum index promote`"):
        served(home)


def test_heads_trained_anew_make_another_space_of_the_same_size() -> None:
    old, new = FakeEncoder("old"), FakeEncoder("new", seed=1)
    check_model(manifest(encoder=old), FakeEncoder("old under another name"))
    with pytest.raises(ModelMismatchError) as refusal:
        check_model(manifest(encoder=old), new)
    for named in (
        repr("old"),
        repr("new"),
        old.identity.space_id,
        new.identity.space_id,
        "`moodseum reindex --model new`",
    ):
        assert named in str(refusal.value)
