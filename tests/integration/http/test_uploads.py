import json
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from search_api.pictures import DECODING
from search_api.schemas import ScoreSchema
from tests.answers import assert_problem, png
from tests.small_index import SmallIndex

SEA = {"image": ("sea.png", png())}


def test_an_upload_is_scored_against_every_word_in_order(client: TestClient, index: SmallIndex) -> None:
    response = client.post("/v1/score", files=SEA, data={"word": ["yearning", "awe"]})
    assert response.status_code == 200
    answer = response.json()
    assert list(answer) == ["image", "scores", "release"]
    assert answer["image"] == "sea.png"
    assert [list(score) for score in answer["scores"]] == [
        ["emotion", "coherence", "percentile", "similarity", "seen"]
    ] * 2
    assert [(score["emotion"], score["seen"]) for score in answer["scores"]] == [
        ("yearning", False),
        ("awe", True),
    ]
    same = index.searcher.score(Image.new("RGB", (30, 20), "teal"), ["yearning", "awe"], "sea.png")
    said = ScoreSchema.of(same, index.searcher.release)
    assert answer == json.loads(said.model_dump_json())


def test_the_neighbours_of_an_uploaded_painting_begin_with_itself(
    client: TestClient, index: SmallIndex
) -> None:
    known = index.paintings[5]
    files = {"image": ("wave.png", known.path.read_bytes())}
    asked = {"by": "feeling", "top_k": "2", "style": ["Ukiyo-e", "Cubism"]}
    answer = client.post("/v1/similar", files=files, data=asked).json()
    assert answer["anchor"] == {"id": None, "name": "wave.png"}
    assert answer["by"] == "feeling"
    first, second = answer["hits"]
    assert (first["id"], second["style"]) == (known.id, "Cubism")
    assert first["similarity"] == pytest.approx(1)


def test_the_mixture_of_an_upload_is_that_of_the_same_painting(client: TestClient, index: SmallIndex) -> None:
    known = index.paintings[5]
    files = {"image": ("wave.png", known.path.read_bytes())}
    sent = client.post("/v1/emotions", files=files, data={"word": ["awe", "fear"]}).json()
    told = client.get(f"/v1/paintings/{known.id}/emotions", params={"word": ["awe", "fear"]}).json()
    assert (sent["id"], sent["name"], sent["viewers"]) == (None, "wave.png", None)
    assert [score["emotion"] for score in sent["scores"]] == [score["emotion"] for score in told["scores"]]


@pytest.mark.parametrize(
    ("files", "words", "part", "field"),
    [
        ({"image": ("notes.jpg", b"no picture at all")}, ["awe"], "notes.jpg", "image"),
        ({"image": ("cut.png", png(size=(300, 300))[:200])}, ["awe"], "cut.png", "image"),
        ({"image": ("vast.png", png(size=(1001, 1000)))}, ["awe"], "vast.png has 1001 x 1000", "image"),
        (SEA, [" "], "empty", "word"),
        (SEA, ["not sad"], "'not sad' refuses a feeling", "word"),
        (SEA, [], "The parameter word is missing", "word"),
        ({"other": ("sea.png", png())}, ["awe"], "The parameter image is missing", "image"),
        (SEA, ["awe"] * 101, "give 1 to 100", "word"),
    ],
)
def test_an_upload_that_cannot_be_scored_is_a_problem_that_names_it(
    client: TestClient, files: dict[str, tuple[str, bytes]], words: list[str], part: str, field: str
) -> None:
    response = client.post("/v1/score", files=files, data={"word": words})
    assert_problem(response, 422, part, field=field)


def test_a_text_in_place_of_a_picture_is_refused(client: TestClient) -> None:
    response = client.post("/v1/score", files={"image": (None, "hello"), "word": (None, "awe")})
    assert_problem(response, 422, "image is 'hello'; give a picture as a file.", field="image")


@pytest.mark.parametrize(
    ("path", "form"), [("/v1/score", {"word": "awe"}), ("/v1/similar", {}), ("/v1/emotions", {})]
)
def test_unknown_fields_of_an_upload_are_refused(client: TestClient, path: str, form: dict[str, str]) -> None:
    within = client.post(path, files=SEA, data={**form, "sise": "3"})
    assert_problem(within, 422, "There is no parameter sise", field="sise")
    assert_problem(client.post(f"{path}?x=1", files=SEA, data=form), 422, "no parameter x", field="x")


def test_an_upload_above_the_limit_is_refused_unread(client: TestClient) -> None:
    large = {"image": ("large.png", bytes(1_100_000))}
    response = client.post("/v1/score", files=large, data={"word": "awe"})
    assert_problem(response, 413, "1.1 MB", "at most 1 MB")


def test_no_more_than_two_pictures_are_in_memory_at_once(client: TestClient, first: str) -> None:
    with ThreadPoolExecutor() as threads:
        with DECODING, DECODING:
            asked = [
                threads.submit(client.get, f"{first}/image"),
                threads.submit(client.post, "/v1/score", files=SEA, data={"word": "awe"}),
                threads.submit(client.post, "/v1/similar", files=SEA),
            ]
            assert wait(asked, timeout=0.3).done == set()
        assert [answer.result().status_code for answer in asked] == [200] * 3


def test_an_upload_of_unsaid_length_is_refused(client: TestClient) -> None:
    assert_problem(client.post("/v1/score", content=iter([b"a", b"b"])), 411, "Content-Length")


@pytest.mark.parametrize(
    ("path", "sent", "wanted"),
    [
        ("/v1/score", "application/json", "multipart/form-data"),
        ("/v1/similar", "image/png", "multipart/form-data"),
        ("/v1/emotions", "", "multipart/form-data"),
        ("/v1/search", "text/plain", "application/json"),
    ],
)
def test_a_body_of_another_type_is_refused_with_the_one_that_is_taken(
    client: TestClient, path: str, sent: str, wanted: str
) -> None:
    response = client.post(path, content=b"[]", headers={"Content-Type": sent})
    assert_problem(response, 415, f"send {wanted}")


def test_a_body_that_is_no_form_is_a_problem(client: TestClient) -> None:
    broken = {"Content-Type": "multipart/form-data"}  # without a boundary
    assert_problem(client.post("/v1/score", content=b"nonsense", headers=broken), 400, "cannot be read")


def test_a_name_that_is_no_text_is_sent_back_as_one(client: TestClient) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="image"; filename="a+2AA-b.png"\r\n\r\n'
        + png()
        + b'\r\n--x\r\nContent-Disposition: form-data; name="word"\r\n\r\nawe\r\n--x--\r\n'
    )
    utf7 = {"Content-Type": "multipart/form-data; boundary=x; charset=utf-7"}  # lets half letters through
    response = client.post("/v1/score", content=body, headers=utf7)
    assert response.status_code == 200
    assert response.json()["image"] == "a?b.png"
