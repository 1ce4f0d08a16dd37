"""`moodseum index copy` and the commands with `--store`, as they are typed.

The client's in-memory mode answers at the address; a server that is really asked is in the contract suite.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from encoders.home import Home
from encoders.model_folder import load_model
from indexer.making.build import build_index
from indexer.shelves.builds import list_builds
from indexer.shelves.places import open_shelf
from indexer.shelves.releases import the_served
from indexer.sources import open_source
from indexer.store.server import connection
from search_api.desk import Desk
from search_api.searcher import open_searcher_at, served_build_at
from tests.qdrant import QUIET, local_client
from tests.tiny_gallery import TinyGallery
from tests.typed import Outcome, Run, assert_refused
from trainer.heads import TrainSettings
from trainer.material import Material
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
        build_index(open_source(tiny_gallery.wikiart), load_model(home, name), home)
    return home


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> QdrantClient:
    """What answers at any address."""
    client = local_client()
    monkeypatch.setattr(client, "close", lambda: None)  # the points live as long as the client
    monkeypatch.setattr(connection, "QdrantClient", lambda **_: client)
    return client


def lines(outcome: Outcome) -> list[str]:
    assert (outcome.code, outcome.err) == (0, "")
    return [" ".join(line.split()) for line in outcome.out.splitlines()]


def spoil(build: str) -> None:
    """Turn a feeling of the server's build round."""
    with open_shelf(SERVER) as shelf, shelf.open(build) as store:
        point = next(store.scan())[0]
        store.upsert([replace(point, feeling=-point.feeling)])


def test_copying_brings_the_served_build_to_a_server_and_back(run: Run, home: Home, tmp_path: Path) -> None:
    made = the_served(home).build.manifest
    assert lines(run(home, "index", "copy", "--to", SERVER)) == [
        f"copied {made.build} with model new, {made.indexed} paintings",
        f"served at {SERVER}",
    ]
    run(Home(tmp_path), "index", "copy", "--from", SERVER)
    assert the_served(Home(tmp_path)).build.manifest == made


def test_a_build_that_is_not_served_here_is_not_served_there(run: Run, home: Home) -> None:
    old = list_builds(home)[0].name
    assert lines(run(home, "index", "copy", old, "--to", SERVER))[-1] == f"not served at {SERVER}"
    assert lines(run(home, "index", "status", "--store", SERVER))[0].startswith(
        f"finished {old} (model old, "
    )


def test_on_a_server_builds_are_promoted_and_rolled_back_as_here(run: Run, home: Home) -> None:
    old, new = (build.name for build in list_builds(home))
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
    old = list_builds(home)[0].name
    run(home, "index", "copy", old, "--to", SERVER)
    assert "feelings passed" in " ".join(lines(run(home, "index", "verify", old, "--store", SERVER)))
    spoil(old)
    assert run(home, "index", "verify", old, "--store", SERVER).code == 1
    refused = run(home, "index", "promote", old, "--store", SERVER)
    assert_refused(refused, f"remove what {SERVER} has of it", "promote", "--force")
    assert run(home, "index", "promote", old, "--store", SERVER, "--force").code == 0
    with open_shelf(SERVER) as shelf:
        pointer = shelf.pointer()
    assert pointer is not None
    assert pointer.build == old


def test_what_is_built_here_is_brought_there_and_served_at_both_ends(
    run: Run, home: Home, tiny_gallery: TinyGallery
) -> None:
    new = the_served(home).build.name
    paintings = ["--paintings", str(tiny_gallery.wikiart)]
    told = lines(run(home, "index", "build", *paintings, "--model", "new", "--store", SERVER))
    assert told[-1] == f"copied {new} to {SERVER}"
    told = lines(run(home, "reindex", "--model", "old", "--store", SERVER))
    old = the_served(home).build.name
    assert told[-1] == f"copied {old} to {SERVER}"
    said = json.loads(run(home, "index", "status", "--store", SERVER, "--json").out)
    assert (said["served"], said["previous"]) == (old, new)


def test_a_search_answers_from_a_server_as_from_here(run: Run, home: Home) -> None:
    run(home, "index", "copy", "--to", SERVER)
    asked = ["search", "sad cubist pictures", "--json"]
    here, there = (json.loads(run(home, *asked, *store).out) for store in ([], ["--store", SERVER]))
    assert there["release"] == here["release"]
    assert [hit["id"] for hit in there["hits"]] == [hit["id"] for hit in here["hits"]]


def test_serving_takes_up_what_is_promoted_at_the_server(run: Run, home: Home) -> None:
    old, new = (build.name for build in list_builds(home))
    for build in (old, new):
        run(home, "index", "copy", build, "--to", SERVER)
    with open_shelf(SERVER) as shelf:
        desk = Desk(lambda: open_searcher_at(home, shelf), lambda: served_build_at(shelf))
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
