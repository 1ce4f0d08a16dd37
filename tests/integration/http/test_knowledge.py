from fastapi.testclient import TestClient

from encoders.identity import Identity
from encoders.model_folder import ModelRecord
from encoders.words.emotions import ARTEMIS_NAMED, vocabulary
from search_api.http.app import create_app
from search_api.http.desk import Desk
from search_api.searcher import Searcher
from search_api.settings import Settings
from tests.records import manifest_of
from tests.small_index import SmallIndex


def test_every_word_of_the_vocabulary_is_told_with_its_kin(client: TestClient) -> None:
    told = client.get("/v1/emotions").json()
    assert [emotion["word"] for emotion in told["emotions"]] == list(vocabulary())
    by_word = {emotion["word"]: emotion for emotion in told["emotions"]}
    sadness = by_word["sadness"]
    assert (sadness["family"], sadness["valence"]) == ("sadness", "negative")
    assert "sad" in sadness["synonyms"]
    assert sadness["opposites"] == ["joy"]
    assert {word for word, emotion in by_word.items() if emotion["seen"]} == set(ARTEMIS_NAMED)


def test_the_model_is_told_with_its_identities_and_its_build(client: TestClient, index: SmallIndex) -> None:
    told = client.get("/v1/model").json()
    identity = index.encoder.identity
    assert (told["look_id"], told["space_id"], told["reading_id"]) == (
        identity.look_id,
        identity.space_id,
        identity.reading_id,
    )
    assert set(told["seen"]) == set(ARTEMIS_NAMED)
    assert (told["build"]["name"], told["build"]["paintings"]) == ("build-1", 8)
    assert (told["backbone"], told["created"], told["doubts"]) == (None, None, [])


def test_what_the_record_of_a_model_says_is_told(index: SmallIndex) -> None:
    record = ModelRecord("fake", "palette", "2026-01-01", Identity("a", "b", "c"), ("Hardly any votes.",))
    made = manifest_of(index.encoder)
    searcher = Searcher(index.encoder, index.store, made, record=record)
    with TestClient(create_app(Desk(lambda: searcher), Settings())) as client:
        told = client.get("/v1/model").json()
    assert (told["backbone"], told["created"]) == ("palette", "2026-01-01")
    assert told["doubts"] == ["Hardly any votes."]
