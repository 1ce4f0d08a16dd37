import io
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import anyio.to_thread
import pytest
from fastapi.testclient import TestClient
from httpx2 import ASGITransport, AsyncClient, Response
from PIL import Image

from indexer.errors import IndexNotFoundError
from search_api.app import create_app
from search_api.desk import Desk
from search_api.pictures import DECODING
from search_api.routes.common import PROBLEM
from search_api.schemas import ScoreSchema, SearchSchema
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.small_index import SmallIndex, make_small_index

NUMBERS = ["coherence", "percentile", "similarity"]
HIT = ["id", "title", "artist", "style", "genre", "year", "path", *NUMBERS]


@pytest.fixture
def index(tmp_path: Path) -> SmallIndex:
    return make_small_index(tmp_path)


@pytest.fixture
def client(index: SmallIndex) -> Iterator[TestClient]:
    app = create_app(Desk(lambda: index.searcher), Settings(upload_mb=1, upload_megapixels=1))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def png(colour: str = "teal", size: tuple[int, int] = (30, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def assert_problem(response: Response, status: int, *parts: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert list(problem) == ["type", "title", "status", "detail"]
    assert problem["status"] == status
    for part in parts:
        assert part in problem["detail"]


def test_a_search_answers_in_the_promised_schema_and_order(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "melancholy Impressionist paintings", "top_k": 2}).json()
    assert list(answer) == ["query", "release", "hits"]
    assert answer["query"] == {
        "text": "melancholy Impressionist paintings",
        "emotions": [{"word": "melancholy", "weight": 1.0}],
        "filters": {"style": ["Impressionism"]},
        "ignored": ["paintings"],
    }
    assert list(answer["release"]) == ["model", "space_id", "build"]
    assert [list(hit) for hit in answer["hits"]] == [HIT, HIT]


def test_http_and_json_output_are_the_same_text(client: TestClient, index: SmallIndex) -> None:
    text = "tender Monet landscapes"
    said = client.get("/v1/search", params={"q": text}).text
    assert json.loads(said) == json.loads(SearchSchema.of(index.searcher.search(text)).model_dump_json())


def test_what_is_unknown_of_a_painting_is_null(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "calm Rousseau"}).json()["hits"]
    assert [hit["genre"] for hit in hits] == [None]


def test_filters_may_be_repeated_and_years_bound_the_hits(client: TestClient) -> None:
    asked: dict[str, str | int | list[str]] = {
        "q": "calm",
        "style": ["cubist", "Ukiyo-e"],
        "year_from": 1831,
        "year_to": 1913,
    }
    answer = client.get("/v1/search", params=asked).json()
    assert answer["query"]["filters"] == {"style": ["Cubism", "Ukiyo_e"], "year_from": 1831, "year_to": 1913}
    assert {hit["title"] for hit in answer["hits"]} == {"Guitar", "The Wave"}


def test_near_duplicates_are_folded_if_asked_for(client: TestClient, index: SmallIndex) -> None:
    first, *others = index.store.get([painting.id for painting in index.paintings])
    index.store.upsert([replace(point, duplicate_of=first.painting.id) for point in others])
    assert len(client.get("/v1/search", params={"q": "calm"}).json()["hits"]) == 8
    assert len(client.get("/v1/search", params={"q": "calm", "fold": "true"}).json()["hits"]) == 1


def test_a_search_that_nothing_passes_answers_with_no_hits(client: TestClient) -> None:
    response = client.get("/v1/search", params={"q": "calm Cubism by Monet"})
    assert response.status_code == 200
    assert response.json()["hits"] == []


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ({"q": ""}, ["The query is empty"]),
        ({"q": "Impressionist paintings"}, ["'Impressionist paintings' names no feeling"]),
        ({"q": "sad " * 2500}, ["has 10,000 characters"]),
        ({"q": "sadness " * 100}, ["give at most 200"]),
        ({"q": "calm", "style": "Cubismo"}, ["no style 'Cubismo'", "Cubism"]),
        ({"q": "calm", "top_k": 0}, ["The parameter top_k is '0'", "greater than or equal to 1"]),
        ({"q": "calm", "top_k": "many"}, ["The parameter top_k is 'many'", "integer"]),
        ({"q": "calm", "year_from": 1900, "year_to": 1800}, ["1900 to 1800"]),
        ({}, ["The parameter q is missing"]),
        ({"q": "calm", "topk": 3}, ["no parameter topk"]),
    ],
)
def test_a_wrong_question_is_a_problem_with_one_sentence(
    client: TestClient, asked: dict[str, str | int], parts: list[str]
) -> None:
    response = client.get("/v1/search", params=asked)
    assert_problem(response, 422, *parts)
    assert len(response.json()["detail"]) < 300


