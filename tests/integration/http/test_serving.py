import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from threading import Lock
from typing import Any

import anyio.to_thread
import pytest
from fastapi.testclient import TestClient
from httpx2 import ASGITransport, AsyncClient, Response

from encoders.vectors import Vector
from indexer.errors import IndexNotFoundError
from indexer.store.base import EVERYTHING, Filter, Hit, Space
from indexer.store.memory import MemoryStore
from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.http.problems import KINDS
from search_api.http.routes.common import PROBLEM
from search_api.pictures import DECODING
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.answers import assert_problem
from tests.records import manifest_of
from tests.small_index import SmallIndex

Json = dict[str, Any]


class CrowdedStore(MemoryStore):
    """Takes a moment for a search and tells how many searched at the same time."""

    present = most = 0
    counting = Lock()

    def search(
        self, vector: Vector, *, space: Space = "feeling", limit: int, where: Filter = EVERYTHING
    ) -> list[Hit]:
        with self.counting:
            self.present += 1
            self.most = max(self.most, self.present)
        time.sleep(0.02)
        with self.counting:
            self.present -= 1
        return super().search(vector, space=space, limit=limit, where=where)


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/..%2fapp.py", "/v1/paintings/..%2f..%2fetc%2fpasswd/image"]
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404, "see /openapi.json")


def test_a_method_that_is_not_offered_is_a_problem(client: TestClient, first: str) -> None:
    for path, allowed in (
        ("/v1/search", "GET, HEAD, POST"),
        ("/v1/score", "POST"),
        (first, "GET, HEAD"),
        ("/", "GET, HEAD"),
    ):
        response = client.delete(path)
        assert_problem(response, 405, "DELETE", path)
        assert response.headers["allow"] == allowed


def test_getting_what_is_only_posted_is_no_missing_page(client: TestClient) -> None:
    response = client.get("/v1/score")
    assert_problem(response, 405, "'/v1/score' does not take GET")
    assert response.headers["allow"] == "POST"


def test_a_served_release_makes_the_server_ready(client: TestClient, index: SmallIndex) -> None:
    assert client.get("/health/live").json() == {"status": "live"}
    ready = client.get("/health/ready").json()
    assert ready["release"] == {
        "model": "fake",
        "space_id": index.encoder.identity.space_id,
        "build": "build-1",
    }


def test_a_server_whose_threads_are_all_busy_is_live(index: SmallIndex) -> None:
    async def ask() -> Response:
        anyio.to_thread.current_default_thread_limiter().total_tokens = 0
        transport = ASGITransport(create_app(Desk(lambda: index.searcher), Settings()))
        async with AsyncClient(transport=transport, base_url="http://here") as client:
            with anyio.fail_after(5):
                return await client.get("/health/live")

    assert anyio.run(ask).status_code == 200


def test_however_many_pictures_are_waited_for_a_search_is_answered(client: TestClient, first: str) -> None:
    with ThreadPoolExecutor(61) as threads, ExitStack() as held:
        held.enter_context(DECODING)
        held.enter_context(DECODING)
        shown = [threads.submit(client.get, f"{first}/image") for _ in range(60)]
        assert wait(shown, timeout=1).done == set()
        answer = threads.submit(client.get, "/v1/search", params={"q": "calm"})
        status = answer.result(timeout=10).status_code
        held.close()
        assert status == 200
        assert {picture.result().status_code for picture in shown} == {200}


def test_of_many_searches_sixteen_are_worked_on_at_a_time_and_all_are_answered(index: SmallIndex) -> None:
    crowded = CrowdedStore(index.encoder.look_size, index.encoder.feeling_size)
    searcher = Searcher(index.encoder, crowded, manifest_of(index.encoder))
    with (
        TestClient(create_app(Desk(lambda: searcher), Settings())) as client,
        ThreadPoolExecutor(32) as threads,
    ):
        asked = [threads.submit(client.get, "/v1/search", params={"q": "calm"}) for _ in range(16)]
        asked += [threads.submit(client.post, "/v1/search", json=[{"q": "calm"}]) for _ in range(16)]
        assert {answer.result().status_code for answer in asked} == {200}
    assert 1 < crowded.most <= 16


