"""Whatever is asked, alone or at once, is answered with what OpenAPI promises, and never fails inside."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import IndexNotFoundError
from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.answers import png
from tests.small_index import SmallIndex, make_small_index

Asked = list[tuple[str, str]]


def _closed() -> Searcher:
    raise IndexNotFoundError("Nothing is asked here.")


QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

PATHS = create_app(Desk(_closed), Settings()).openapi()["paths"]


def _parameters() -> Iterator[str]:
    for methods in PATHS.values():
        yield from (each["name"] for each in methods.get("get", {}).get("parameters", ()))


numbers = st.one_of(
    st.integers().map(str), st.floats().map(str), st.sampled_from(["0", "1", "12", "0.5", "-1", "1e400", ""])
)
words = st.sampled_from(
    ["calm", "sad", "fear:-0.5", "calm:1e308", "calm:nan", "Cubism", "-style:", "1890s", ":", " "]
)
texts = st.one_of(words, numbers, st.lists(words).map(" ".join), st.text(max_size=300))
names = st.sampled_from(sorted({*_parameters(), "nonsense"}))
values = st.one_of(
    texts, st.sampled_from(["true", "look", "feeling", "percentile", "ID", "ID:0.5", "CURSOR"])
)
paths = st.sampled_from([path.replace("{id}", "ID") for path, methods in PATHS.items() if "get" in methods])
questions = st.builds(
    lambda needed, more: [*needed, *more],
    st.sampled_from([[("q", "calm")], [("q", "calm but not sad")], [("word", "awe")], [("liked", "ID")], []]),
    st.lists(st.tuples(names, values), max_size=3),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SmallIndex:
    return make_small_index(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def client(index: SmallIndex) -> Iterator[TestClient]:
    with TestClient(create_app(Desk(lambda: index.searcher), Settings())) as client:  # raises what fails
        yield client


def filled(index: SmallIndex, client: TestClient, text: str) -> str:
    """A text with an id or a cursor that there is."""
    if text == "CURSOR":
        return str(client.get("/v1/search?q=calm&top_k=2").json()["next"])
    return text.replace("ID", index.paintings[0].id)


@QUICK
@given(path=paths, asked=questions)
def test_any_question_is_answered_or_refused(
    client: TestClient, index: SmallIndex, path: str, asked: Asked
) -> None:
    given_values: list[tuple[str, str | int | float | bool | None]] = [
        (name, filled(index, client, value)) for name, value in asked
    ]
    response = client.get(filled(index, client, path), params=given_values)
    assert response.status_code in (200, 404, 410, 422), response.text
    if response.status_code != 200:
        assert response.json()["detail"].endswith(".")


@QUICK
@given(
    path=st.sampled_from(["/v1/score", "/v1/similar", "/v1/emotions"]),
    asked=questions,
    cut=st.integers(0, 80),
)
def test_any_upload_is_answered_or_refused(client: TestClient, path: str, asked: Asked, cut: int) -> None:
    form: dict[str, list[str]] = {}
    for name, value in asked:
        form.setdefault(name, []).append(value)
    picture = png() if cut > 40 else png()[:cut]
    response = client.post(path, files={"image": ("sea.png", picture)}, data=form)
    assert response.status_code in (200, 422), response.text


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=8,
)


@QUICK
@given(asked=st.one_of(json_values, st.lists(st.dictionaries(names, values), max_size=4)))
def test_any_body_is_answered_or_refused(client: TestClient, asked: object) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/v1/search", content=json.dumps(asked), headers=headers)
    assert response.status_code in (200, 422), response.text
    if response.status_code == 200:
        assert isinstance(asked, list)
        assert len(response.json()) == len(asked)


@pytest.mark.parametrize("host", ["", "a b", "[::1", "%", "museum.example:port", "x" * 5000])
def test_a_host_that_is_none_does_no_harm(client: TestClient, index: SmallIndex, host: str) -> None:
    place = f"/v1/paintings/{index.paintings[0].id}/manifest.json"
    assert client.get(place, headers={"Host": host}).status_code in (200, 400)


def test_requests_at_once_are_answered_as_each_alone(client: TestClient, index: SmallIndex) -> None:
    one = f"/v1/paintings/{index.paintings[0].id}"
    asked = [
        "/v1/search?q=calm+but+not+sad",
        "/v1/search?q=an+evening+by+the+sea&facets=true",
        f"{one}/similar?by=feeling",
        f"{one}/contrast",
        f"{one}/emotions",
        f"{one}/explain?word=awe",
        "/v1/blend?word=calm&word=awe:0.5",
        "/v1/facets?style=Cubism",
    ]
    alone = [client.get(path).json() for path in asked]
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda path: client.get(path).json(), asked * 8))
    assert answers == alone * 8
