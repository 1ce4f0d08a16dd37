"""`moodseum reindex` and `moodseum index ...` as they are typed, over a small real index."""

import json
import shutil
from pathlib import Path

import pytest

from encoders.home import Home
from encoders.model_folder import load_model
from indexer.making.build import build_index
from indexer.shelves.folder import POINTER, FolderShelf
from indexer.shelves.manifest import MANIFEST
from indexer.shelves.releases import the_served
from indexer.shelves.shelf import Pointer
from indexer.sources.opening import open_source
from tests.building import tamper, turned
from tests.tiny_clip import make_tiny_clip
from tests.tiny_gallery import TinyGallery
from tests.typed import Run, assert_refused, lines
from trainer.dataset.material import Material
from trainer.heads.training import TrainSettings
from trainer.plan import Plan
from trainer.train import train

GALLERY = 4


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path, tiny_gallery: TinyGallery) -> Path:
    """The folder of three models: `old` and `new` share a backbone, `other` has another."""
    folder = tmp_path_factory.mktemp("home")
    other_clip = make_tiny_clip(folder / "other-clip", seed=1)
    backbones = {"other": other_clip, "old": tiny_clip, "new": tiny_clip}
    for seed, (name, backbone) in enumerate(backbones.items()):
        settings = TrainSettings(epochs=1, seed=seed)
        material = Material(tiny_gallery.wikiart, tiny_gallery.annotations)
        train(Plan(material, str(backbone), settings), Home(folder), name)
    return Home(folder).models


@pytest.fixture
def gallery(quick_folder: Path, tiny_gallery: TinyGallery) -> Path:
    folder = quick_folder / "gallery" / "Cubism"
    folder.mkdir(parents=True)
    for picture in sorted(tiny_gallery.wikiart.glob("Cubism/*.jpg"))[:GALLERY]:
        shutil.copy(picture, folder)
    return folder.parent


@pytest.fixture
def home(quick_folder: Path, models: Path, gallery: Path) -> Home:
    """A home with the models, that serves the gallery with the old one."""
    home = Home(quick_folder / "home")
    shutil.copytree(models, home.models)
    build_index(open_source(gallery), load_model(home, "old"), FolderShelf(home))
    return home


def serving(home: Home) -> tuple[str, str]:
    """The served model and build."""
    made = the_served(FolderShelf(home))
    return made.model, made.build


def test_reindexing_with_new_heads_embeds_nothing(run: Run, home: Home, gallery: Path) -> None:
    shutil.rmtree(gallery)
    told = lines(run(home, "reindex", "--model", "new"))
    model, build = serving(home)
    assert model == "new"
    assert told[0].startswith(f"indexed {GALLERY} paintings of {gallery} in ")
    assert told[1] == f"of these 0 embedded, {GALLERY} taken over from earlier builds"
    assert told[-1] == f"served {build} with model new"


def test_reindexing_with_another_backbone_says_so_and_embeds(run: Run, home: Home, gallery: Path) -> None:
    before = the_served(FolderShelf(home))
    outcome = run(home, "reindex", "--model", "other")
    assert outcome.code == 0
    assert f"other has another backbone (look {load_model(home, 'other').identity.look_id})" in outcome.err
    assert f"(look {before.look_id}): the paintings of {gallery} are embedded again.\n" in outcome.err
    assert f"{GALLERY} embedded, 0 taken over" in outcome.out
    assert serving(home)[0] == "other"


def test_reindexing_without_an_index_is_refused(run: Run, tmp_path: Path) -> None:
    assert_refused(run(Home(tmp_path), "reindex"), "No build is served", "moodseum index build")


def test_a_build_may_wait_until_it_is_verified_and_promoted(run: Run, home: Home) -> None:
    old = serving(home)
    told = lines(run(home, "reindex", "--model", "new", "--no-promote"))
    new = FolderShelf(home).builds()[-1].build
    assert told[-1] == f"not served {new}; `moodseum index promote {new}` does that"
    assert serving(home) == old
    name, *checks = lines(run(home, "index", "verify"))
    assert name == f"build {new} with model new"
    assert [line.split()[1] for line in checks] == ["passed"] * 7
    assert lines(run(home, "index", "promote")) == [f"served {new} with model new"]
    assert serving(home) == ("new", new)