def test_an_upload_is_scored_against_every_word_in_order(client: TestClient, index: SmallIndex) -> None:
    response = client.post(
        "/v1/score", files={"image": ("sea.png", png())}, data={"emotion": ["yearning", "awe"]}
    )
    assert response.status_code == 200
    answer = response.json()
    assert list(answer) == ["image", "scores"]
    assert answer["image"] == "sea.png"
    assert [list(score) for score in answer["scores"]] == [["emotion", *NUMBERS, "seen"]] * 2
    assert [(score["emotion"], score["seen"]) for score in answer["scores"]] == [
        ("yearning", False),
        ("awe", True),
    ]
    same = index.searcher.score(Image.new("RGB", (30, 20), "teal"), ["yearning", "awe"], "sea.png")
    assert answer == json.loads(ScoreSchema.of(same).model_dump_json())


@pytest.mark.parametrize(
    ("files", "emotions", "part"),
    [
        ({"image": ("notes.jpg", b"no picture at all")}, ["awe"], "notes.jpg"),
        ({"image": ("cut.png", png(size=(300, 300))[:200])}, ["awe"], "cut.png"),
        ({"image": ("vast.png", png(size=(1001, 1000)))}, ["awe"], "vast.png has 1001 x 1000"),
        ({"image": ("sea.png", png())}, [" "], "empty"),
        ({"image": ("sea.png", png())}, [], "The parameter emotion is missing"),
        ({"other": ("sea.png", png())}, ["awe"], "The parameter image is missing"),
        ({"image": ("sea.png", png())}, ["awe"] * 101, "give 1 to 100"),
    ],
)
def test_an_upload_that_cannot_be_scored_is_a_problem_that_names_it(
    client: TestClient, files: dict[str, tuple[str, bytes]], emotions: list[str], part: str
) -> None:
    assert_problem(client.post("/v1/score", files=files, data={"emotion": emotions}), 422, part)


def test_an_upload_above_the_limit_is_refused_unread(client: TestClient) -> None:
    large = {"image": ("large.png", bytes(1_100_000))}
    assert_problem(
        client.post("/v1/score", files=large, data={"emotion": "awe"}), 413, "1.1 MB", "at most 1 MB"
    )


def test_no_more_than_two_pictures_are_in_memory_at_once(client: TestClient, index: SmallIndex) -> None:
    shown, upload = f"/v1/paintings/{index.paintings[0].id}/image", {"image": ("sea.png", png())}
    with ThreadPoolExecutor() as threads:
        with DECODING, DECODING:
            asked = [
                threads.submit(client.get, shown),
                threads.submit(client.post, "/v1/score", files=upload, data={"emotion": "awe"}),
            ]
            assert wait(asked, timeout=0.3).done == set()
        assert [answer.result().status_code for answer in asked] == [200, 200]


def test_an_upload_of_unsaid_length_is_refused(client: TestClient) -> None:
    assert_problem(client.post("/v1/score", content=iter([b"a", b"b"])), 411, "Content-Length")


def test_a_body_that_is_no_form_is_a_problem(client: TestClient) -> None:
    broken = {"Content-Type": "multipart/form-data"}  # without a boundary
    assert_problem(client.post("/v1/score", content=b"nonsense", headers=broken), 400, "multipart/form-data")


