"""`moodseum index copy` and the commands with `--store`, as they are typed.

The client's in-memory mode answers at the address; a server that is really asked is in the contract suite.
"""

import json
import shutil
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from encoders.home import Home
from encoders.model_folder import load_model
from indexer.making.build import build_index
from indexer.shelves.folder import FolderShelf
from indexer.shelves.places import open_shelf
from indexer.shelves.releases import find, the_served
from indexer.sources.opening import open_source
from indexer.store.server import connection
from search_api.http.desk import Desk
from search_api.searcher import open_searcher, served_build
from tests.building import tamper, turned
from tests.qdrant import QUIET, local_client
from tests.tiny_gallery import TinyGallery
from tests.typed import Run, assert_refused, lines
from trainer.dataset.material import Material
from trainer.heads.training import TrainSettings
from trainer.plan import Plan
from trainer.train import train

pytestmark = QUIET

SERVER = "http://qdrant.example:6333"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path, tiny_gallery: TinyGallery) -> Path:
    """The folder of two models."""
    home = Home(tmp_path_factory.mktemp("home"))
    material = Material(tiny_gallery.wikiart, tiny_gallery.annotations)
    for seed, name in enumerate(("old", "new")):
        train(Plan(material, str(tiny_clip), TrainSettings(epochs=1, seed=seed)), home, name)
    return home.models


@pytest.fixture
def home(quick_folder: Path, models: Path, tiny_gallery: TinyGallery) -> Home:
    """A home with one build of each model, that serves the new one."""
    home = Home(quick_folder / "home")
    shutil.copytree(models, home.models)
    for name in ("old", "new"):
        build_index(open_source(tiny_gallery.wikiart), load_model(home, name), FolderShelf(home))
    return home


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> QdrantClient:
    """What answers at any address."""
    client = local_client()
    monkeypatch.setattr(client, "close", lambda: None)  # the points live as long as the client
    monkeypatch.setattr(connection, "QdrantClient", lambda **_: client)
    return client


def test_copying_brings_the_served_build_to_a_server_and_back(
    run: Run, home: Home, quick_folder: Path
) -> None:
    made, elsewhere = the_served(FolderShelf(home)), Home(quick_folder / "elsewhere")
    assert lines(run(home, "index", "copy", "--to", SERVER)) == [
        f"copied {made.build} with model new, {made.indexed} paintings",
        f"served at {SERVER}",
    ]
    assert lines(run(home, "index", "copy", "--to", SERVER))[0] == (
        f"was there {made.build} with model new, {made.indexed} paintings; nothing had to be sent"
    )
    run(elsewhere, "index", "copy", "--from", SERVER)
    assert the_served(FolderShelf(elsewhere)) == made


def test_a_build_that_is_not_served_here_is_not_served_there(run: Run, home: Home) -> None:
    old = FolderShelf(home).builds()[0].build
    assert lines(run(home, "index", "copy", old, "--to", SERVER))[-1] == f"not served at {SERVER}"
    assert lines(run(home, "index", "status", "--store", SERVER))[0].startswith(
        f"finished {old} (model old, "
    )


def test_on_a_server_builds_are_promoted_and_rolled_back_as_here(run: Run, home: Home) -> None:
    old, new = (build.build for build in FolderShelf(home).builds())
    for build in (old, new):
        run(home, "index", "copy", build, "--to", SERVER)
    assert lines(run(home, "index", "promote", old, "--store", SERVER)) == [f"served {old} with model old"]
    assert lines(run(home, "index", "promote", new, "--store", SERVER)) == [f"served {new} with model new"]
    assert lines(run(home, "index", "rollback", "--store", SERVER)) == [f"served {old} with model old"]
    said = json.loads(run(home, "index", "status", "--store", SERVER, "--json").out)
    assert (said["served"], said["previous"]) == (old, new)
    assert [(build["state"], build["size"]) for build in said["builds"]] == [
        ("served", None),
        ("previous", None),
    ]


def test_what_fails_verification_there_is_not_served_unless_forced(run: Run, home: Home) -> None:
    old = FolderShelf(home).builds()[0].build
    run(home, "index", "copy", old, "--to", SERVER)
    assert "feelings passed" in " ".join(lines(run(home, "index", "verify", old, "--store", SERVER)))
    with open_shelf(SERVER, home) as shelf:
        tamper(shelf, find(shelf, old), turned)
    assert run(home, "index", "verify", old, "--store", SERVER).code == 1
    refused = run(home, "index", "promote", old, "--store", SERVER)
    assert_refused(
        refused,
        f"remove the collection moodseum-{old} at {SERVER}",
        f"`moodseum index promote {old} --force --store {SERVER}`",
    )
    assert run(home, "index", "promote", old, "--store", SERVER, "--force").code == 0
    with open_shelf(SERVER, home) as shelf:
        pointer = shelf.pointer()
    assert pointer is not None
    assert pointer.build == old


