"""No answer tells where anything lies on the server: pictures are told by addresses."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from encoders.identity import Identity
from encoders.model_folder import ModelRecord
from indexer.errors import IndexNotFoundError
from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.answers import assert_problem, png
from tests.records import manifest_of
from tests.small_index import SmallIndex

NEEDED = {
    "/v1/search": "q=calm",
    "/v1/search/manifest.json": "q=calm",
    "/v1/blend": "word=calm",
    "/v1/more-like": "liked={id}",
    "/v1/paintings/{id}/explain": "word=calm",
    "/v1/paintings/{id}/explain/heatmap.png": "word=calm",
}
SENT = {"/v1/score": {"word": "awe"}, "/v1/similar": {}, "/v1/emotions": {}}


@pytest.fixture
def client(index: SmallIndex, tmp_path: Path) -> Iterator[TestClient]:
    """A server whose build and whose backbone were made from folders."""
    record = ModelRecord("fake", str(tmp_path / "clip"), "2026-01-01", Identity("a", "b", "c"), ())
    made = replace(manifest_of(index.encoder), source=str(tmp_path / "wikiart"))
    searcher = Searcher(index.encoder, index.store, made, record=record)
    with TestClient(create_app(Desk(lambda: searcher), Settings()), raise_server_exceptions=False) as client:
        yield client


def everything(client: TestClient, id: str) -> Iterator[str]:
    """What each path of OpenAPI answers about a painting, and what it answers about none."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        asked = f"{path}?{NEEDED.get(path, '')}"
        if "get" in methods:
            yield from (client.get(asked.replace("{id}", each)).text for each in (id, "nothing"))
        if path in SENT:
            files = {"image": ("sea.png", png())}
            yield client.post(path, files=files, data=SENT[path]).text
    yield client.post("/v1/search", json=[{"q": "calm"}, {"q": ""}]).text


def test_no_answer_tells_where_anything_lies_on_the_server(
    client: TestClient, index: SmallIndex, tmp_path: Path
) -> None:
    whole, gone = index.paintings[:2]
    gone.path.unlink()
    for painting in (whole, gone):
        for answer in everything(client, painting.id):
            assert str(tmp_path) not in answer
    told = client.get("/openapi.json").json()["components"]["schemas"]
    assert all("path" not in schema.get("properties", {}) for schema in told.values())
    told = client.get("/v1/model").json()
    assert (told["backbone"], told["build"]["source"]) == ("clip", "wikiart")


def test_what_the_server_lacks_is_told_to_its_log_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def opening() -> Searcher:
        raise IndexNotFoundError(f"There is no index in {tmp_path}; make one with `moodseum index build`.")

    with TestClient(create_app(Desk(opening), Settings())) as client:
        caplog.clear()
        assert_problem(client.get("/v1/search?q=calm"), 503, "try again later", "the server's log")
    assert str(tmp_path) in caplog.text


@pytest.mark.parametrize(
    "path",
    ["/v1/search?q=calm", "/v1/more-like?liked={id}", "/v1/blend?word=calm", "/v1/paintings/{id}/contrast"],
)
def test_each_hit_has_the_addresses_of_its_picture_and_its_manifest(
    client: TestClient, index: SmallIndex, path: str
) -> None:
    hits = client.get(path.replace("{id}", index.paintings[0].id)).json()["hits"]
    assert hits
    for hit in hits:
        assert client.get(hit["image"]).headers["content-type"] == "image/jpeg"
        assert client.get(hit["manifest"]).json()["label"] == {"none": [hit["title"]]}
