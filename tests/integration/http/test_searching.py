import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from search_api.schemas import SearchSchema
from search_api.schemas.works import on_this_machine
from tests.answers import assert_problem
from tests.small_index import SmallIndex

WORK = ["id", "title", "artist", "style", "genre", "year"]
PLACES = ["image", "manifest"]
NUMBERS = ["coherence", "percentile", "percentile_in_style", "similarity"]


def test_a_search_answers_in_the_promised_schema_and_order(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "melancholy Impressionist paintings", "top_k": 2}).json()
    assert list(answer) == [
        *("query", "release", "match", "words", "candidates", "hits", "relaxations", "facets", "next")
    ]
    assert answer["query"] == {
        "text": "melancholy Impressionist paintings",
        "emotions": [{"word": "melancholy", "weight": 1.0}],
        "filters": {"style": ["Impressionism"]},
        "ignored": ["paintings"],
        "lacking": [],
        "respelt": [],
        "written": 'feeling:"melancholy" style:"Impressionism"',
    }
    assert list(answer["release"]) == ["model", "space_id", "build"]
    assert [list(hit) for hit in answer["hits"]] == [[*WORK, *NUMBERS, "parts", "duplicate_of", *PLACES]] * 2
    assert (answer["match"], answer["candidates"], answer["facets"]) == ("strong", 3, None)


def test_http_and_json_output_differ_only_in_where_pictures_are(
    client: TestClient, index: SmallIndex
) -> None:
    text = "tender Monet landscapes"
    sent = client.get("/v1/search", params={"q": text}).json()
    said: Any = on_this_machine(SearchSchema.of(index.searcher.search(text)))
    for work, hit in zip(said["hits"], sent["hits"], strict=True):
        assert work.pop("path") == str(index.searcher.painting(work["id"]).path)
        assert (hit.pop("image"), hit.pop("manifest")) == (
            f"/v1/paintings/{work['id']}/image",
            f"/v1/paintings/{work['id']}/manifest.json",
        )
    assert sent == said


def test_what_is_unknown_of_a_painting_is_null(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "calm Rousseau"}).json()["hits"]
    assert [hit["genre"] for hit in hits] == [None]


def test_filters_may_be_repeated_and_years_bound_the_hits(client: TestClient) -> None:
    asked: dict[str, str | int | list[str]] = {
        "q": "calm",
        "style": ["cubist", "Ukiyo-e"],
        "without_genre": "portraits",
        "year_from": 1831,
        "year_to": 1913,
    }
    answer = client.get("/v1/search", params=asked).json()
    assert answer["query"]["filters"] == {
        "style": ["Cubism", "Ukiyo_e"],
        "without_genre": ["portrait"],
        "year_from": 1831,
        "year_to": 1913,
    }
    assert {hit["title"] for hit in answer["hits"]} == {"Guitar", "The Wave"}


def test_near_duplicates_are_folded_if_asked_for(client: TestClient, index: SmallIndex) -> None:
    first, *others = index.store.get([painting.id for painting in index.paintings])
    index.store.upsert([replace(point, duplicate_of=first.painting.id) for point in others])
    assert len(client.get("/v1/search", params={"q": "calm"}).json()["hits"]) == 8
    assert len(client.get("/v1/search", params={"q": "calm", "fold": "true"}).json()["hits"]) == 1


def test_the_feelings_of_a_compound_are_told_one_by_one(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "very calm but not sad", "top_k": 1}).json()
    assert answer["query"]["emotions"] == [{"word": "calm", "weight": 1.25}, {"word": "sad", "weight": -1.0}]
    assert [(part["word"], part["weight"]) for part in answer["hits"][0]["parts"]] == [
        ("calm", 1.25),
        ("sad", -1.0),
    ]


def test_a_search_that_nothing_passes_tells_what_to_let_go(client: TestClient) -> None:
    response = client.get("/v1/search", params={"q": "calm Cubism by Monet"})
    assert response.status_code == 200
    answer = response.json()
    assert (answer["hits"], answer["candidates"], answer["match"]) == ([], 0, "none")
    assert answer["relaxations"] == [
        {"dropped": ["artist"], "filters": {"style": ["Cubism"]}, "paintings": 2},
        {"dropped": ["style"], "filters": {"artist": ["Claude Monet"]}, "paintings": 2},
    ]


def test_pages_follow_each_other_without_gap_or_overlap(client: TestClient) -> None:
    asked = {"q": "calm", "top_k": "3"}
    whole = client.get("/v1/search", params={"q": "calm"}).json()["hits"]
    paged = []
    while True:
        page = client.get("/v1/search", params=asked).json()
        paged += page["hits"]
        if page["next"] is None:
            break
        asked["cursor"] = page["next"]
    assert [hit["id"] for hit in paged] == [hit["id"] for hit in whole]


def test_few_works_of_an_artist_and_a_least_coherence_bound_the_hits(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "calm", "per_artist": 1}).json()["hits"]
    assert len({hit["artist"] for hit in hits}) == len(hits) == 6
    none = client.get("/v1/search", params={"q": "calm", "min_coherence": 1, "diversity": 0.5}).json()
    assert none["hits"] == []
    assert [each["dropped"] for each in none["relaxations"]] == [["min_coherence"]]