def test_rolling_back_is_one_command_and_can_be_taken_back(run: Run, home: Home) -> None:
    old = serving(home)
    run(home, "reindex", "--model", "new")
    new = serving(home)
    assert lines(run(home, "index", "rollback")) == [f"served {old[1]} with model old"]
    assert serving(home) == old
    run(home, "index", "rollback")
    assert serving(home) == new


def test_rolling_back_before_anything_else_was_served_is_refused(run: Run, home: Home) -> None:
    assert_refused(run(home, "index", "rollback"), "No build was served before", "moodseum index promote")


def test_a_build_that_fails_its_verification_is_promoted_only_by_force(run: Run, home: Home) -> None:
    old = serving(home)
    run(home, "reindex", "--model", "new", "--no-promote")
    shelf = FolderShelf(home)
    tamper(shelf, shelf.builds()[-1], turned)
    new = FolderShelf(home).builds()[-1].build
    found = run(home, "index", "verify", "--json")
    assert found.code == 1
    told = json.loads(found.out)
    assert (told["build"], told["passed"]) == (new, False)
    assert [check["name"] for check in told["checks"] if not check["passed"]] == ["feelings"]
    refused = (f"Build {new}", "feelings: 3 of 4", "--force")
    assert_refused(run(home, "index", "promote", new), *refused)
    assert serving(home) == old
    assert lines(run(home, "index", "promote", new, "--force")) == [f"served {new} with model new"]
    assert serving(home) == ("new", new)


def test_a_build_that_is_not_there_is_refused_with_those_that_are(run: Run, home: Home) -> None:
    for command in (["verify"], ["promote"], ["export", "x.csv", "--build"]):
        assert_refused(run(home, "index", *command, "none"), "no finished build none", serving(home)[1])


def test_a_model_trained_anew_under_its_name_leaves_its_builds_usable(run: Run, home: Home) -> None:
    old = the_served(FolderShelf(home))
    shutil.rmtree(home.models / "old")
    shutil.copytree(home.models / "new", home.models / "old")
    answer = json.loads(run(home, "search", "sad", "--json").out)
    assert answer["release"] == {"model": "old", "space_id": old.space_id, "build": old.build}
    assert lines(run(home, "index", "verify"))
    run(home, "reindex", "--model", "old")
    assert the_served(FolderShelf(home)).space_id != old.space_id
    run(home, "index", "rollback")
    assert json.loads(run(home, "search", "sad", "--json").out)["release"]["space_id"] == old.space_id


def test_status_tells_what_each_build_is_for_and_who_has_it(run: Run, home: Home, gallery: Path) -> None:
    run(home, "reindex", "--model", "new")
    run(home, "reindex", "--model", "other", "--no-promote")
    old, new, other = (build.build for build in FolderShelf(home).builds())
    store = FolderShelf(home).lend(new)
    told = lines(run(home, "index", "status"))
    assert told[0].startswith(f"previous {old} (model old, {GALLERY} paintings, ")
    assert told[1].startswith(f"served {new} (model new, ")
    assert f" MB, from {gallery}, open in `" in told[1]
    assert told[2].startswith(f"finished {other} (model other, ")
    said = json.loads(run(home, "index", "status", "--json").out)
    store.close()
    assert (said["served"], said["previous"]) == (new, old)
    assert [build["state"] for build in said["builds"]] == ["previous", "served", "finished"]
    assert [build["holder"] is None for build in said["builds"]] == [True, False, True]
    assert said["builds"][0]["size"] > 0


def test_status_tells_of_an_empty_home_and_of_a_served_build_that_is_gone(
    run: Run, home: Home, tmp_path: Path
) -> None:
    assert lines(run(Home(tmp_path), "index", "status")) == [
        "none `moodseum index build --paintings DIR` makes one"
    ]
    gone = serving(home)[1]
    run(home, "reindex", "--model", "new", "--no-promote")
    FolderShelf(home).remove(gone)
    assert f"missing {gone}, which was served" in " ".join(lines(run(home, "index", "status")))


def test_status_and_verify_tell_that_the_served_build_is_damaged(run: Run, home: Home) -> None:
    build = serving(home)[1]
    (FolderShelf(home).papers(build) / MANIFEST).write_text("{")
    (told,) = lines(run(home, "index", "status"))
    assert told.startswith(f"damaged {build}, which is served: ")
    assert_refused(run(home, "index", "verify"), f"{build}/{MANIFEST} is damaged")


