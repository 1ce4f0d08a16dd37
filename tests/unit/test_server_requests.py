"""What a server is asked to do for a build; the client's in-memory mode would overhear most of it."""

from dataclasses import replace

import numpy as np
import pytest

from encoders.home import Home
from indexer.shelves.server import ServerShelf
from indexer.shelves.shelf import Pointer
from indexer.store.base import Filter, Quantization, Space
from indexer.store.server.connection import connect
from indexer.store.server.store import ServerStore
from tests.recording_server import ALIASES, NEW, Asked, recording_server

COLLECTION = "/collections/museum-one"
SIZES: dict[Space, int] = {"look": 4, "feeling": 2}


def answer(result: object) -> tuple[int, object]:
    return (200, {"result": result, "status": "ok", "time": 0.0})


ANSWERS = {
    "/": NEW,
    "/aliases": ALIASES,
    f"{COLLECTION}/exists": answer({"exists": False}),
    COLLECTION: answer(True),
    f"{COLLECTION}/index": answer({"operation_id": 1, "status": "completed"}),
    f"{COLLECTION}/points/query": answer({"points": []}),
}


def requests(quantization: Quantization = "none") -> list[Asked]:
    """What a server is asked to do while a collection is made on it and searched once."""
    with recording_server(ANSWERS) as (reached, asked):
        settings = replace(reached, prefix="museum", shards=6, replicas=3, consistency=2)
        client = connect(settings)
        store = ServerStore.create(client, settings, "museum-one", SIZES, quantization, {"build": "one"})
        store.search(np.array([1, 0], np.float32), limit=3, where=Filter(year_from=1900))
        client.close()
    return [each for each in asked if each.verb in ("PUT", "POST")]


def test_a_collection_is_made_as_the_settings_say_and_strict() -> None:
    made, *_ = requests()
    assert (made.verb, made.path) == ("PUT", COLLECTION)
    asked = made.content
    assert (asked["shard_number"], asked["replication_factor"], asked["write_consistency_factor"]) == (
        6,
        3,
        2,
    )
    assert asked["metadata"] == {"build": "one"}
    assert asked["strict_mode_config"] == {
        "enabled": True,
        "unindexed_filtering_retrieve": False,
        "unindexed_filtering_update": False,
        "search_max_hnsw_ef": 512,
        "search_max_oversampling": 2.0,
        "upsert_max_batchsize": 500,
    }


def test_looks_lie_on_disk_without_a_graph() -> None:
    vectors = requests()[0].content["vectors"]
    assert vectors == {
        "look": {"size": 4, "distance": "Cosine", "hnsw_config": {"m": 0}, "memory": "cold"},
        "feeling": {"size": 2, "distance": "Cosine", "memory": "cached"},
    }


@pytest.mark.parametrize(
    ("quantization", "config"),
    [
        ("scalar", {"scalar": {"type": "int8", "quantile": 0.99, "memory": "pinned"}}),
        ("turbo", {"turbo": {"bits": "bits4", "memory": "pinned"}}),
    ],
)
def test_of_quantised_feelings_the_full_ones_lie_on_disk(quantization: Quantization, config: object) -> None:
    vectors = requests(quantization)[0].content["vectors"]
    assert isinstance(vectors, dict)
    assert vectors["feeling"] == {
        "size": 2,
        "distance": "Cosine",
        "memory": "cold",
        "quantization_config": config,
    }


def test_quantised_segments_are_made_early_for_smaller_ones_are_not_quantised() -> None:
    assert requests("none")[0].content["optimizers_config"] == {"indexing_threshold": 400_000}
    assert requests("turbo")[0].content["optimizers_config"] == {"indexing_threshold": 50_000}


def test_all_that_is_filtered_by_is_indexed_before_filling() -> None:
    _, *indexed, _ = requests()
    assert [each.content for each in indexed] == [
        {"field_name": "style", "field_schema": "keyword"},
        {"field_name": "artist", "field_schema": "keyword"},
        {"field_name": "genre", "field_schema": "keyword"},
        {"field_name": "year", "field_schema": "integer"},
    ]


def test_a_search_rescores_with_full_vectors_and_brings_them() -> None:
    asked = requests()[-1].content
    assert asked["params"] == {"hnsw_ef": 512, "quantization": {"rescore": True, "oversampling": 2.0}}
    assert asked["with_vector"] == ["feeling"]
    assert asked["filter"] == {"must": [{"key": "year", "range": {"gte": 1900.0}}]}


def test_both_aliases_are_switched_in_one_call(home: Home) -> None:
    known = [{"alias_name": "museum-served", "collection_name": "museum-one"}]
    answers = {"/": NEW, "/aliases": answer({"aliases": known}), "/collections/aliases": answer(True)}
    with recording_server(answers) as (reached, asked):
        settings = replace(reached, prefix="museum")
        shelf = ServerShelf.connect(settings, home)
        shelf.point(Pointer("two", "one"))
        shelf.close()
    (switch,) = [each.content for each in asked if each.verb == "POST"]
    assert switch == {
        "actions": [
            {"delete_alias": {"alias_name": "museum-served"}},
            {"create_alias": {"collection_name": "museum-two", "alias_name": "museum-served"}},
            {"create_alias": {"collection_name": "museum-one", "alias_name": "museum-previous"}},
        ]
    }
