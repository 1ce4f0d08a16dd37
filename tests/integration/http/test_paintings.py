import io
import os

import pytest
from fastapi.testclient import TestClient
from iiif_prezi3 import Manifest as CheckedManifest
from PIL import Image

from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.http.iiif import PROFILE
from search_api.settings import Settings
from tests.answers import assert_problem
from tests.small_index import SmallIndex


def test_a_painting_is_told_in_full_with_a_picture_to_fetch(client: TestClient, index: SmallIndex) -> None:
    known = index.paintings[0]
    told = client.get(f"/v1/paintings/{known.id}").json()
    assert (told["title"], told["artist"], told["year"]) == (known.title, known.artist, known.year)
    picture = client.get(told["image"])
    assert picture.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.content)).size == (60, 40)  # never enlarged
    small = client.get(told["image"], params={"size": 30})
    assert Image.open(io.BytesIO(small.content)).size == (30, 20)
    assert client.get(told["manifest"]).json()["type"] == "Manifest"


def test_a_kept_picture_is_sent_again_only_when_its_file_has_changed(
    client: TestClient, index: SmallIndex, first: str
) -> None:
    place = f"{first}/image"
    sent = client.get(place)
    assert sent.headers["cache-control"] == "no-cache"
    kept = {"If-None-Match": f'"another", W/{sent.headers["etag"]}'}
    again = client.get(place, headers=kept)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == sent.headers["etag"]
    assert client.get(place, params={"size": 30}, headers=kept).status_code == 200
    os.utime(index.paintings[0].path, ns=(0, 0))
    assert client.get(place, headers=kept).content == sent.content


@pytest.mark.parametrize("size", [0, 15, 2049, "large"])
def test_a_picture_of_an_absurd_size_is_refused(client: TestClient, first: str, size: int | str) -> None:
    response = client.get(f"{first}/image", params={"size": size})
    assert_problem(response, 422, f"The parameter size is '{size}'", field="size")


@pytest.mark.parametrize("path", ["", "/image", "/manifest.json", "/similar", "/contrast", "/emotions"])
def test_a_painting_that_is_not_indexed_is_not_found(client: TestClient, path: str) -> None:
    for id_ in ("00000000-0000-0000-0000-000000000000", "nonsense"):
        assert_problem(client.get(f"/v1/paintings/{id_}{path}"), 404, f"no painting '{id_}'", field="id")


@pytest.mark.parametrize("path", ["", "/image", "/manifest.json", "/similar", "/emotions"])
def test_unknown_parameters_of_a_painting_are_refused(client: TestClient, first: str, path: str) -> None:
    assert_problem(client.get(f"{first}{path}?sise=3"), 422, "no parameter sise", field="sise")


def test_a_painting_whose_file_is_gone_keeps_its_record_and_loses_its_picture(
    client: TestClient, index: SmallIndex
) -> None:
    gone = index.paintings[1]
    gone.path.unlink()
    place = f"/v1/paintings/{gone.id}"
    assert client.get(place).json()["title"] == gone.title
    for path in ("image", "manifest.json", "explain?word=awe", "explain/heatmap.png?word=awe"):
        response = client.get(f"{place}/{path}")
        assert_problem(response, 404, gone.id, "index the collection again", field="id")
        assert response.json()["type"] == "/problems/picture-gone"


def test_a_manifest_leads_viewers_on_other_hosts_to_the_picture(
    client: TestClient, index: SmallIndex, first: str
) -> None:
    sent = client.get(f"{first}/manifest.json")
    assert sent.headers["content-type"] == PROFILE
    assert sent.headers["access-control-allow-origin"] == "*"
    read = CheckedManifest.model_validate_json(sent.content)
    assert read.id == f"http://testserver{first}/manifest.json"
    assert read.label == {"none": [index.paintings[0].title]}
    [canvas] = read.items
    picture = client.get(canvas.items[0].items[0].body.id)
    assert picture.headers["access-control-allow-origin"] == "*"
    assert Image.open(io.BytesIO(picture.content)).size == (canvas.width, canvas.height)


def test_a_search_is_a_manifest_with_a_canvas_for_each_hit(client: TestClient) -> None:
    asked = {"q": "calm Impressionist café", "top_k": "2"}
    sent = client.get("/v1/search/manifest.json", params=asked)
    assert sent.headers["access-control-allow-origin"] == "*"
    read = CheckedManifest.model_validate_json(sent.content)
    hits = client.get("/v1/search", params=asked).json()["hits"]
    assert [canvas.label["none"] for canvas in read.items] == [[hit["title"]] for hit in hits]
    assert client.get(read.id).content == sent.content


def test_viewers_on_other_hosts_are_told_why_there_is_no_picture(client: TestClient, first: str) -> None:
    for path in (f"{first}/image?size=1", "/v1/paintings/nothing/manifest.json", "/v1/search/manifest.json"):
        refusal = client.get(path)
        assert refusal.status_code in (404, 422)
        assert refusal.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/image", "/manifest.json", "", "/similar", "/image?size=1"])
def test_heads_are_those_of_the_whole_answers_without_a_body(
    client: TestClient, first: str, path: str
) -> None:
    whole, head = client.get(first + path), client.head(first + path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers == whole.headers


def test_nothing_else_is_open_to_pages_of_other_hosts(client: TestClient, first: str) -> None:
    origin = {"Origin": "http://elsewhere.example"}
    for path in (first, "/v1/search?q=calm", "/v1/model", "/", "/health/live", f"{first}/similar"):
        response = client.get(path, headers=origin)
        assert response.status_code == 200
        assert "access-control-allow-origin" not in response.headers


def test_behind_a_proxy_manifests_bear_the_public_address(index: SmallIndex, first: str) -> None:
    settings = Settings(public_url="https://museum.example/moods/")
    with TestClient(create_app(Desk(lambda: index.searcher), settings)) as client:
        manifest = client.get(f"{first}/manifest.json").json()
        assert manifest["id"] == f"https://museum.example/moods{first}/manifest.json"
        found = client.get("/v1/search/manifest.json?q=calm").json()
        assert found["id"] == "https://museum.example/moods/v1/search/manifest.json?q=calm"