def test_what_is_built_there_is_embedded_once_and_stays_there(
    run: Run, home: Home, tiny_gallery: TinyGallery
) -> None:
    here = FolderShelf(home).builds()
    paintings = ["--paintings", str(tiny_gallery.wikiart)]
    told = lines(run(home, "index", "build", *paintings, "--model", "new", "--store", SERVER))
    assert told[1] == "of these 48 embedded, 0 taken over from earlier builds"
    told = lines(run(home, "index", "build", *paintings, "--model", "new", "--store", SERVER))
    assert told[0].startswith("up to date 48 paintings")
    told = lines(run(home, "reindex", "--model", "old", "--store", SERVER, "--no-promote"))
    assert told[1] == "of these 0 embedded, 48 taken over from earlier builds"
    assert told[-1].endswith(f" --store {SERVER}` does that")
    told = lines(run(home, "reindex", "--model", "old", "--store", SERVER))
    assert told[0].startswith("up to date 48 paintings")
    said = json.loads(run(home, "index", "status", "--store", SERVER, "--json").out)
    assert [(build["model"], build["state"]) for build in said["builds"]] == [
        ("new", "previous"),
        ("old", "served"),
    ]
    assert FolderShelf(home).builds() == here


def test_the_place_may_stand_in_the_environment(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(home, "index", "copy", "--to", SERVER)
    monkeypatch.setenv("MOODSEUM_STORE", SERVER)
    for command in (["index", "status"], ["info"]):
        told = json.loads(run(home, *command, "--json").out)
        assert len(told["builds"]) == 1
    assert run(home, "search", "sad").code == 0


def test_a_model_trained_anew_leaves_its_builds_at_the_server_usable(run: Run, home: Home) -> None:
    run(home, "index", "copy", "--to", SERVER)
    shutil.rmtree(home.models / "new")
    shutil.copytree(home.models / "old", home.models / "new")
    assert run(home, "search", "sad", "--store", SERVER).code == 0


def test_from_another_home_the_model_must_be_brought(run: Run, home: Home, tmp_path: Path) -> None:
    run(home, "index", "copy", "--to", SERVER)
    other = Home(tmp_path / "other")
    refused = run(other, "search", "sad", "--store", SERVER)
    assert_refused(refused, "made with model 'new' (space ", str(other.models), "bring its folder")
    shutil.copytree(home.models / "old", other.models / "new")
    assert_refused(run(other, "search", "sad", "--store", SERVER), "bring the folder of the former model")
    shutil.rmtree(other.models)
    shutil.copytree(home.models, other.models)
    assert run(other, "search", "sad", "--store", SERVER).code == 0


def test_what_is_gone_is_taken_out_and_the_rest_exported_and_pruned_there(
    run: Run, home: Home, gallery: Path, tmp_path: Path
) -> None:
    at = ["--store", SERVER]
    run(home, "index", "build", "--paintings", str(gallery), "--model", "new", *at)
    first = json.loads(run(home, "index", "status", *at, "--json").out)["served"]
    min(gallery.glob("*/*.png")).unlink()
    assert lines(run(home, "index", "delete-missing", *at))[-1].endswith("with model new, 29 paintings")
    run(home, "reindex", "--model", "old", *at)
    assert lines(run(home, "index", "prune", "--dry-run", *at)) == [f"would go {first}"]
    assert lines(run(home, "index", "prune", *at)) == [f"removed {first}"]
    table = tmp_path / "paintings.csv"
    assert lines(run(home, "index", "export", str(table), *at))[0].startswith("exported 29 paintings of ")
    assert len(table.read_text().splitlines()) == 30


def test_a_search_answers_from_a_server_as_from_here(run: Run, home: Home) -> None:
    run(home, "index", "copy", "--to", SERVER)
    asked = ["search", "sad cubist pictures", "--json"]
    here, there = (json.loads(run(home, *asked, *store).out) for store in ([], ["--store", SERVER]))
    assert there["release"] == here["release"]
    assert [hit["id"] for hit in there["hits"]] == [hit["id"] for hit in here["hits"]]


def test_serving_takes_up_what_is_promoted_at_the_server(run: Run, home: Home) -> None:
    old, new = (build.build for build in FolderShelf(home).builds())
    for build in (old, new):
        run(home, "index", "copy", build, "--to", SERVER)
    with open_shelf(SERVER, home) as shelf:
        desk = Desk(lambda: open_searcher(shelf), lambda: served_build(shelf))
        with desk.searcher() as searcher:
            assert searcher.release.build == new
        run(home, "index", "promote", old, "--store", SERVER)
        desk.refresh()
        with desk.searcher() as searcher:
            assert searcher.release.build == old
            assert searcher.search("sad").hits
        desk.close()


def test_an_empty_server_is_answered_with_how_to_fill_it(run: Run, home: Home) -> None:
    assert_refused(run(home, "index", "promote", "--store", SERVER), "none yet", "moodseum index copy")
    assert_refused(run(home, "index", "rollback", "--store", SERVER), "No build was served before", SERVER)
    assert_refused(run(home, "index", "copy", "--from", SERVER), f"No build is served in {SERVER}")
    assert_refused(run(home, "index", "status", "--store", "ftp://host"), "'ftp://host' is no address")