def test_a_server_without_an_index_is_live_and_becomes_ready_once_there_is_one(
    index: SmallIndex, caplog: pytest.LogCaptureFixture
) -> None:
    built = False

    def opening() -> Searcher:
        if not built:
            raise IndexNotFoundError("There is no index in /home; make one with `moodseum index build`.")
        return index.searcher

    with TestClient(create_app(Desk(opening), Settings())) as client:
        assert client.get("/health/live").status_code == 200
        assert_problem(client.get("/health/ready"), 503, "try again later", "the server's log")
        search = client.get("/v1/search", params={"q": "calm"})
        assert_problem(search, 503, "try again later", "the server's log")
        assert "make one with `moodseum index build`" in caplog.text
        assert search.headers["retry-after"] == "5"
        built = True
        assert client.get("/health/ready").status_code == 200
        assert client.get("/v1/search", params={"q": "calm"}).status_code == 200


def test_a_fault_of_ours_is_a_problem_without_its_innards() -> None:
    errors = iter([IndexNotFoundError("not yet"), RuntimeError("secret path /root/key")])

    def opening() -> Searcher:
        raise next(errors)

    with TestClient(create_app(Desk(opening), Settings()), raise_server_exceptions=False) as client:
        response = client.get("/v1/search", params={"q": "calm"})
    assert_problem(response, 500, "went wrong inside")
    assert "secret" not in response.text


def test_every_kind_of_problem_has_a_page_at_its_address(client: TestClient) -> None:
    for kind in KINDS.values():
        page = client.get(kind.address).json()
        assert page == {
            "type": kind.address,
            "title": kind.title,
            "status": kind.status,
            "remedy": kind.remedy,
        }
    assert_problem(client.get("/problems/none"), 404)


def operations(schema: Json) -> Iterator[tuple[str, Json]]:
    """Each path of OpenAPI with each of its operations."""
    return ((path, operation) for path, methods in schema["paths"].items() for operation in methods.values())


def test_openapi_tells_how_scores_are_read_and_how_problems_look(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    hit = schema["components"]["schemas"]["HitSchema"]["properties"]
    assert "Chance in [0, 1] that a viewer would name this emotion" in hit["coherence"]["description"]
    assert "reference paintings" in hit["percentile"]["description"]
    assert "just as close count half" in hit["percentile"]["description"]
    for path, operation in operations(schema):
        if path not in ("/health/live", "/problems/{kind}"):
            assert PROBLEM in operation["responses"]["503"]["content"]


def test_openapi_lists_every_way_to_ask_with_types_and_descriptions(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    painting = "/v1/paintings/{id}"
    assert set(schema["paths"]) == {
        "/v1/search",
        "/v1/search/manifest.json",
        "/v1/facets",
        painting,
        *(f"{painting}/{part}" for part in ("image", "manifest.json", "similar", "contrast", "emotions")),
        f"{painting}/explain",
        f"{painting}/explain/heatmap.png",
        "/v1/score",
        "/v1/similar",
        "/v1/emotions",
        "/v1/blend",
        "/v1/more-like",
        "/v1/model",
        "/health/live",
        "/health/ready",
        "/problems/{kind}",
    }
    for path, operation in operations(schema):
        assert operation["summary"], path
        assert operation["description"], path
        answer = operation["responses"]["200"]["content"]
        assert all(kind.startswith("image/") or content["schema"] for kind, content in answer.items()), path
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], (path, parameter)


def test_what_openapi_refers_to_is_there_and_every_operation_has_a_name_of_its_own(
    client: TestClient,
) -> None:
    schema = client.get("/openapi.json").json()
    meant = re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema))
    assert set(meant) <= set(schema["components"]["schemas"])
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    names = [operation["operationId"] for _, operation in operations(schema)]
    assert len(set(names)) == len(names)


def test_the_page_and_all_that_it_names_come_from_here(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for name in ("style.css", "page.js", "icon.svg"):
        assert f'"{name}"' in page.text
        assert client.get(f"/{name}").status_code == 200
    assert "://" not in page.text + client.get("/page.js").text + client.get("/style.css").text
