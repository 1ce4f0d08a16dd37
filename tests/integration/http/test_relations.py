import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from encoders.home import Home
from indexer.viewers import Utterance, Voices, save_viewers
from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.answers import assert_problem
from tests.records import manifest_of
from tests.small_index import SmallIndex


@pytest.fixture
def watched(index: SmallIndex, home: Home) -> Iterator[TestClient]:
    """A server that knows what viewers said of the first painting."""
    said = Voices({"awe": 3, "fear": 1}, (Utterance("awe", "So much light."),))
    viewers = save_viewers(home, [(index.paintings[0].id, said)])
    searcher = Searcher(index.encoder, index.store, manifest_of(index.encoder), viewers)
    with TestClient(create_app(Desk(lambda: searcher), Settings())) as client:
        yield client


def titles(client: TestClient, path: str, **asked: object) -> list[str]:
    response = client.get(path, params={name: str(value) for name, value in asked.items()})
    assert response.status_code == 200
    assert response.json()["release"]["build"] == "build-1"
    return [hit["title"] for hit in response.json()["hits"]]


def test_neighbours_are_the_nearest_other_paintings_by_look_or_feeling(
    client: TestClient, index: SmallIndex, first: str
) -> None:
    for by in ("look", "feeling"):
        answer = client.get(f"{first}/similar", params={"by": by}).json()
        assert answer["anchor"] == {"id": index.paintings[0].id, "name": "Haystacks"}
        assert answer["by"] == by
        similarities = [hit["similarity"] for hit in answer["hits"]]
        assert similarities == sorted(similarities, reverse=True)
        assert index.paintings[0].id not in {hit["id"] for hit in answer["hits"]}
    assert titles(client, f"{first}/similar", artist="monet") == ["Water [Lilies]"]
    assert len(titles(client, f"{first}/similar", top_k=2)) == 2


@pytest.mark.parametrize("path", ["FIRST/similar", "FIRST/contrast", "/v1/blend", "/v1/more-like"])
def test_where_filters_leave_nothing_each_way_out_is_told(client: TestClient, first: str, path: str) -> None:
    word = "" if "FIRST" in path else "&word=joy"
    answer = client.get(f"{path.replace('FIRST', first)}?style=cubist&year_from=1920{word}").json()
    assert (answer["hits"], answer["filters"]) == ([], {"style": ["Cubism"], "year_from": 1920})
    assert answer["relaxations"] == [
        {"dropped": ["year_from"], "filters": {"style": ["Cubism"]}, "paintings": 2}
    ]


def test_contrasts_come_with_what_they_gain_and_lose(client: TestClient, first: str) -> None:
    answer = client.get(f"{first}/contrast", params={"top_k": 3, "pool": 5}).json()
    leans = [hit["lean"] for hit in answer["hits"]]
    assert len(leans) == 3
    assert leans == sorted(leans)
    more, less = (answer["hits"][0][way] for way in ("more", "less"))
    assert [shift["there"] > shift["here"] for shift in more] == [True] * 3
    assert [shift["there"] < shift["here"] for shift in less] == [True] * 3


def test_a_mixture_tells_words_families_and_viewers(watched: TestClient, first: str) -> None:
    whole = watched.get(f"{first}/emotions").json()
    assert len(whole["scores"]) > 500
    named = [emotion for family in whole["families"] for emotion in family["emotions"]]
    assert sorted(named) == sorted(score["emotion"] for score in whole["scores"])
    assert sum(share["share"] for share in whole["shares"]) == pytest.approx(1)
    assert whole["viewers"]["viewers"] == 4
    assert [(vote["emotion"], vote["share"]) for vote in whole["viewers"]["shares"]] == [
        ("awe", 0.75),
        ("fear", 0.25),
    ]
    few = watched.get(
        f"{first}/emotions", params={"word": ["awe", "a stormy night"], "rank": "percentile"}
    ).json()
    assert {score["emotion"] for score in few["scores"]} == {"awe", "a stormy night"}


def test_an_explanation_has_a_region_for_each_part_of_the_heatmap(client: TestClient, first: str) -> None:
    why = client.get(f"{first}/explain", params={"word": "Awe"}).json()
    assert why["word"] == "awe"
    score = client.get(f"{first}/emotions", params={"word": "awe"}).json()["scores"][0]
    assert why["coherence"] == pytest.approx(score["coherence"], abs=1e-6)
    assert len({len(row) for row in why["regions"]["grid"]}) == 1
    heat = client.get(f"{first}/explain/heatmap.png", params={"word": "awe"})
    assert heat.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(heat.content)).size == (60, 40)