def test_pruning_keeps_what_is_served_what_was_before_and_what_is_open(run: Run, home: Home) -> None:
    for model in ("new", "other", "old", "new"):
        run(home, "index", "build", "--paintings", the_served(FolderShelf(home)).source, "--model", model)
    old, new, other = FolderShelf(home).builds()
    assert serving(home) == ("new", new.build)
    store = FolderShelf(home).lend(other.build)
    assert lines(run(home, "index", "prune")) == [
        "nothing only what is served, was served before, or is open"
    ]
    store.close()
    assert lines(run(home, "index", "prune", "--dry-run")) == [f"would go {other.build}"]
    assert len(FolderShelf(home).builds()) == 3
    assert lines(run(home, "index", "prune")) == [f"removed {other.build}"]
    assert FolderShelf(home).builds() == [old, new]
    assert not FolderShelf(home).papers(other.build).exists()


def test_a_damaged_record_blocks_nothing_and_goes_only_when_told(run: Run, home: Home) -> None:
    run(home, "reindex", "--model", "new")
    run(home, "index", "rollback")
    shelf = FolderShelf(home)
    served, ruined = (made.build for made in shelf.builds())
    shelf.point(Pointer(served, None))
    record = shelf.papers(ruined) / MANIFEST
    record.write_text("{")
    told = lines(run(home, "index", "status"))[-1]
    assert told.startswith(f"damaged {ruined}: {record} is damaged (")
    assert told.endswith(f"remove {shelf.papers(ruined)} and build the index again.")
    assert str(record) in run(home, "info").out
    assert run(home, "search", "sad").code == 0
    spared = f"damaged {ruined} stays; --damaged removes it unless it is served or open"
    assert lines(run(home, "index", "prune"))[-1] == spared
    assert lines(run(home, "index", "prune", "--damaged")) == [f"removed {ruined}"]
    assert not shelf.papers(ruined).exists()


def test_nothing_is_pruned_where_nothing_is_served(run: Run, home: Home, tmp_path: Path) -> None:
    (home.index / POINTER).unlink()
    assert_refused(run(home, "index", "prune"), "none would be kept", "moodseum index promote")
    (kept,) = FolderShelf(home).builds()
    run(home, "index", "promote")
    assert the_served(FolderShelf(home)) == kept
    assert run(Home(tmp_path), "index", "prune").code == 0


def test_an_empty_store_is_no_reason_to_act_here(run: Run, home: Home) -> None:
    asked = [["status"], ["verify"], ["promote"], ["rollback"], ["build", "--paintings", str(home.path)]]
    for command in asked:
        assert_refused(run(home, "index", *command, "--store", ""), "'' is no address of a Qdrant server")


def test_a_source_that_has_moved_is_told_with_the_ways_out(run: Run, home: Home, gallery: Path) -> None:
    gallery.rename(gallery.with_name("moved"))
    for command in (["index", "delete-missing"], ["reindex", "--model", "other"]):
        told = run(home, *command)
        assert (told.code, told.out) == (1, "")
        assert f"{gallery} is gone, from which the build was made; see whether its disk is there" in told.err


def test_what_is_gone_from_the_source_is_named_and_taken_out(run: Run, home: Home, gallery: Path) -> None:
    old = serving(home)[1]
    gone = min(gallery.glob("*/*.jpg"))
    gone.unlink()
    key = f"Cubism/{gone.stem}"
    told = [f"gone {key}", f"stay {GALLERY - 1} of {GALLERY} paintings"]
    assert lines(run(home, "index", "delete-missing", "--dry-run")) == told
    assert serving(home)[1] == old
    told = lines(run(home, "index", "delete-missing"))
    assert told == [f"gone {key}", f"served {serving(home)[1]} with model old, {GALLERY - 1} paintings"]
    assert serving(home)[1] != old
    assert lines(run(home, "index", "delete-missing")) == [f"stay {GALLERY - 1} of {GALLERY - 1} paintings"]


def test_an_export_can_be_indexed_again(run: Run, home: Home, tmp_path: Path) -> None:
    build, table = serving(home)[1], tmp_path / "paintings.csv"
    assert lines(run(home, "index", "export", str(table))) == [
        f"exported {GALLERY} paintings of {build} to {table}"
    ]
    assert lines(run(home, "index", "build", "--paintings", str(table)))[1].startswith(f"of these {GALLERY}")