def test_counts_are_given_with_a_search_or_alone(client: TestClient) -> None:
    said = client.get("/v1/search", params={"q": "calm", "style": "Impressionism", "facets": True}).json()
    counted = client.get("/v1/facets", params={"style": "Impressionism"}).json()
    assert counted.pop("release") == said["release"]
    assert said["facets"] == counted
    assert counted["artist"] == [
        {"value": "Claude Monet", "paintings": 2},
        {"value": "Berthe Morisot", "paintings": 1},
    ]
    everything = client.get("/v1/facets").json()
    assert sum(count["paintings"] for count in everything["style"]) == 8


def test_each_of_many_searches_gets_its_own_answer_or_problem(client: TestClient) -> None:
    asked = [
        {"q": "calm", "top_k": 2},
        {"q": "paintings"},
        {"q": "sad", "top_k": 0},
        {"q": "\ud800"},
        7,
        {"q": "sad", "style": ["Cubism"]},
    ]
    body = json.dumps(asked)
    response = client.post("/v1/search", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    calm, nothing, none, broken, number, sad = response.json()
    assert calm == client.get("/v1/search", params={"q": "calm", "top_k": 2}).json()
    assert sad == client.get("/v1/search", params={"q": "sad", "style": "Cubism"}).json()
    kinds = [each["type"].removeprefix("/problems/") for each in (nothing, none, broken, number)]
    assert kinds == ["unanswerable", "wrong-value", "unanswerable", "wrong-value"]
    assert [each["field"] for each in (nothing, none, broken, number)] == ["q", "top_k", "q", "body"]
    assert number["detail"].endswith("give an object.")


@pytest.mark.parametrize(
    ("body", "status", "part", "field"),
    [
        ("[]", 422, "'[]'; give at least 1 item.", "body"),
        ("{}", 422, "list", "body"),
        ('[{"q": "calm"}]' + " " * 10 + "]", 400, "cannot be read", None),
        ("[" + ", ".join(['{"q": "calm"}'] * 101) + "]", 422, "give at most 100 items.", "body"),
    ],
)
def test_a_body_that_is_no_list_of_searches_is_a_problem(
    client: TestClient, body: str, status: int, part: str, field: str | None
) -> None:
    response = client.post("/v1/search", content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, status, part, field=field)


@pytest.mark.parametrize(
    ("asked", "field", "parts"),
    [
        ({"q": ""}, "q", ["The query is empty"]),
        ({"q": "Impressionist paintings"}, "q", ["'Impressionist paintings' names no feeling"]),
        ({"q": "sad " * 2500}, "q", ["has 10,000 characters"]),
        ({"q": "sadness " * 100}, "q", ["give at most 200"]),
        ({"q": "calm style:Cubismo"}, "q", ["no style 'Cubismo'", "Cubism"]),
        ({"q": "calm", "style": "Cubismo"}, "style", ["no style 'Cubismo'", "Cubism"]),
        ({"q": "calm", "without_artist": "Nobody"}, "without_artist", ["no artist 'Nobody'"]),
        ({"q": "calm", "top_k": 0}, "top_k", ["The parameter top_k is '0'", "greater than or equal to 1"]),
        ({"q": "calm", "top_k": "many"}, "top_k", ["The parameter top_k is 'many'", "integer"]),
        ({"q": "calm", "diversity": "nan"}, "diversity", ["The parameter diversity is 'nan'"]),
        ({"q": "calm", "year_from": 1900, "year_to": 1800}, "year_from", ["1900 to 1800"]),
        ({"q": "calm", "year_from": 10**30}, "year_from", ["less than or equal to 9999"]),
        ({"q": "calm", "cursor": "nonsense"}, "cursor", ["The cursor 'nonsense' is none"]),
        ({}, "q", ["The parameter q is missing"]),
        ({"q": "calm", "topk": 3}, "topk", ["no parameter topk"]),
    ],
)
@pytest.mark.parametrize("path", ["/v1/search", "/v1/search/manifest.json"])
def test_a_wrong_question_is_a_problem_with_one_sentence_that_names_the_field(
    client: TestClient, path: str, asked: dict[str, str | int], field: str, parts: list[str]
) -> None:
    response = client.get(path, params=asked)
    assert_problem(response, 422, *parts, field=field)
    assert len(response.json()["detail"]) < 300


def test_several_wrong_fields_are_told_at_once(client: TestClient) -> None:
    asked: dict[str, str | int] = {"top_k": 0, "year_to": "soon", "topk": 3}
    problem = client.get("/v1/search", params=asked).json()
    assert set(problem["errors"]) == {"q", "top_k", "year_to", "topk"}
    assert problem["errors"][problem["field"]] == problem["detail"]


def test_a_cursor_outlives_neither_its_question_nor_its_build(client: TestClient, index: SmallIndex) -> None:
    cursor = client.get("/v1/search", params={"q": "calm", "top_k": 2}).json()["next"]
    other = client.get("/v1/search", params={"q": "sad", "top_k": 2, "cursor": cursor})
    assert_problem(other, 422, "another question", field="cursor")
    index.searcher.release = replace(index.searcher.release, build="build-2")
    gone = client.get("/v1/search", params={"q": "calm", "top_k": 2, "cursor": cursor})
    assert_problem(gone, 410, "build-1", "ask for the first page again", field="cursor")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/search?q=calm&q=sad", "q"),
        ("/v1/search?q=calm&top_k=1&top_k=2", "top_k"),
        ("/v1/more-like?word=calm&word=sad", "word"),
    ],
)
def test_a_parameter_that_counts_once_is_not_given_twice(client: TestClient, path: str, field: str) -> None:
    assert_problem(
        client.get(path), 422, f"The parameter {field} is given 2 times; give it once.", field=field
    )