def test_a_painting_is_told_in_full_with_a_picture_to_fetch(client: TestClient, index: SmallIndex) -> None:
    known = index.paintings[0]
    told = client.get(f"/v1/paintings/{known.id}").json()
    assert (told["title"], told["artist"], told["year"]) == (known.title, known.artist, known.year)
    picture = client.get(told["image"])
    assert picture.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.content)).size == (60, 40)  # never enlarged
    small = client.get(told["image"], params={"size": 30})
    assert Image.open(io.BytesIO(small.content)).size == (30, 20)


def test_a_kept_picture_is_sent_again_only_when_its_file_has_changed(
    client: TestClient, index: SmallIndex
) -> None:
    work = index.paintings[0]
    place = f"/v1/paintings/{work.id}/image"
    first = client.get(place)
    assert first.headers["cache-control"] == "no-cache"
    kept = {"If-None-Match": f'"another", W/{first.headers["etag"]}'}
    again = client.get(place, headers=kept)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(place, params={"size": 30}, headers=kept).status_code == 200
    os.utime(work.path, ns=(0, 0))
    assert client.get(place, headers=kept).content == first.content


@pytest.mark.parametrize("size", [0, 15, 2049, "large"])
def test_a_picture_of_an_absurd_size_is_refused(
    client: TestClient, index: SmallIndex, size: int | str
) -> None:
    path = f"/v1/paintings/{index.paintings[0].id}/image"
    assert_problem(client.get(path, params={"size": size}), 422, f"The parameter size is '{size}'")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/paintings/00000000-0000-0000-0000-000000000000",
        "/v1/paintings/nonsense/image",
        "/v1/paintings/..%2f..%2fetc%2fpasswd/image",
        "/v1/nothing",
        "/..%2fapp.py",
    ],
)
def test_what_is_not_indexed_is_not_found(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404)


def test_a_painting_whose_file_is_gone_keeps_its_record_and_loses_its_picture(
    client: TestClient, index: SmallIndex
) -> None:
    gone = index.paintings[1]
    gone.path.unlink()
    assert client.get(f"/v1/paintings/{gone.id}").json()["title"] == gone.title
    assert_problem(client.get(f"/v1/paintings/{gone.id}/image"), 404, gone.id, "index the collection again")


def test_a_method_that_is_not_offered_is_a_problem(client: TestClient) -> None:
    assert_problem(client.delete("/v1/search", headers={"Content-Length": "0"}), 405, "DELETE")


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


def test_a_server_without_an_index_is_live_and_becomes_ready_once_there_is_one(index: SmallIndex) -> None:
    built = False

    def opening() -> Searcher:
        if not built:
            raise IndexNotFoundError("There is no index in /home; make one with `moodseum index build`.")
        return index.searcher

    with TestClient(create_app(Desk(opening), Settings())) as client:
        assert client.get("/health/live").status_code == 200
        assert_problem(client.get("/health/ready"), 503, "moodseum index build")
        assert_problem(client.get("/v1/search", params={"q": "calm"}), 503, "moodseum index build")
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


def test_openapi_tells_how_scores_are_read_and_how_problems_look(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    hit = schema["components"]["schemas"]["HitSchema"]["properties"]
    assert "Chance in [0, 1] that a viewer would name this emotion" in hit["coherence"]["description"]
    assert "reference paintings" in hit["percentile"]["description"]
    assert "just as close count half" in hit["percentile"]["description"]
    for path in ("/v1/search", "/v1/score", "/v1/paintings/{id}", "/health/ready"):
        (operation,) = schema["paths"][path].values()
        assert PROBLEM in operation["responses"]["503"]["content"]
    assert set(schema["paths"]) == {
        "/v1/search",
        "/v1/score",
        "/v1/paintings/{id}",
        "/v1/paintings/{id}/image",
        "/health/live",
        "/health/ready",
    }


def test_the_page_and_all_that_it_names_come_from_here(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for name in ("style.css", "page.js", "icon.svg"):
        assert f'"{name}"' in page.text
        assert client.get(f"/{name}").status_code == 200
    assert "://" not in page.text + client.get("/page.js").text + client.get("/style.css").text