def test_blends_mix_paintings_and_words_by_weight(client: TestClient, index: SmallIndex) -> None:
    one = index.paintings[0].id
    asked: dict[str, str | int | list[str]] = {
        "painting": f"{one}:2",
        "word": ["serenity", "fear:-0.5"],
        "top_k": 3,
    }
    answer = client.get("/v1/blend", params=asked).json()
    assert answer["ingredients"] == [
        {"name": "Haystacks", "weight": 2.0},
        {"name": "serenity", "weight": 1.0},
        {"name": "fear", "weight": -0.5},
    ]
    assert len(answer["hits"]) == 3
    assert one not in {hit["id"] for hit in answer["hits"]}
    assert len(answer["hits"][0]["parts"]) == 3


def test_likes_and_dislikes_rank_the_others(client: TestClient, index: SmallIndex) -> None:
    liked, disliked, *others = index.paintings
    asked = {"liked": liked.id, "disliked": disliked.id, "word": "calm"}
    assert set(titles(client, "/v1/more-like", **asked)) == {painting.title for painting in others}
    assert set(titles(client, "/v1/more-like", disliked=disliked.id, by="look", style="Cubism")) == {
        "Guitar",
        "Pears",
    }


@pytest.mark.parametrize(
    ("path", "status", "part", "field"),
    [
        ("/similar?by=smell", 422, "'look' or 'feeling'", "by"),
        ("/similar?style=Cubismo", 422, "no style 'Cubismo'", "style"),
        ("/contrast?pool=0", 422, "greater than or equal to 1", "pool"),
        ("/emotions?word=+", 422, "empty", "word"),
        ("/emotions?word=not+sad", 422, "'not sad' refuses a feeling", "word"),
        ("/emotions?rank=size", 422, "'coherence' or 'percentile'", "rank"),
        ("/explain", 422, "The parameter word is missing", "word"),
        ("/explain?word=" + "x" * 201, 422, "give at most 200", "word"),
        ("/explain?word=not+sad", 422, "such as 'sad'", "word"),
        ("/explain/heatmap.png?word=not+sad", 422, "such as 'sad'", "word"),
        ("/explain/heatmap.png?word=%20", 422, "empty", "word"),
    ],
)
def test_what_a_painting_cannot_be_asked_is_a_problem_that_names_the_field(
    client: TestClient, first: str, path: str, status: int, part: str, field: str
) -> None:
    assert_problem(client.get(first + path), status, part, field=field)


@pytest.mark.parametrize(
    ("path", "status", "part", "field"),
    [
        ("/v1/blend", 422, "0 things were to be blended", None),
        ("/v1/blend?painting=nonsense", 404, "no painting 'nonsense'", "painting"),
        ("/v1/blend?word=+", 422, "empty", "word"),
        ("/v1/blend?word=calm:nan", 422, "The weight of 'calm' is nan", "word"),
        ("/v1/blend?word=calm:abc", 422, "The weight 'abc' of 'calm' is no number", "word"),
        ("/v1/blend?word=:0.5", 422, "The weight in ':0.5' weighs no feeling", "word"),
        ("/v1/blend?word=not+sad", 422, "weigh it below 0, as in 'sad:-1'", "word"),
        ("/v1/more-like?word=not+sad", 422, "such as 'sad'", "word"),
        ("/v1/blend?word=calm&word=calm:-1", 422, "cancels out", None),
        ("/v1/more-like", 422, "Nothing was liked or disliked", None),
        ("/v1/more-like?liked=nonsense", 404, "no painting 'nonsense'", "liked"),
        ("/v1/more-like?word=calm&disliked=nonsense", 404, "no painting 'nonsense'", "disliked"),
        ("/v1/blend?word=calm:1e308", 422, "from -1000 to 1000", "word"),
        ("/v1/more-like?word=calm&by=look", 422, "A word has no look", "by"),
    ],
)
def test_a_mixture_that_cannot_be_made_is_a_problem(
    client: TestClient, path: str, status: int, part: str, field: str | None
) -> None:
    assert_problem(client.get(path), status, part, field=field)
